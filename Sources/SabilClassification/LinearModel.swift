import Glibc

/// One-versus-rest linear SVMs on features scaled by how strongly Naive Bayes thinks they speak for the label.
///
/// Source: Wang & Manning 2012, "Baselines and bigrams" (the log ratio); Fan et al. 2008, LIBLINEAR (the solver).
struct LinearModel: Sendable, Equatable {
    let weights: LabelWeights
    /// Per label; -1 for a label without examples.
    let biases: [Double]

    init(weights: LabelWeights, biases: [Double]) {
        self.weights = weights
        self.biases = biases
    }

    /// - Parameters:
    ///   - candidates: per row of `rows` the labels it is a useful negative for; `nil` = all.
    /// - Complexity: O(labels × (columns + entries of the rows a label learns from)).
    init(
        _ examples: PreparedExamples, storage: MatrixStorage, rows: [Int32], candidates: [[Int32]]?, cost: Double,
        options: TrainingOptions, seed: UInt64
    ) throws(ModelError) {
        let matrix = examples.matrix
        var totals = [Double](repeating: 0, count: matrix.columnCount)
        for row in rows {
            for index in matrix.range(ofRow: Int(row)) {
                totals[Int(matrix.columns[index])] += Double(matrix.values[index])
            }
        }
        let scaling = FeatureScaling(totals: totals, options: options)
        let positives = examples.positives(among: rows)
        let negatives = candidates.map { Self.negatives(examples, rows: rows, candidates: $0) }
        let task = LinearTask(
            examples: examples, storage: storage, rows: rows, positives: positives, negatives: negatives,
            scaling: scaling, cost: cost, options: options, seed: seed)
        let trained = try task.sharesRows ? task.together() : task.oneByOne()
        weights = LabelWeights(
            byLabel: trained.map { (columns: $0.columns, weights: $0.weights) }, columnCount: matrix.columnCount)
        biases = trained.map(\.bias)
    }

    /// Per label: rows that are negatives for it because it was a candidate there.
    private static func negatives(
        _ examples: PreparedExamples, rows: [Int32], candidates: [[Int32]]
    ) -> [[Int32]] {
        var negatives = [[Int32]](repeating: [], count: examples.labelCount)
        for (row, labels) in zip(rows, candidates) { for label in labels { negatives[Int(label)].append(row) } }
        return negatives
    }

    func scores(_ row: FeatureRow) -> [Double] {
        var scores = biases
        weights.accumulate(row, row.values, into: &scores)
        return scores
    }
}

/// Factors on features for one label: half-way between all alike and their Naive Bayes log ratios, of mean square 1.
struct FeatureScaling: Sendable {
    private let totals: [Double]
    private let logTotals: [Double]
    private let sum: Double
    private let smoothing: Double
    private let share: Double

    /// - Parameter totals: sums of each feature over all rows.
    init(totals: [Double], options: TrainingOptions) {
        self.totals = totals
        smoothing = options.scalingSmoothing
        share = options.naiveBayesScaling
        let alpha = smoothing
        logTotals = totals.map { log($0 + alpha) }
        sum = totals.reduce(0, +)
    }

    func scale(_ matrix: SparseMatrix, positives: [Int32]) -> [Float] {
        let count = totals.count
        guard share > 0, count > 0 else { return [Float](repeating: 1, count: count) }
        var inside = [Double](repeating: 0, count: count)
        var insideSum = 0.0
        for row in positives {
            for index in matrix.range(ofRow: Int(row)) {
                inside[Int(matrix.columns[index])] += Double(matrix.values[index])
                insideSum += Double(matrix.values[index])
            }
        }
        let space = smoothing * Double(count)
        let offset = log(max(0, sum - insideSum) + space) - log(insideSum + space)
        let logSmoothing = log(smoothing)
        var ratioSum = 0.0
        for column in 0..<count {
            let own = inside[column]
            let ratio =
                own == 0
                ? abs(logSmoothing - logTotals[column] + offset)
                : abs(log(own + smoothing) - log(max(0, totals[column] - own) + smoothing) + offset)
            inside[column] = ratio
            ratioSum += ratio
        }
        let mean = ratioSum / Double(count)
        var squares = 0.0
        for column in 0..<count {
            let factor = share * inside[column] + (1 - share) * mean
            inside[column] = factor
            squares += factor * factor
        }
        let size = (squares / Double(count)).squareRoot()
        return size > 0 ? inside.map { Float($0 / size) } : [Float](repeating: 1, count: count)
    }
}
