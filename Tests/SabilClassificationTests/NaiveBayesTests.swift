import Testing

@testable import SabilClassification

@Suite struct NaiveBayesTests {
    static let counts: [[Int32]] = [
        [0, 1, 2, 1, 0, 1, 1, 0], [0, 1, 2, 2, 2, 1, 1, 0], [1, 1, 2, 1, 1, 1, 1, 1], [0, 1, 1, 1, 0, 0, 1, 3],
        [0, 1, 3, 1, 0, 1, 1, 0], [0, 0, 0, 1, 2, 1, 4, 1], [1, 1, 1, 0, 1, 2, 1, 1], [0, 1, 2, 0, 1, 0, 1, 2],
        [3, 0, 2, 1, 1, 2, 0, 0], [0, 1, 0, 0, 0, 0, 0, 1], [1, 0, 3, 0, 2, 3, 0, 0], [0, 0, 1, 1, 0, 1, 1, 0],
    ]
    static let labels: [Int32] = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    static let queries: [[Int32]] = [
        [1, 0, 0, 1, 2, 1, 1, 2], [2, 0, 3, 2, 0, 3, 0, 4], [0, 0, 1, 2, 0, 2, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0],
    ]

    static func row(_ counts: [Int32]) -> FeatureRow {
        let columns = counts.indices.filter { counts[$0] > 0 }
        return FeatureRow(
            columns: columns.map { Int32($0) }, values: columns.map { Float(counts[$0]) },
            counts: columns.map { counts[$0] })
    }

    static var counted: FeatureLabelCounts {
        var counted = FeatureLabelCounts(labelCount: 3, columnCount: 8)
        for (row, label) in zip(counts, labels) { counted.count(self.row(row), labels: [label]) }
        return counted
    }

    @Test func `counts added and taken away leave what was there`() {
        var counted = Self.counted
        for query in Self.queries { counted.count(Self.row(query), labels: [0, 2]) }
        #expect(counted != Self.counted)
        for query in Self.queries.reversed() { counted.count(Self.row(query), labels: [0, 2], sign: -1) }
        #expect(counted == Self.counted)
    }

    @Test func `a label that has all documents stays finite`() {
        var counted = FeatureLabelCounts(labelCount: 2, columnCount: 8)
        for row in Self.counts { counted.count(Self.row(row), labels: [0]) }
        for kind in [NaiveBayes.Kind.multinomial, .complement] {
            let row = Self.row(Self.queries[0])
            let scores = NaiveBayes(counted, kind: kind, smoothing: 0.3).scores(row, values: row.values)
            #expect(scores.allSatisfy { $0.isFinite })
        }
    }
}
