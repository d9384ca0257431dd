import Foundation
import SabilEvaluation
import Testing

@Suite struct RunComparisonTests {
    private let sampling = ComparisonReport.Sampling(permutations: 500, resamples: 200, seed: 4)

    private func run(_ rankings: [String: String]) throws -> Run {
        var run = Run(tag: "t")
        for (query, documents) in rankings {
            run.setRanking(
                documents.split(separator: " ").enumerated().map {
                    ScoredDocument(String($0.element), score: 100 - Double($0.offset))
                }, ofQuery: query)
        }
        return run
    }

    private func groups(_ text: String) throws -> QueryGroups {
        let file = FileManager.default.temporaryDirectory.appending(path: "sabil-compare-\(UUID().uuidString).jsonl")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try QueryGroups(path: file.path, key: "lang")
    }

    /// Three queries: q1 gains, q2 loses less, q3 stays.
    private func small() throws -> ComparisonReport {
        try ComparisonReport(
            run(["q1": "r x u y", "q2": "z r s", "q3": "r"]),
            baseline: run(["q1": "x y r z", "q2": "r s z", "q3": "r"]),
            judgements: Judgements(
                bytes: Array("q1 0 r 2\nq1 0 x 0\nq1 0 y -1\nq2 0 r 1\nq2 0 s 1\nq3 0 r 1\n".utf8), name: "q"),
            measures: ["RR@2", "P@1"].map { try #require(Measure($0)) },
            groups: groups(
                """
                {"_id":"q1","text":"first | one","lang":"fr"}
                {"_id":"q2","text":"second","lang":"ar"}
                {"_id":"q9","text":"other","lang":"es"}
                """), sampling: sampling)
    }

    @Test func `the queries that changed most come first, with what moved and why`() throws {
        let report = try small()
        #expect(report.changedCount == 2)
        #expect(report.changes.map(\.query) == ["q1", "q2"])
        let first = report.changes[0]
        #expect(first.baseline == 0 && first.value == 1 && first.text == "first | one")
        #expect(first.firstRelevantOfBaseline == 3 && first.firstRelevant == 1)
        let describe = { (move: RankingChange.Move) in
            "\(move.document) \(move.grade.map(String.init) ?? "-") \(move.baselineRank ?? 0) \(move.rank ?? 0)"
        }
        // RR@2 shows two: x y before, r x after.
        #expect(first.cameIn.map(describe) == ["r 2 3 1"])
        #expect(first.wentOut.map(describe) == ["y -1 2 4"])
        // u and z are neither relevant nor shown in either.
        #expect(first.moves.map(describe) == ["r 2 3 1", "x 0 1 2", "y -1 2 4"])
        let second = report.changes[1]
        #expect(second.difference == -0.5)
        #expect(second.cameIn.map(describe) == ["z - 3 1"] && second.wentOut.map(describe) == ["s 1 2 3"])
        #expect(second.moves.map(describe) == ["r 1 1 2", "s 1 2 3", "z - 3 1"])
    }

    @Test func `lines are measures by group, corrected as one family, and the notes say who is left out`() throws {
        let report = try small()
        #expect(
            report.table.lines.map { "\($0.measure) \($0.group) \($0.comparison.count)" } == [
                "RR@2 all 3", "P@1 all 3", "RR@2 lang=ar 1", "P@1 lang=ar 1", "RR@2 lang=fr 1", "P@1 lang=fr 1",
            ])
        #expect(report.table.lines[0].baseline == 2.0 / 3 && report.table.lines[0].system == 2.5 / 3)
        #expect(
            report.notes == [
                "lang=es has none of the queries that are compared, and no line.", "1 of 3 queries are in no group.",
            ])
        #expect(report.groupOverlaps.map(\.count) == [3, 1, 1])
        #expect(report.overlaps[2] == 1)
        #expect(abs(report.groupOverlaps[0].mean - report.overlaps.reduce(0, +) / 3) < 1e-12)
        #expect(report.legend.contains("over the 6 comparisons"))
    }

    @Test func `equal runs are identical in every line, and nothing changed`() throws {
        let system = try Run(path: Fixtures.folder + "/system.run")
        let report = try ComparisonReport(
            system, baseline: system, judgements: Judgements(path: Fixtures.folder + "/qrels.txt"), sampling: sampling)
        #expect(report.table.lines.count == Measure.standard.count)
        #expect(report.table.lines.allSatisfy { $0.words == "identical" && $0.adjusted == 1 })
        #expect(report.changes.isEmpty && report.changedCount == 0)
        #expect(report.overlaps.allSatisfy { abs($0 - 1) < 1e-12 })
        #expect(try report.lines(.text).last == "nDCG@10 changed for none of the 14 queries")
    }

    @Test func `exchanging the runs turns every sign and every list`() throws {
        let runs = try ["system", "baseline"].map { try Run(path: Fixtures.folder + "/\($0).run") }
        let judgements = try Judgements(path: Fixtures.folder + "/qrels.txt")
        let forth = try ComparisonReport(runs[0], baseline: runs[1], judgements: judgements, sampling: sampling)
        let back = try ComparisonReport(runs[1], baseline: runs[0], judgements: judgements, sampling: sampling)
        for (one, other) in zip(forth.table.lines, back.table.lines) {
            #expect(abs(one.comparison.difference + other.comparison.difference) < 1e-12)
            #expect(one.comparison.p == other.comparison.p && one.adjusted == other.adjusted)
            #expect(one.comparison.better == other.comparison.worse)
        }
        #expect(zip(forth.overlaps, back.overlaps).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(forth.changes.map(\.query).sorted() == back.changes.map(\.query).sorted())
        for change in forth.changes {
            let turned = try #require(back.changes.first { $0.query == change.query })
            #expect(change.cameIn.map(\.document) == turned.wentOut.map(\.document))
            #expect(change.moves.map(\.document) == turned.moves.map(\.document))
            #expect(change.firstRelevant == turned.firstRelevantOfBaseline)
        }
        let holm = PairedComparison.holm(forth.table.lines.map(\.comparison.p))
        #expect(forth.table.lines.map(\.adjusted) == holm)
        #expect(forth.notes.contains("B: 1 of 14 judged queries have no result in the run and count as 0."))
    }

    @Test func `a large family still can show a difference`() {
        // 400 draws a line: drawn p can be as small as 1 / 40,001, and 100 times that is still below 0.05.
        let gain = (0..<40).map { 0.2 + 0.001 * Double($0) }
        let sample = ComparisonTable.Sample(
            measure: "m", group: "g", system: gain, baseline: Array(repeating: 0, count: 40))
        let still = ComparisonTable.Sample(measure: "m", group: "h", system: [0.5], baseline: [0.5])
        let table = ComparisonTable(
            [sample] + Array(repeating: still, count: 99), permutations: 100, resamples: 100)
        #expect(table.lines[0].words == "better" && table.lines[1].words == "identical")
        #expect(table.lines[0].adjusted < 0.01)
    }

    @Test func `no measure and no judgement are refused`() throws {
        let empty = #expect(throws: EvaluationError.self) {
            try ComparisonReport(
                Run(tag: "a"), baseline: Run(tag: "b"), judgements: Judgements(bytes: Array("q 0 a 1".utf8), name: "q"),
                measures: [])
        }
        #expect(empty?.code == .empty)
        let unjudged = #expect(throws: EvaluationError.self) {
            try ComparisonReport(Run(tag: "a"), baseline: Run(tag: "b"), judgements: Judgements())
        }
        #expect(unjudged?.code == .empty)
    }

    @Test func `TSV holds every document, and no cell breaks a line`() throws {
        let lines = try small().lines(.tsv)
        let blocks = lines.split(separator: "", omittingEmptySubsequences: false).map { block in
            block.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        }
        #expect(blocks.count == 3)
        for block in blocks { #expect(Set(block.map(\.count)).count == 1, "\(block)") }
        let changes = blocks[2]
        let columns = try #require(changes.first)
        let cell = { (row: Int, name: String) in columns.firstIndex(of: name).map { changes[row][$0] } }
        #expect(cell(1, "why") == "r:2:3:1 x:0:1:2 y:-1:2:4")
        #expect(cell(2, "came_in") == "z:–:3:1")
        #expect(cell(1, "difference") == "1.0000" && cell(2, "difference") == "-0.5000")
        #expect(
            blocks[0][1].last
                == "no difference shown (3 queries, 2 with other values: too few, 8 are needed among 6 comparisons)")
    }

    @Test func `Markdown escapes what it would read, and long lists say how many more there are`() throws {
        let markdown = try small().lines(.markdown)
        let tables = markdown.filter { $0.hasPrefix("|") }
        #expect(tables.contains { $0.contains("first \\| one") })
        // A bar that is not escaped would make another cell.
        let cells = { (line: String) in line.replacing("\\|", with: "").count { $0 == "|" } }
        #expect(Set(tables.filter { $0.contains("RR@2") && $0.contains("→") }.map(cells)) == [13])
        let wide = try ComparisonReport(
            run(["q": (0..<12).map { "n\($0)" }.joined(separator: " ") + " r"]), baseline: run(["q": "r"]),
            judgements: Judgements(bytes: Array("q 0 r 1".utf8), name: "q"), sampling: sampling)
        let text = try wide.lines(.text)
        #expect(text.contains { $0.hasPrefix("  in:  n0 (–) –→1, ") && $0.hasSuffix(", and 2 more") })
        // nDCG@10 goes from 1 to 0; the only common document is at 13 of 13.
        #expect(text.contains { $0.hasPrefix("q  nDCG@10 1.0000 → 0.0000 (-1.0000)  first relevant 1 → 13  RBO ") })
    }

    @Test func `JSON numbers read back as the same numbers`() throws {
        let runs = try ["system", "baseline"].map { try Run(path: Fixtures.folder + "/\($0).run") }
        let report = try ComparisonReport(
            runs[0], baseline: runs[1], judgements: Judgements(path: Fixtures.folder + "/qrels.txt"), sampling: sampling
        )
        let text = try #require(report.lines(.json).first)
        // JSONSerialization rounds numbers on Linux; JSONDecoder does not.
        let object = try JSONDecoder().decode(Written.self, from: Data(text.utf8))
        #expect(object.comparisons.count == report.table.lines.count)
        for (json, line) in zip(object.comparisons, report.table.lines) {
            #expect(json.difference == line.comparison.difference)
            #expect(json.p_holm == line.adjusted)
            #expect(json.low == line.comparison.low)
            #expect(json.d_z == line.comparison.standardisedDifference)
            #expect(json.verdict == line.verdict.code)
        }
        #expect(object.overlap.queries.map(\.rbo) == report.overlaps)
        #expect(object.changes.queries.map(\.query) == report.changes.map(\.query))
        #expect(object.changes.queries.first?.why.count == report.changes.first?.moves.count)
    }

    /// Some members of the JSON form.
    private struct Written: Decodable {
        struct Comparison: Decodable {
            let difference: Double
            let p_holm: Double
            let low: Double
            let d_z: Double?
            let verdict: String
        }
        struct Overlap: Decodable {
            struct Query: Decodable { let rbo: Double }
            let queries: [Query]
        }
        struct Changes: Decodable {
            struct Query: Decodable {
                struct Move: Decodable { let document: String }
                let query: String
                let why: [Move]
            }
            let queries: [Query]
        }
        let comparisons: [Comparison]
        let overlap: Overlap
        let changes: Changes
    }
}
