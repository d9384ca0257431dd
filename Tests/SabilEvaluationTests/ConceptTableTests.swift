import SabilEvaluation
import Testing

@Suite struct ConceptTableTests {
    private func prediction(_ gold: [String], _ scores: [(String, Double)], id: String = "e") -> LabelPrediction {
        LabelPrediction(id: id, gold: gold, scores: scores.map { LabelPrediction.Scored($0.0, score: $0.1) })
    }

    @Test func `a row a label, hand-worked`() throws {
        let predictions = [
            prediction(["a", "b"], [("a", 0.9), ("b", 0.2)]), prediction(["a"], [("b", 0.8), ("a", 0.5)]),
            prediction([], [("a", 0.5)]), prediction(["a"], []), prediction(["a", "c\td"], [("a", 0.1)]),
        ]
        let table = try ConceptTable(predictions, selection: .threshold(0.5, perLabel: ["b": 0.75]))
        // a: ranked 0.9 right, 0.5 one of two right, 0.1 right, one right never suggested:
        // (1·1/1 + 1·2/3 + 1·3/4 + 0) / 4. b: chosen once, wrongly; its right one is second.
        #expect(
            table.lines == [
                ConceptTable.columns.joined(separator: "\t"),
                "a\t4\t2\t1\t2\t0.6667\t0.5000\t0.5714\t0.6042\t0.5000",
                "b\t1\t0\t1\t1\t0.0000\t0.0000\t0.0000\t0.5000\t0.7500",
                "c d\t1\t0\t0\t1\t0.0000\t0.0000\t0.0000\t0.0000\t0.5000",
            ])
    }

    @Test func `a label that is right nowhere has no average precision`() throws {
        let rows = try ConceptTable([prediction([], [("x", 1)])], selection: .top, labels: ["x", "y"]).rows
        #expect(rows.map(\.label) == ["x", "y"])
        #expect(rows.allSatisfy { $0.averagePrecision == nil && $0.threshold == nil })
    }

    @Test func `where the classifier chose, its lowest choice stands for the threshold`() throws {
        let predictions = [
            prediction(["a"], [("a", 0.9), ("b", 0.3)], id: "1"), prediction(["a"], [("a", 0.4), ("b", 0.2)], id: "2"),
            prediction(["a"], [("a", 0.1)], id: "3"),
        ]
        let rows = try ConceptTable(predictions, selection: .given(["1": ["a"], "2": ["a"]]), labels: ["a", "b"]).rows
        #expect(rows.map(\.threshold) == [0.4, nil])
    }

    @Test func `the rows' counts add up to the micro figures and their mean is the macro F1`() throws {
        let predictions = try Fixtures.predictions()
        let selection = LabelSelection.threshold(0.5, perLabel: [:])
        let table = try ConceptTable(predictions, selection: selection)
        let evaluation = try ClassificationEvaluation(predictions, selection: selection)
        #expect(Double(table.rows.reduce(0) { $0 + $1.counts.right }) == evaluation[.annifTruePositives])
        #expect(Double(table.rows.reduce(0) { $0 + $1.counts.wrong }) == evaluation[.annifFalsePositives])
        #expect(Double(table.rows.reduce(0) { $0 + $1.counts.missed }) == evaluation[.annifFalseNegatives])
        let mean = table.rows.reduce(0) { $0 + $1.counts.f1 } / Double(table.rows.count)
        #expect(abs(mean - evaluation.macroF1) < 1e-12)
        let supports = table.rows.map(\.counts.support)
        #expect(supports == supports.sorted(by: >))
    }
}
