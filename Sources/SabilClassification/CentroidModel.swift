/// Rocchio centroids: per label the mean of its documents less the mean of the others, cut at zero, of length 1; and less what
/// sets apart the documents in which a person rejected it.
///
/// Worked out from whole numbers (``FeatureLabelCounts`` of weights), so that a document can be learnt and unlearnt exactly.
/// Source: Rocchio 1971; as measured best among centroids for several labels per document.
struct CentroidModel: Sendable, Equatable {
    private(set) var weights: LabelWeights

    init(weights: LabelWeights) { self.weights = weights }

    /// How much rejections weigh against a label whose documents they outnumber by far; more did harm where it was measured.
    static let rejectionShare = 0.25

    /// - Parameters:
    ///   - sums: weights of the features counted by label.
    ///   - limit: how many features of a label to keep at most, strongest first.
    init(_ sums: FeatureLabelCounts, limit: Int, threads: Int) throws(ModelError) {
        let byLabel = try Parallel.map(sums.byLabel.count, threads: threads) {
            (label: Int) throws(ModelError) -> (columns: [Int32], weights: [Float]) in
            Self.centroid(sums, label: label, limit: limit)
        }
        weights = LabelWeights(byLabel: byLabel, columnCount: sums.totals.count)
    }

    /// Works the centroids of some labels out anew.
    /// - Complexity: O(features of those labels).
    mutating func refresh(_ labels: some Sequence<Int32>, from sums: FeatureLabelCounts, limit: Int) {
        for label in labels {
            let (columns, values) = Self.centroid(sums, label: Int(label), limit: limit)
            weights.replace(label: label, columns: columns, weights: values)
        }
    }

    private static func centroid(
        _ sums: FeatureLabelCounts, label: Int, limit: Int
    ) -> (columns: [Int32], weights: [Float]) {
        let own = direction(of: label, in: sums, limit: limit)
        let rejections = Double(sums.rejectedDocuments[label])
        guard rejections > 0 else { return (own.map(\.column), own.map { Float($0.weight) }) }
        let share = rejectionShare * rejections / (rejections + Double(sums.documents[label]) + 1)
        let against = directionAgainst(label, in: sums, limit: limit)
        var columns: [Int32] = []
        var weights: [Float] = []
        var next = 0
        for (column, weight) in own {
            while next < against.count, against[next].column < column {
                columns.append(against[next].column)
                weights.append(Float(-share * against[next].weight))
                next += 1
            }
            var weight = weight
            if next < against.count, against[next].column == column {
                weight -= share * against[next].weight
                next += 1
            }
            columns.append(column)
            weights.append(Float(weight))
        }
        for (column, weight) in against[next...] {
            columns.append(column)
            weights.append(Float(-share * weight))
        }
        return (columns, weights)
    }

    /// What sets the documents of a label apart from the others, of length 1.
    static func direction(
        of label: Int, in sums: FeatureLabelCounts, limit: Int
    ) -> [(column: Int32, weight: Double)] {
        guard sums.documents[label] > 0 else { return [] }
        let count = Double(sums.documents[label])
        let others = Double(max(1, sums.documentCount - sums.documents[label] + sums.partialDocuments[label]))
        return unit(
            sums.entries(of: label, countsRejected: false).map { entry in
                let outside = Double(max(0, sums.totals[Int(entry.column)] - entry.own + entry.extra))
                return (entry.column, Double(entry.own) / count - outside / others)
            }, limit: limit)
    }

    /// What sets the documents in which a label was rejected apart from all documents, of length 1.
    private static func directionAgainst(
        _ label: Int, in sums: FeatureLabelCounts, limit: Int
    ) -> [(column: Int32, weight: Double)] {
        let count = Double(sums.rejectedDocuments[label])
        let all = Double(max(1, sums.documentCount))
        let rejected = sums.rejected[label]
        return unit(
            zip(rejected.columns, rejected.counts).map { column, amount in
                (column, Double(amount) / count - Double(sums.totals[Int(column)]) / all)
            }, limit: limit)
    }

    /// The strongest weights above zero, scaled to length 1, by increasing column.
    private static func unit(
        _ weights: [(column: Int32, weight: Double)], limit: Int
    ) -> [(column: Int32, weight: Double)] {
        var kept = weights.filter { $0.weight > 0 }
        if kept.count > limit {
            kept = StrongestWeights.columns(kept.map { Float($0.weight) }, floor: 0, limit: limit).map { kept[Int($0)] }
        }
        let length = kept.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        return length > 0 ? kept.map { ($0.column, $0.weight / length) } : []
    }

    func scores(_ row: FeatureRow, labelCount: Int) -> [Double] {
        var scores = [Double](repeating: 0, count: labelCount)
        weights.accumulate(row, row.values, into: &scores)
        return scores
    }
}
