/// Rocchio centroids: per label the mean of its documents less the mean of the others, cut at zero, of length 1.
///
/// Source: Rocchio 1971; as measured best among centroids for several labels per document.
struct CentroidModel: Sendable, Equatable {
    let weights: LabelWeights

    init(weights: LabelWeights) { self.weights = weights }

    /// - Parameters:
    ///   - rows: rows to learn from.
    ///   - limit: how many features of a label to keep at most, strongest first.
    init(_ examples: PreparedExamples, rows: [Int32], limit: Int, threads: Int) throws(ModelError) {
        let matrix = examples.matrix
        var totals = [Double](repeating: 0, count: matrix.columnCount)
        for row in rows {
            for index in matrix.range(ofRow: Int(row)) {
                totals[Int(matrix.columns[index])] += Double(matrix.values[index])
            }
        }
        let sums = totals
        let positives = examples.positives(among: rows)
        let byLabel = try Parallel.map(examples.labelCount, threads: threads) {
            (label: Int) throws(ModelError) -> ([Int32], [Float]) in
            Self.centroid(matrix, positives: positives[label], totals: sums, rowCount: rows.count, limit: limit)
        }
        weights = LabelWeights(
            byLabel: byLabel.map { (columns: $0.0, weights: $0.1) }, columnCount: matrix.columnCount)
    }

    private static func centroid(
        _ matrix: SparseMatrix, positives: [Int32], totals: [Double], rowCount: Int, limit: Int
    ) -> ([Int32], [Float]) {
        guard !positives.isEmpty else { return ([], []) }
        var sums: [Int32: Double] = [:]
        for row in positives {
            for index in matrix.range(ofRow: Int(row)) {
                sums[matrix.columns[index], default: 0] += Double(matrix.values[index])
            }
        }
        let count = Double(positives.count)
        let others = Double(max(1, rowCount - positives.count))
        var kept: [(column: Int32, weight: Double)] = []
        for column in sums.keys.sorted() {
            let sum = sums[column] ?? 0
            let weight = sum / count - max(0, totals[Int(column)] - sum) / others
            if weight > 0 { kept.append((column, weight)) }
        }
        if kept.count > limit {
            kept.sort { ($1.weight, $0.column) < ($0.weight, $1.column) }
            kept.removeSubrange(limit...)
            kept.sort { $0.column < $1.column }
        }
        let length = kept.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        guard length > 0 else { return ([], []) }
        return (kept.map(\.column), kept.map { Float($0.weight / length) })
    }

    func scores(_ row: FeatureRow, labelCount: Int) -> [Double] {
        var scores = [Double](repeating: 0, count: labelCount)
        weights.accumulate(row, row.values, into: &scores)
        return scores
    }
}
