/// How much of each feature the documents of each label hold: whole numbers, so that learning can be undone exactly.
///
/// Of a document of which only some labels are known, those labels learn and no other does: it is no negative for the rest.
struct FeatureLabelCounts: Sendable, Equatable {
    /// Features of one label, increasing, with what was counted; none of them zero.
    struct Label: Sendable, Equatable {
        var columns: [Int32] = []
        var counts: [Int64] = []
    }

    /// What is counted of a feature in a document.
    enum Unit: Sendable {
        /// How often it occurs.
        case occurrences
        /// Its TF-IDF weight, in parts of ``FeatureLabelCounts/weightUnit``.
        case weights
    }

    /// A weight of 1 as a whole number; what is rounded off is a thousandth of a usual weight.
    static let weightUnit = 65_536.0

    private(set) var byLabel: [Label]
    /// Per label: the part of `byLabel` from documents of which only some labels are known.
    private(set) var partial: [Label]
    /// Per label: documents in which a person rejected it.
    private(set) var rejected: [Label]
    /// Per feature: all documents known as a whole, each once however many labels it has.
    private(set) var totals: [Int64]
    /// Per label: documents in `byLabel`, `partial`, `rejected`.
    private(set) var documents: [Int64]
    private(set) var partialDocuments: [Int64]
    private(set) var rejectedDocuments: [Int64]
    /// Documents known as a whole.
    private(set) var documentCount: Int64 = 0

    /// No documents yet.
    init(labelCount: Int, columnCount: Int) {
        byLabel = [Label](repeating: Label(), count: labelCount)
        partial = byLabel
        rejected = byLabel
        totals = [Int64](repeating: 0, count: columnCount)
        documents = [Int64](repeating: 0, count: labelCount)
        partialDocuments = documents
        rejectedDocuments = documents
    }

    /// Counts of the rows given.
    /// - Parameter matrix: ``PreparedExamples/matrix`` or ``PreparedExamples/meanings``.
    init(
        _ examples: PreparedExamples, of matrix: KeyPath<PreparedExamples, SparseMatrix> = \.matrix, rows: [Int32],
        unit: Unit, threads: Int
    ) throws(ModelError) {
        let matrix = examples[keyPath: matrix]
        totals = [Int64](repeating: 0, count: matrix.columnCount)
        var whole: Int64 = 0
        for row in rows where examples.isComplete[Int(row)] {
            whole += 1
            for index in matrix.range(ofRow: Int(row)) {
                totals[Int(matrix.columns[index])] += Self.amount(matrix, at: index, unit)
            }
        }
        documentCount = whole
        let own = examples.positives(among: rows)
        let part = examples.positives(among: rows.filter { !examples.isComplete[Int($0)] })
        var against = [[Int32]](repeating: [], count: examples.labelCount)
        for row in rows { for label in examples.rejected[Int(row)] { against[Int(label)].append(row) } }
        documents = own.map { Int64($0.count) }
        partialDocuments = part.map { Int64($0.count) }
        rejectedDocuments = against.map { Int64($0.count) }
        byLabel = try Self.sums(matrix, of: own, unit: unit, threads: threads)
        partial = try Self.sums(matrix, of: part, unit: unit, threads: threads)
        rejected = try Self.sums(matrix, of: against, unit: unit, threads: threads)
    }

    private static func sums(
        _ matrix: SparseMatrix, of rows: [[Int32]], unit: Unit, threads: Int
    ) throws(ModelError) -> [Label] {
        guard rows.contains(where: { !$0.isEmpty }) else { return rows.map { _ in Label() } }
        return try Parallel.map(
            rows.count, threads: threads,
            state: { () throws(ModelError) in [Int64](repeating: 0, count: matrix.columnCount) }
        ) { (sums: inout [Int64], label: Int) throws(ModelError) -> Label in
            var columns: [Int32] = []
            for row in rows[label] {
                for index in matrix.range(ofRow: Int(row)) {
                    let amount = Self.amount(matrix, at: index, unit)
                    guard amount != 0 else { continue }
                    let column = matrix.columns[index]
                    if sums[Int(column)] == 0 { columns.append(column) }
                    sums[Int(column)] += amount
                }
            }
            columns.sort()
            let counted = Label(columns: columns, counts: columns.map { sums[Int($0)] })
            for column in columns { sums[Int(column)] = 0 }
            return counted
        }
    }

    private static func amount(_ matrix: SparseMatrix, at index: Int, _ unit: Unit) -> Int64 {
        switch unit {
        case .occurrences: Int64(matrix.counts[index])
        case .weights: amount(ofWeight: matrix.values[index])
        }
    }

