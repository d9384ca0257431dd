import Foundation
import Testing

/// A line that is refused costs no other line, and a job that runs by night learns of it: exit code 1 and a count.
@Suite struct RefusedLinesTests {
    private static let formats = CommandRunner.root.appending(path: "corpus-fixtures/formats").path

    @Test func `every command that reads records goes on with the good ones and exits with 1`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let good = try String(contentsOfFile: Self.formats + "/records.jsonl", encoding: .utf8)
        let whole = try sabil.write(good, to: "whole.jsonl")
        let mixed = try sabil.write(#"{"id":"z","type":"newz","title":"t"}"# + "\n{\n" + good, to: "mixed.jsonl")
        let queries = try sabil.write(#"{"_id":"q","text":"meals at school","lang":"en"}"# + "\n", to: "queries.jsonl")
        let places = [
            "--model", sabil.path("models"), "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite"),
            "--taxonomy", Self.formats + "/taxonomy",
        ]
        let rank = [
            "--queries", queries, "--taxonomy", Self.formats + "/taxonomy", "--run", sabil.path("run"),
        ]
        // (arguments before the file; behind it; whether it has the options of places; what it says of the others)
        let commands: [([String], [String], Bool, String)] = [
            (["train"], [], true, "is the current one"), (["index"], [], true, "indexed 12 records"),
            (["learn", "--candidate"], [], true, "the others were learnt"),
            (["unlearn", "--candidate"], [], true, "the others were unlearnt"),
            (["suggest", "--format", "json"], [], true, "the others have their suggestions"),
            (["optimize"], ["--precision", "0.5", "--sweep", sabil.path("sweep")], true, "the others were measured"),
            (["annif", "corpus", "--to", sabil.path("corpus.csv")], [], true, "the others were written"),
            (["eval", "rank", "--records"], rank, false, "the others were ranked"),
        ]
        for (before, after, hasPlaces, words) in commands {
            let name = before.joined(separator: " ")
            func run(_ file: String) throws -> CommandRunner.Outcome {
                try sabil.run(before + [file] + after + (hasPlaces ? places : []))
            }
            let sound = try run(whole)
            #expect(sound.status == 0, "\(name): \(sound.errors)")
            let outcome = try run(mixed)
            #expect(outcome.status == 1, "\(name): \(outcome.errors)")
            #expect(
                outcome.errors.contains("2 lines were refused; their defects are above"), "\(name): \(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(name): \(outcome.errors)")
            #expect(outcome.output == sound.output, "\(name): the others are as if alone")
        }
    }

    @Test func `what a record full of defects holds back is counted, also where not all that it told is shown`() throws
    {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let names = Array(repeating: "\"x\"", count: 1500).joined(separator: ",")
        let lines = ["a", "b"].map { id in
            #"{"id":"\#(id)","type":"news","title":"t","concepts":[\#(names)]"#
                + (id == "b" ? #","visibility":"x"}"# : "}") + "\n"
        }
        let file = try sabil.write(lines.joined(), to: "records.jsonl")
        let outcome = try sabil.run([
            "index", file, "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite"),
        ])
        #expect(outcome.status == 1)
        for words in [
            "line 1: warning at $: 500 more issues are not listed.",
            "line 2: error at $: 501 more issues are not listed, 1 of them an error at $.visibility",
            "… and 1800 more issues, not shown",
        ] { #expect(outcome.errors.contains(words), "\(words) in \(outcome.errors.suffix(600))") }
    }

    @Test func `training leaves refused lines out, and the model of the others is the current one`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let good = try String(contentsOfFile: Self.formats + "/records.jsonl", encoding: .utf8)
        func train(_ records: String, _ folder: String, _ more: [String] = []) throws -> CommandRunner.Outcome {
            try sabil.run(
                [
                    "train", try sabil.write(records, to: folder + ".jsonl"), "--model", sabil.path(folder),
                    "--decisions",
                    sabil.path("none.sqlite"), "--taxonomy", Self.formats + "/taxonomy",
                ] + more)
        }
        #expect(try train(good, "whole").status == 0)
        let mixed = try train(good + "{\n", "mixed")
        #expect(mixed.status == 1 && mixed.errors.contains("1 line was refused; its defects are above"))
        #expect(try sabil.read("mixed/current") == sabil.read("whole/current"), "the same model, in force")
        let candidate = try train(good + "{\n", "candidate", ["--candidate"])
        #expect(candidate.status == 1 && candidate.errors.contains("a candidate"), "\(candidate.errors)")
        #expect(!FileManager.default.fileExists(atPath: sabil.path("candidate/current")))
    }
}
