import SabilRecords

/// A training set as the members see it: rows of features and positions of labels.
struct PreparedExamples: Sendable {
    /// Rows of the examples, then rows made of label names.
    var matrix: SparseMatrix
    /// The meanings in the same rows; without columns where none are looked for.
    var meanings: SparseMatrix
    /// Per example row.
    var languages: [Language]
    /// Rows that are examples.
    var exampleCount: Int
    var labelCount: Int
    /// Per row: labels that fit, increasing.
    var labels: [[Int32]]
    /// Per row: labels rejected, increasing.
    var rejected: [[Int32]]
    /// Per row: whether all other labels are negatives.
    var isComplete: [Bool]
    /// Per row: names of labels found in it, by the matcher.
    var matches: [[LabelScore]]
    /// Per example row: its fold.
    var folds: [Int]
    /// Per example row: 0 or 1, alike for all of a work.
    var halves: [Int]
    /// Per example row: whether it is of the newest works, where dates tell.
    var isNewest: [Bool]

    /// Per label: the rows among those given that have it, in their order.
    func positives(among rows: [Int32]) -> [[Int32]] {
        var positives = [[Int32]](repeating: [], count: labelCount)
        for row in rows { for label in labels[Int(row)] { positives[Int(label)].append(row) } }
        return positives
    }

    /// Per label: how many example rows among those given have it.
    func exampleCounts(among rows: [Int32]) -> [Int] {
        var counts = [Int](repeating: 0, count: labelCount)
        for row in rows where Int(row) < exampleCount { for label in labels[Int(row)] { counts[Int(label)] += 1 } }
        return counts
    }

    /// ``exampleCounts(among:)`` of each language on its own.
    func languageCounts(among rows: [Int32]) -> LanguageCounts {
        var counts = LanguageCounts(labelCount: labelCount)
        for row in rows where Int(row) < exampleCount {
            counts.add(labels[Int(row)], language: languages[Int(row)])
        }
        return counts
    }

    /// The example rows given and the name rows of labels that have fewer than `limit` examples among them.
    func withNames(_ rows: [Int32], below limit: Int) -> [Int32] {
        let counts = exampleCounts(among: rows)
        let names = (exampleCount..<matrix.rowCount).filter { row in
            labels[row].contains { counts[Int($0)] < limit }
        }
        return rows + names.map { Int32($0) }
    }

    /// What is known of a label in a row: `nil` when the example does not say.
    func truth(row: Int, label: Int32) -> Bool? {
        if labels[row].contains(label) { return true }
        if isComplete[row] || rejected[row].contains(label) { return false }
        return nil
    }
}

/// A label's position and a number for it.
struct LabelScore: Sendable, Equatable {
    var label: Int32
    var score: Float
}
