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
        let trained = try Parallel.map(
            examples.labelCount, threads: Parallel.threadCount(options.threads),
            state: { () throws(ModelError) in try LinearTrainer(storage) }
        ) { (trainer: inout LinearTrainer, label: Int) throws(ModelError) -> ([Int32], [Float], Double) in
            guard !positives[label].isEmpty else { return ([], [], -1) }
            var (chosen, targets) = Self.sample(
                examples, label: Int32(label), rows: rows, positives: positives[label], negatives: negatives?[label])
            if !targets.contains(-1) {
                // One label only, or every example has it: nothing to tell apart.
                (chosen, targets) = (positives[label], positives[label].map { _ in 1 })
                return ([], [], 1)
            }
            let scale = scaling.scale(matrix, positives: positives[label])
            let (weights, bias) = try trainer.train(
                rows: chosen, targets: targets, scale: scale, cost: cost, tolerance: options.solverTolerance,
                seed: seed &+ UInt64(label))
            let floor = Float(options.weightFloor)
            var columns: [Int32] = []
            var kept: [Float] = []
            for (column, weight) in weights.enumerated() where abs(weight) > floor {
                columns.append(Int32(column))
                kept.append(weight)
            }
            return (columns, kept, bias)
        }
        weights = LabelWeights(
            byLabel: trained.map { (columns: $0.0, weights: $0.1) }, columnCount: matrix.columnCount)
        biases = trained.map { $0.2 }
    }

    /// Per label: rows that are negatives for it because it was a candidate there.
    private static func negatives(
        _ examples: PreparedExamples, rows: [Int32], candidates: [[Int32]]
    ) -> [[Int32]] {
        var negatives = [[Int32]](repeating: [], count: examples.labelCount)
        for (row, labels) in zip(rows, candidates) { for label in labels { negatives[Int(label)].append(row) } }
        return negatives
    }

    /// The rows one label learns from, in the order of `rows`, with +1 or -1.
    private static func sample(
        _ examples: PreparedExamples, label: Int32, rows: [Int32], positives: [Int32], negatives: [Int32]?
    ) -> (rows: [Int32], targets: [Int8]) {
        var chosen: [Int32] = []
        var targets: [Int8] = []
        var next = 0
        let pool = negatives.map { Self.merged($0, positives) } ?? rows
        chosen.reserveCapacity(pool.count)
        targets.reserveCapacity(pool.count)
        for row in pool {
            if next < positives.count, positives[next] == row {
                next += 1
                chosen.append(row)
                targets.append(1)
            } else if examples.isComplete[Int(row)] || examples.rejected[Int(row)].contains(label) {
                chosen.append(row)
                targets.append(-1)
            }
        }
        return (chosen, targets)
    }

    private static func merged(_ one: [Int32], _ other: [Int32]) -> [Int32] {
        var all = one + other
        all.sort()
        var unique: [Int32] = []
        for row in all where unique.last != row { unique.append(row) }
        return unique
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
