/// Documents by features: per row increasing columns, each with its weight and how often the feature occurs.
struct SparseMatrix: Sendable, Equatable {
    private(set) var rowStarts: [Int] = [0]
    private(set) var columns: [Int32] = []
    /// TF-IDF weights; the blocks of a row are of length 1 and `characterGramWeight`.
    private(set) var values: [Float] = []
    /// Occurrences; empty where nobody asks for them.
    private(set) var counts: [Int32] = []
    let columnCount: Int
    let hasCounts: Bool

    init(columnCount: Int, hasCounts: Bool = true) {
        self.columnCount = columnCount
        self.hasCounts = hasCounts
    }

    var rowCount: Int { rowStarts.count - 1 }

    func range(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

    mutating func append(_ row: FeatureRow) {
        precondition(row.columns.count == row.values.count && row.columns.count == row.counts.count)
        columns.append(contentsOf: row.columns)
        values.append(contentsOf: row.values)
        if hasCounts { counts.append(contentsOf: row.counts) }
        rowStarts.append(columns.count)
    }

    mutating func reserve(entries: Int) {
        columns.reserveCapacity(entries)
        values.reserveCapacity(entries)
        if hasCounts { counts.reserveCapacity(entries) }
    }

    func row(_ row: Int) -> FeatureRow {
        let range = range(ofRow: row)
        return FeatureRow(
            columns: Array(columns[range]), values: Array(values[range]), counts: hasCounts ? Array(counts[range]) : [])
    }
}

/// One document's features: increasing columns.
struct FeatureRow: Sendable, Equatable {
    var columns: [Int32] = []
    var values: [Float] = []
    var counts: [Int32] = []
}

/// Weights by feature and label, most of them zero: per feature the labels that have one, increasing.
struct LabelWeights: Sendable, Equatable {
    private(set) var starts: [Int]
    private(set) var labels: [Int32]
    private(set) var weights: [Float]
    /// Labels whose weights were replaced since, by increasing label: these hold, and not those above.
    private var replaced: [Replacement] = []

    /// The weights of one label; columns increasing.
    private struct Replacement: Sendable, Equatable {
        var label: Int32
        var columns: [Int32]
        var weights: [Float]

        func weight(_ column: Int32) -> Float {
            var low = 0
            var high = columns.count
            while low < high {
                let middle = (low + high) / 2
                if columns[middle] < column { low = middle + 1 } else { high = middle }
            }
            return low < columns.count && columns[low] == column ? weights[low] : 0
        }
    }

    /// From the columns and weights of each label; columns increasing.
    init(byLabel: [(columns: [Int32], weights: [Float])], columnCount: Int) {
        var starts = [Int](repeating: 0, count: columnCount + 1)
        for label in byLabel { for column in label.columns { starts[Int(column) + 1] += 1 } }
        for column in 0..<columnCount { starts[column + 1] += starts[column] }
        var next = starts
        labels = [Int32](repeating: 0, count: starts[columnCount])
        weights = [Float](repeating: 0, count: starts[columnCount])
        for (label, entries) in byLabel.enumerated() {
            for (column, weight) in zip(entries.columns, entries.weights) {
                labels[next[Int(column)]] = Int32(label)
                weights[next[Int(column)]] = weight
                next[Int(column)] += 1
            }
        }
        self.starts = starts
    }

    /// From arrays as stored; `nil` if they contradict each other.
    init?(starts: [Int], labels: [Int32], weights: [Float], labelCount: Int) {
        guard starts.first == 0, starts.last == labels.count, labels.count == weights.count,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }),
            labels.allSatisfy({ $0 >= 0 && Int($0) < labelCount })
        else { return nil }
        self.starts = starts
        self.labels = labels
        self.weights = weights
    }

    var columnCount: Int { starts.count - 1 }

    /// How many weights each label had before any was replaced.
    func counts(labelCount: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: labelCount)
        for label in labels { counts[Int(label)] += 1 }
        return counts
    }

    /// Adds weight × value of a row's features to the scores of all labels.
    /// - Complexity: O(weights of the row's features), and O(features of the row) for each replaced label.
    func accumulate(_ row: FeatureRow, _ values: [Float], into scores: inout [Double]) {
        let before = replaced.map { scores[Int($0.label)] }
        for (position, column) in row.columns.enumerated() {
            let value = Double(values[position])
            for index in starts[Int(column)]..<starts[Int(column) + 1] {
                scores[Int(labels[index])] += value * Double(weights[index])
            }
        }
        for (replacement, start) in zip(replaced, before) {
            var sum = start
            for (position, column) in row.columns.enumerated() {
                sum += Double(values[position]) * Double(replacement.weight(column))
            }
            scores[Int(replacement.label)] = sum
        }
    }

    /// Adds factor × weight × value of each feature of a row to `sums`, feature by feature, for some labels only.
    ///
    /// - Parameters:
    ///   - slots: per label its place among those wanted, or -1.
    ///   - factors: per place.
    ///   - sums: per place, per feature of the row.
    /// - Complexity: O(weights of the row's features), and O(features of the row) for each replaced label.
    func accumulate(_ row: FeatureRow, slots: [Int32], factors: [Double], into sums: inout [Double]) {
        let width = row.columns.count
        var slots = slots
        for replacement in replaced {
            let slot = Int(slots[Int(replacement.label)])
            guard slot >= 0 else { continue }
            slots[Int(replacement.label)] = -1
            for (position, column) in row.columns.enumerated() {
                sums[slot * width + position] +=
                    factors[slot] * Double(replacement.weight(column)) * Double(row.values[position])
            }
        }
        for (position, column) in row.columns.enumerated() {
            let value = Double(row.values[position])
            for index in starts[Int(column)]..<starts[Int(column) + 1] {
                let slot = Int(slots[Int(labels[index])])
                if slot >= 0 { sums[slot * width + position] += factors[slot] * Double(weights[index]) * value }
            }
        }
    }

    /// Gives a label other weights; columns increasing.
    /// - Complexity: O(columns given + labels replaced).
    mutating func replace(label: Int32, columns: [Int32], weights: [Float]) {
        let new = Replacement(label: label, columns: columns, weights: weights)
        let place = replaced.firstIndex { $0.label >= label } ?? replaced.count
        if place < replaced.count, replaced[place].label == label {
            replaced[place] = new
        } else {
            replaced.insert(new, at: place)
        }
    }
}
