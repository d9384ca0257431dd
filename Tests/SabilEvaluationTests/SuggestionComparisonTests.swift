import Foundation
import SabilEvaluation
import Testing

@Suite struct SuggestionComparisonTests {
    private func path(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "sabil-suggested-\(UUID().uuidString).jsonl")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    private func file(_ text: String) throws -> SuggestionFile {
        let path = try path(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SuggestionFile(path: path)
    }

    private func gold(_ text: String) throws -> [BEIREntry] {
        let path = try path(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var reader = try BEIRReader(path: path)
        var entries: [BEIREntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    /// `a+ b c+`: labels in order, those with a plus assigned.
    private func line(_ id: String, _ labels: String) -> String {
        let items = labels.split(separator: " ").enumerated().map { offset, word in
            "{\"label\":\"\(word.filter { $0 != "+" })\",\"score\":\(1 - Double(offset) / 10),\"selected\":\(word.hasSuffix("+"))}"
        }
        return "{\"_id\":\"\(id)\",\"suggestions\":[\(items.joined(separator: ","))]}\n"
    }

    @Test func `F1 of each document is compared, with the labels that came and went`() throws {
        let labelled = try gold(
            """
            {"_id":"d1","title":"One","text":"t","labels":["a","b"]}
            {"_id":"d2","title":"","text":"t","labels":["c"]}
            {"_id":"d3","text":"t","labels":["a"]}
            {"_id":"d4","text":"t","labels":[]}
            """)
        let report = try ComparisonReport(
            file(line("d1", "a+ b+ c") + line("d2", "c+ a+") + line("d4", "a+") + line("dx", "a+")),
            baseline: file(line("d1", "c+ a+ b") + line("d2", "c+ a+") + line("d3", "a+") + line("d4", "b")),
            gold: labelled, sampling: ComparisonReport.Sampling(permutations: 100, resamples: 100))
        // F1 of A: 2·1/(2+2), 2·1/(2+1), 1, 0; of B: 1, 2/3, 0 (no line), 0.
        let f1 = report.table.lines[0]
        #expect(f1.measure == "F1" && abs(f1.baseline - (0.5 + 2.0 / 3 + 1) / 4) < 1e-12)
        #expect(abs(f1.system - (1 + 2.0 / 3) / 4) < 1e-12)
        #expect(f1.comparison.better == 1 && f1.comparison.worse == 1 && f1.comparison.equal == 2)
        // P@1 of A: 0, 1, 1, 0; of B: 1, 1, 0, 0. F1@5 takes d1 of both whole: 2·2/(3+2).
        #expect(report.table.lines.map(\.measure) == ["F1", "F1@5", "P@1"])
        #expect(report.table.lines[2].baseline == 0.5 && report.table.lines[2].system == 0.5)
        #expect(abs(report.table.lines[1].baseline - (0.8 + 2.0 / 3 + 1) / 4) < 1e-12)
        #expect(
            report.notes == [
                "B: 1 of 4 documents have no line and count as 0.",
                "B: 1 document not among the labelled: not counted.",
                "1 of 4 documents have no right label and count as 0.",
            ])
        #expect(report.changes.map(\.query) == ["d3", "d1"])
        let first = report.changes[1]
        #expect(first.text == "One" && first.cameIn.map(\.document) == ["b"] && first.wentOut.map(\.document) == ["c"])
        #expect(first.moves.map { "\($0.document)\($0.grade ?? -9)" } == ["a1", "b1", "c0"])
        #expect(first.firstRelevantOfBaseline == 2 && first.firstRelevant == 1)
        #expect(f1.words.contains("4 documents"))
    }

    @Test func `a label assigned anew at the same rank is named as a reason`() throws {
        let report = try ComparisonReport(
            file(line("d", "a+ b+")), baseline: file(line("d", "a+ b")),
            gold: gold("{\"_id\":\"d\",\"text\":\"t\",\"labels\":[\"a\",\"b\"]}"),
            sampling: ComparisonReport.Sampling(permutations: 10, resamples: 10))
        #expect(report.changes.first?.moves.map(\.document) == ["b"])
        #expect(report.overlaps == [1])
    }

    @Test(arguments: [
        (
            "{\"_id\":\"a\",\"suggestions\":[]}\n{\"_id\":\"a\",\"suggestions\":[]}", "line 2 has the id \"a\"",
            "duplicate"
        ),
        ("{\"suggestions\":[]}", "line 1 is no line of suggestions", "invalid-format"),
        ("\n{\"_id\":\"a\",\"suggestions\":[{\"label\":\"x\",\"score\":1}]}", "line 2", "invalid-format"),
        (
            "{\"_id\":\"a\",\"suggestions\":[{\"label\":\"x\",\"score\":1,\"selected\":true},{\"label\":\"x\",\"score\":0,\"selected\":true}]}",
            "suggests \"x\" twice", "duplicate"
        ),
        ("\n \n", "holds no line", "empty"),
    ])
    func `a file that is none is refused with its line`(text: String, words: String, code: String) throws {
        let error = #expect(throws: EvaluationError.self) { try file(text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.code.rawValue == code)
    }
}
