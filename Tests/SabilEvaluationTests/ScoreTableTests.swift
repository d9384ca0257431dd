import SabilEvaluation
import Testing

@Suite struct ScoreTableTests {
    private func evaluation(_ text: String) throws -> RunEvaluation {
        try RunEvaluation(
            Run(bytes: Array(text.utf8), name: "r"),
            judgements: Judgements(bytes: Array("q1 0 a 1\nq2 0 b 1\n".utf8), name: "q"),
            measures: ["RR@10", "P@5"].map { try #require(Measure($0)) })
    }

    @Test func `without a baseline a line has three columns`() throws {
        let table = ScoreTable(
            try evaluation("q1 Q0 a 1 2 t\nq1 Q0 c 2 1 t\nq2 Q0 c 1 2 t\nq2 Q0 b 2 1 t"), perQuery: true)
        #expect(
            table.lines == [
                "RR@10\tall\t0.7500", "P@5\tall\t0.2000", "RR@10\tq1\t1.0000", "P@5\tq1\t0.2000", "RR@10\tq2\t0.5000",
                "P@5\tq2\t0.2000",
            ])
        #expect(table.notes.isEmpty)
    }

    @Test func `exact values read back`() throws {
        let third = try evaluation("q1 Q0 a 1 2 t\nq2 Q0 c 1 3 t\nq2 Q0 d 1 2 t\nq2 Q0 b 2 1 t")
        #expect(ScoreTable(third, exact: true).lines == ["RR@10\tall\t\((1 + 1.0 / 3) / 2)", "P@5\tall\t0.2"])
        #expect(ScoreTable(third).lines[0] == "RR@10\tall\t0.6667")
    }

    @Test func `with a baseline it has eight, and notes say whose they are`() throws {
        let table = try ScoreTable(
            evaluation("q1 Q0 a 1 2 t\nq2 Q0 b 1 2 t"), baseline: evaluation("q1 Q0 c 1 2 t\nq1 Q0 a 2 1 t"))
        let columns = table.lines.map { $0.split(separator: "\t").map(String.init) }
        #expect(columns.allSatisfy { $0.count == ScoreTable.columns.count })
        #expect(columns[0].prefix(5) == ["RR@10", "all", "1.0000", "0.2500", "0.7500"])
        #expect(columns[0][6...] == ["0.5000", "1.0000"])
        #expect(table.notes == ["Baseline: 1 of 2 judged queries have no result in the run and count as 0."])
    }

    @Test func `runs scored on different queries are not compared`() throws {
        let other = try RunEvaluation(
            Run(bytes: Array("q1 Q0 a 1 2 t".utf8), name: "r"),
            judgements: Judgements(bytes: Array("q1 0 a 1".utf8), name: "q"))
        let error = #expect(throws: EvaluationError.self) {
            try ScoreTable(evaluation("q1 Q0 a 1 2 t"), baseline: other)
        }
        #expect(error?.description.contains("different queries") == true)
    }

    @Test(arguments: [
        (0.0, "0.0000"), (1.0, "1.0000"), (0.12345, "0.1234"), (0.99996, "1.0000"), (-0.25, "-0.2500"),
        (-0.00001, "0.0000"), (12.0005, "12.0005"), (Double.nan, "nan"),
    ])
    func `numbers have four decimals`(value: Double, text: String) { #expect(ScoreTable.decimals(value) == text) }
}
