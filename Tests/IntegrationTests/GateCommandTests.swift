import Foundation
import Testing

/// `sabil eval gate` as a shell would call it: a baseline, a harmless call, a worse ranking, a grown ratio.
@Suite struct GateCommandTests {
    private let runner: CommandRunner

    init() throws {
        runner = try CommandRunner()
        let words = ["cash", "transfer", "pension", "school", "meal", "child", "family", "tax", "law", "rural", "fund"]
        func text(_ seed: Int, _ count: Int) -> String {
            (0..<count).map { words[(seed * 7 + $0 * $0 * 3 + seed / 5) % words.count] }.joined(separator: " ")
        }
        func line(_ id: String, _ text: String) -> String {
            #"{"_id": "\#(id)", "text": "\#(text)", "lang": "en"}"# + "\n"
        }
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: "small/qrels"), withIntermediateDirectories: true)
        _ = try runner.write((0..<50).map { line("d\($0)", text($0, 5 + $0)) }.joined(), to: "small/corpus.jsonl")
        _ = try runner.write((0..<40).map { line("q\($0)", text($0, 3)) }.joined(), to: "small/queries.jsonl")
        _ = try runner.write(
            "query-id\tcorpus-id\tscore\n" + (0..<40).map { "q\($0)\td\($0)\t1\n" }.joined(), to: "small/qrels/test.tsv"
        )
        try writeExperiment(parameters: "{}")
    }

    private func writeExperiment(parameters: String) throws {
        _ = try runner.write(
            """
            name: small
            kind: rank
            collection: \(runner.path("small"))
            language: en
            parameters: \(parameters)
            measures: [nDCG@10]
            """, to: "small.yaml")
    }

    private func writeRules(_ text: String) throws -> [String] {
        ["eval", "gate", "--rules", try runner.write(text, to: "gate.yaml"), "--baseline", runner.path("base")]
            + ["--history", runner.path("history.tsv"), "--output", runner.path("out"), "--commit", "abc"]
    }

    private func qualityRules() throws -> [String] {
        try writeRules(
            """
            experiments: [\(runner.path("small.yaml"))]
            drops:
              nDCG@10: {margin: 0.01, reason: a ranking is the same at every run}
            """)
    }

    @Test func aWorseRankingFailsAndTheSameOnePasses() throws {
        defer { runner.remove() }
        let gate = try qualityRules()
        let missing = try runner.run(gate)
        #expect(missing.status == 74, "without a baseline: \(missing.errors)")
        #expect(missing.errors.contains("sabil eval gate --accept --reason"), "\(missing.errors)")

        let accepted = try runner.run(gate + ["--accept", "--reason", "the first figures of this test"])
        #expect(accepted.status == 0, "\(accepted.errors)")
        #expect(try runner.read("history.tsv").contains("\tabc\tnDCG@10, small\t"))

        let same = try runner.run(gate)
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        #expect(same.output.contains("the first figures of this test"))
        #expect(same.output.contains("passed: the same"))
        #expect(same.output.contains("The gate is passed: nothing got worse in 1 comparison"))
        #expect(!same.output.contains("1 comparisons"))

        // Documents longer than others win: what nobody wants.
        try writeExperiment(parameters: "{b: 0, k1: 10}")
        let worse = try runner.run(gate)
        #expect(worse.status == 1, "\(worse.output)")
        #expect(worse.output.contains("FAILED: "), "\(worse.output)")
        #expect(worse.output.contains("The gate is not passed: 1 of 1"), "\(worse.output)")

        // Another order of the same lines is the same material.
        try writeExperiment(parameters: "{}")
        let lines = try runner.read("small/queries.jsonl").split(separator: "\n").reversed()
        _ = try runner.write(lines.joined(separator: "\n") + "\n", to: "small/queries.jsonl")
        #expect(try runner.run(gate).status == 0)
        _ = try runner.write(try runner.read("small/qrels/test.tsv") + "q0\td1\t1\n", to: "small/qrels/test.tsv")
        let other = try runner.run(gate)
        #expect(other.status == 1)
        #expect(other.output.contains("changed since the baseline"), "\(other.output)")
    }

    @Test func aBaselineChangesOnlyWithItsReason() throws {
        defer { runner.remove() }
        let gate = try qualityRules()
        #expect(try runner.run(gate + ["--accept"]).status == 64)
        #expect(try runner.run(gate + ["--reason", "a reason and no change"]).status == 64)
        let short = try runner.run(gate + ["--accept", "--reason", "because"])
        #expect(short.status == 64)
        #expect(short.errors.contains("is no reason"), "\(short.errors)")
        #expect(try runner.run(gate + ["--accept", "--reason", "the first figures of this test"]).status == 0)
        #expect(try lint() == 0)

        let text = try runner.read("base/baseline.tsv")
        _ = try runner.write(
            text.replacing("small\tnDCG@10\tq1\t", with: "small\tnDCG@10\tq1\t0"), to: "base/baseline.tsv")
        #expect(try runner.run(gate).status == 65)
        #expect(try lint() == 1, "by hand, without a reason")
        _ = try runner.write(text, to: "base/baseline.tsv")
        #expect(try lint() == 0)
        let log = try runner.read("base/accepted.tsv")
        _ = try runner.write(log.replacing("the first figures of this test", with: ""), to: "base/accepted.tsv")
        #expect(try lint() == 1)
        let refused = try runner.run(gate)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("gives no reason"), "\(refused.errors)")
    }

    private func lint() throws -> Int32 {
        let process = Process()
        process.executableURL = CommandRunner.root.appending(path: "scripts/check-baseline.sh")
        process.arguments = [runner.path("base")]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test func aRatioThatGrewFails() throws {
        defer { runner.remove() }
        let gate = try writeRules(
            """
            speed: {records: 30, queries: 5, least-rounds: 1, most-rounds: 2, passes: 2, turn-queries: 3}
            growth:
              index-bytes: {margin: 0.1, reason: the same records make the same index}
              query-time: {margin: 10, reason: three queries say nothing}
              query-memory: {margin: 3, reason: a small index says little}
            """)
        // A program that says what it is told to, in place of the plain one: at once about indexing, of queries for every line.
        // A pass is two turns, of six queries in all; the first is slow in one pass, the second in the next.
        func plain(
            bytes: Int, turns: String = "turn=0; while read -r line; do turn=$((turn + 1)); say; done"
        ) throws -> String {
            let path = try runner.write(
                """
                #!/bin/sh
                say() {
                    case $((turn % 4)) in 2 | 3) seconds=0.03 ;; *) seconds=0.006 ;; esac
                    echo '{"documents": 30, "index_bytes": \(bytes), "cpu_seconds": 1, "query_cpu_seconds":' \\
                        $seconds ', "max_rss_kilobytes": 9000}'
                }
                case $1 in index) say ;; *) \(turns) ;; esac
                """, to: "plain-\(bytes)")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            return path
        }
        let first = try runner.run(
            gate + ["--accept", "--reason", "the first figures of this test", "--yardstick", plain(bytes: 100_000)])
        #expect(first.status == 0, "\(first.errors)")
        #expect(try runner.read("history.tsv").contains("\tindex, bytes a record\t"))
        let query = try runner.read("base/baseline.tsv").split(separator: "\n").first {
            $0.hasPrefix("ratio\tquery-time\t")
        }
        #expect(
            query?.hasSuffix("\t2.000000") == true,
            "fastest turns: 6 + 6 ms for six queries; \(query ?? "no such line")")
        let same = try runner.run(gate + ["--yardstick", plain(bytes: 100_000)])
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        // The other program got by with half: the ratio doubled.
        let grown = try runner.run(gate + ["--yardstick", plain(bytes: 50_000)])
        #expect(grown.status == 1, "\(grown.output)")
        #expect(grown.output.contains("FAILED: grew by more than the margin of 10 %"), "\(grown.output)")
        // It stops in the middle of the turns, or does not speak as agreed.
        let stopped = try runner.run(gate + ["--yardstick", plain(bytes: 70_000, turns: "read -r turn; say; exit 3")])
        #expect(stopped.status == 69, "\(stopped.output)")
        #expect(stopped.errors.contains("ended "), "\(stopped.errors)")
        let words = try plain(bytes: 70_000, turns: "read -r turn; echo no figures")
        let silent = try runner.run(gate + ["--yardstick", words])
        #expect(silent.status == 65, "\(silent.output)")
        #expect(silent.errors.contains("no JSON object"), "\(silent.errors)")
        let absent = try runner.run(gate + ["--yardstick", runner.path("nothing")])
        #expect(absent.status == 69)
        #expect(absent.errors.contains("make -C benchmarks/xapian-yardstick"), "\(absent.errors)")
    }

    @Test func aPartAloneIsComparedAndAcceptedWithoutTheOthers() throws {
        defer { runner.remove() }
        let plain = try runner.write(
            """
            #!/bin/sh
            echo '{"documents": 30, "index_bytes": 100000, "cpu_seconds": 1, "max_rss_kilobytes": 9000}'
            """, to: "plain")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: plain)
        let gate = try writeRules(
            """
            experiments: [\(runner.path("small.yaml"))]
            drops:
              nDCG@10: {margin: 0.01, reason: a ranking is the same at every run}
            speed: {records: 30, queries: 5, least-rounds: 1, most-rounds: 2}
            growth:
              index-bytes: {margin: 0.1, reason: the same records make the same index}
            """)
        let accept = ["--accept", "--reason", "the first figures of this test"]
        let first = try runner.run(gate + accept + ["--yardstick", plain])
        #expect(first.status == 0, "\(first.errors)")

        // Without the plain program, speed cannot be looked at and ranking can.
        #expect(try runner.run(gate + ["--yardstick", runner.path("nothing")]).status == 69)
        let ranking = try runner.run(gate + ["--only", "ranking"])
        #expect(ranking.status == 0, "\(ranking.output)\(ranking.errors)")
        #expect(ranking.output.contains("nothing got worse in 1 comparison; classification and speed not looked at."))
        // A part that the rules say nothing of shows nothing.
        let nothing = try runner.run(gate + ["--only", "classification"])
        #expect(nothing.status == 1)
        #expect(nothing.output.contains("the rules name nothing to compare"), "\(nothing.output)")

        // A new baseline of ranking keeps the ratios, and only those.
        let then = try runner.read("base/baseline.tsv").split(separator: "\n")
        try writeExperiment(parameters: "{b: 0, k1: 10}")
        #expect(try runner.run(gate + ["--only", "ranking"]).status == 1)
        #expect(try runner.run(gate + accept + ["--only", "ranking"]).status == 0)
        let now = try runner.read("base/baseline.tsv").split(separator: "\n")
        #expect(now.filter { $0.hasPrefix("ratio") } == then.filter { $0.hasPrefix("ratio") })
        #expect(now.filter { $0.hasPrefix("value") } != then.filter { $0.hasPrefix("value") })
        #expect(try runner.run(gate + ["--only", "ranking"]).status == 0)
        #expect(try runner.run(gate + ["--only", "speed", "--yardstick", plain]).status == 0)
    }
}
