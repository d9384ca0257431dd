import SabilEvaluation
import Testing

@Suite struct LimitThresholdSweepTests {
    private static let predictions = [
        LabelPrediction(
            id: "1", gold: ["a", "b"], ranked: [.init("a", score: 0.9), .init("c", score: 0.6), .init("b", score: 0.2)]),
        LabelPrediction(id: "2", gold: ["c"], ranked: [.init("c", score: 0.5), .init("a", score: 0)]),
    ]

    /// Limit, threshold in hundredths, precision, recall: worked out by hand.
    @Test(arguments: [
        (1, 0, 1.0, 0.75, "a and c"), (2, 0, 0.75, 0.75, "a c and c: what has the score 0 is never chosen"),
        (3, 0, 5.0 / 6, 1.0, "a c b and c"), (15, 25, 0.75, 0.75, "b falls out"), (15, 55, 0.25, 0.25, "only a c"),
        (15, 60, 0.25, 0.25, "the threshold itself is enough"), (15, 65, 0.5, 0.25, "only a"),
        (15, 95, 0.0, 0.0, "nothing"),
    ])
    func `a row has the means over documents`(
        _ limit: Int, _ threshold: Int, _ precision: Double, _ recall: Double, _ reason: String
    ) throws {
        let sweep = try LimitThresholdSweep(Self.predictions)
        let row = try #require(sweep.rows.first { $0.limit == limit && $0.threshold == threshold })
        #expect(abs(row.precision - precision) < 1e-12, "\(reason)")
        #expect(abs(row.recall - recall) < 1e-12, "\(reason)")
    }

    @Test func `the table has Annif's columns, then the best choices`() throws {
        let lines = try LimitThresholdSweep(Self.predictions).lines
        #expect(lines.count == 1 + 300 + 1 + 3 + 1)
        #expect(lines[0] == "Limit\tThresh.\tPrec.\tRec.\tF1")
        #expect(lines[1].hasPrefix("1\t0.00\t1.0000\t0.7500\t"))
        #expect(lines[302] == "Best Precision (doc avg):\t1.0000\tLimit: 1\tThreshold: 0.00")
        #expect(lines[303] == "Best Recall (doc avg)   :\t1.0000\tLimit: 3\tThreshold: 0.00")
        #expect(lines[304].hasPrefix("Best F1 score (doc avg) :\t0.9000\tLimit: 3"))
        #expect(lines[305] == "Documents evaluated:\t2")
        #expect(throws: EvaluationError.self) { try LimitThresholdSweep([]) }
    }

    @Test func `two documents of one name are refused: one would be measured with what was chosen for the other`() {
        let error = #expect(throws: EvaluationError.self) {
            try LimitThresholdSweep(Self.predictions + Self.predictions)
        }
        #expect(error?.code == .duplicate && error?.message.contains("\"1\"") == true)
    }
}