    private static func amount(ofWeight weight: Float) -> Int64 { Int64((Double(weight) * weightUnit).rounded()) }

    /// Counts as stored; `nil` if they contradict each other.
    init?(
        byLabel: [Label], partial: [Label], rejected: [Label], totals: [Int64], documents: [Int64],
        partialDocuments: [Int64], rejectedDocuments: [Int64], documentCount: Int64
    ) {
        let lists = [byLabel, partial, rejected]
        let numbers = [documents, partialDocuments, rejectedDocuments]
        guard lists.allSatisfy({ $0.count == byLabel.count }), numbers.allSatisfy({ $0.count == byLabel.count })
        else { return nil }
        for label in lists.joined() {
            guard label.columns.count == label.counts.count,
                label.columns.allSatisfy({ $0 >= 0 && Int($0) < totals.count })
            else { return nil }
        }
        self.byLabel = byLabel
        self.partial = partial
        self.rejected = rejected
        self.totals = totals
        self.documents = documents
        self.partialDocuments = partialDocuments
        self.rejectedDocuments = rejectedDocuments
        self.documentCount = documentCount
    }

    /// Adds a document (`sign` 1) or takes one away that was added (-1).
    ///
    /// - Parameters:
    ///   - labels: labels that fit, each once.
    ///   - rejected: labels that a person rejected, each once and none of `labels`.
    ///   - isComplete: whether all other labels are known not to fit.
    /// - Complexity: O(features of the labels touched).
    mutating func count(
        _ row: FeatureRow, unit: Unit = .occurrences, labels: [Int32], rejected: [Int32] = [],
        isComplete: Bool = true, sign: Int64 = 1
    ) {
        var document = Label()
        for position in row.columns.indices {
            let amount =
                switch unit {
                case .occurrences: Int64(row.counts[position])
                case .weights: Self.amount(ofWeight: row.values[position])
                }
            guard amount != 0 else { continue }
            document.columns.append(row.columns[position])
            document.counts.append(sign * amount)
        }
        if isComplete {
            documentCount += sign
            for (column, amount) in zip(document.columns, document.counts) { totals[Int(column)] += amount }
        }
        for label in labels.map({ Int($0) }) {
            documents[label] += sign
            byLabel[label] = Self.merged(byLabel[label], document)
            if !isComplete {
                partialDocuments[label] += sign
                partial[label] = Self.merged(partial[label], document)
            }
        }
        for label in rejected.map({ Int($0) }) {
            rejectedDocuments[label] += sign
            self.rejected[label] = Self.merged(self.rejected[label], document)
        }
    }

    /// The sum of two lists, without what cancels out.
    private static func merged(_ one: Label, _ other: Label) -> Label {
        var merged = Label()
        var left = 0
        var right = 0
        while left < one.columns.count || right < other.columns.count {
            let own = left < one.columns.count ? one.columns[left] : Int32.max
            let new = right < other.columns.count ? other.columns[right] : Int32.max
            var sum: Int64 = 0
            if own <= new {
                sum += one.counts[left]
                left += 1
            }
            if new <= own {
                sum += other.counts[right]
                right += 1
            }
            if sum != 0 {
                merged.columns.append(min(own, new))
                merged.counts.append(sum)
            }
        }
        return merged
    }

    /// A feature of a label: what its documents hold of it, and what counts among the others though `totals` has it not.
    struct Entry: Sendable {
        var column: Int32
        var own: Int64
        var extra: Int64
    }

    /// The features of a label with what the others hold: `totals` less `own` and with `extra`.
    ///
    /// - Parameter countsRejected: whether documents in which the label was rejected are among the others.
    func entries(of label: Int, countsRejected: Bool) -> [Entry] {
        let own = byLabel[label]
        var others = partial[label]
        if countsRejected { others = Self.merged(others, rejected[label]) }
        var entries: [Entry] = []
        entries.reserveCapacity(own.columns.count)
        var next = 0
        for (column, count) in zip(own.columns, own.counts) {
            while next < others.columns.count, others.columns[next] < column {
                entries.append(Entry(column: others.columns[next], own: 0, extra: others.counts[next]))
                next += 1
            }
            var entry = Entry(column: column, own: count, extra: 0)
            if next < others.columns.count, others.columns[next] == column {
                entry.extra = others.counts[next]
                next += 1
            }
            entries.append(entry)
        }
        for position in next..<others.columns.count {
            entries.append(Entry(column: others.columns[position], own: 0, extra: others.counts[position]))
        }
        return entries
    }
}
