/// How often each feature occurs in the documents of each label: whole numbers, so that learning can be undone exactly.
struct FeatureLabelCounts: Sendable, Equatable {
    /// Features of one label, increasing, with their occurrences; none of them zero.
    struct Label: Sendable, Equatable {
        var columns: [Int32] = []
        var counts: [Int64] = []
    }

    private(set) var byLabel: [Label]
    /// Per feature: occurrences in all documents, each document once however many labels it has.
    private(set) var totals: [Int64]
    /// Per label: documents.
    private(set) var documents: [Int64]
    /// All documents.
    private(set) var documentCount: Int64 = 0

    /// No documents yet.
    init(labelCount: Int, columnCount: Int) {
        byLabel = [Label](repeating: Label(), count: labelCount)
        totals = [Int64](repeating: 0, count: columnCount)
        documents = [Int64](repeating: 0, count: labelCount)
    }

    /// Counts of the rows given.
    init(_ examples: PreparedExamples, rows: [Int32], threads: Int) throws(ModelError) {
        let matrix = examples.matrix
        let positives = examples.positives(among: rows)
        totals = [Int64](repeating: 0, count: matrix.columnCount)
        for row in rows {
            for index in matrix.range(ofRow: Int(row)) {
                totals[Int(matrix.columns[index])] += Int64(matrix.counts[index])
            }
        }
        documents = positives.map { Int64($0.count) }
        documentCount = Int64(rows.count)
        byLabel = try Parallel.map(
            examples.labelCount, threads: threads,
            state: { () throws(ModelError) in [Int64](repeating: 0, count: matrix.columnCount) }
        ) { (sums: inout [Int64], label: Int) throws(ModelError) -> Label in
            var columns: [Int32] = []
            for row in positives[label] {
                for index in matrix.range(ofRow: Int(row)) {
                    let column = matrix.columns[index]
                    if sums[Int(column)] == 0 { columns.append(column) }
                    sums[Int(column)] += Int64(matrix.counts[index])
                }
            }
            columns.sort()
            let counted = Label(columns: columns, counts: columns.map { sums[Int($0)] })
            for column in columns { sums[Int(column)] = 0 }
            return counted
        }
    }

    /// Counts as stored; `nil` if they contradict each other.
    init?(byLabel: [Label], totals: [Int64], documents: [Int64], documentCount: Int64) {
        guard byLabel.count == documents.count else { return nil }
        for label in byLabel {
            guard label.columns.count == label.counts.count,
                label.columns.allSatisfy({ $0 >= 0 && Int($0) < totals.count })
            else { return nil }
        }
        self.byLabel = byLabel
        self.totals = totals
        self.documents = documents
        self.documentCount = documentCount
    }

    /// Adds a document (`sign` 1) or takes one away that was added (-1).
    /// - Complexity: O(features of the labels touched).
    mutating func count(_ row: FeatureRow, labels: [Int32], sign: Int64 = 1) {
        documentCount += sign
        for (column, count) in zip(row.columns, row.counts) { totals[Int(column)] += sign * Int64(count) }
        for label in labels {
            documents[Int(label)] += sign
            byLabel[Int(label)] = Self.merged(byLabel[Int(label)], row, sign: sign)
        }
    }

    private static func merged(_ label: Label, _ row: FeatureRow, sign: Int64) -> Label {
        var merged = Label()
        var left = 0
        var right = 0
        while left < label.columns.count || right < row.columns.count {
            let own = left < label.columns.count ? label.columns[left] : Int32.max
            let new = right < row.columns.count ? row.columns[right] : Int32.max
            var sum: Int64 = 0
            if own <= new {
                sum += label.counts[left]
                left += 1
            }
            if new <= own {
                sum += sign * Int64(row.counts[right])
                right += 1
            }
            if sum != 0 {
                merged.columns.append(min(own, new))
                merged.counts.append(sum)
            }
        }
        return merged
    }
}
