import Foundation
import Testing

@Suite struct CommandLineTests {
    @Test(arguments: [
        [], ["index"], ["delete"], ["search"], ["diff"], ["train"], ["learn"], ["unlearn"], ["optimize"],
        ["model", "list"], ["model", "use"],
        ["suggest"], ["taxonomy", "check"],
        ["taxonomy", "show"],
        ["serve"], ["eval", "rank"], ["eval", "score"], ["eval", "compare"], ["eval", "classify"], ["eval", "report"],
        ["fixtures", "generate"], ["fixtures", "check"], ["fixtures", "split"], ["doctor"],
    ])
    func `help says what the command does and leaves with 0`(_ command: [String]) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("OVERVIEW:"))
        #expect(outcome.output.contains("USAGE: sabil"))
        #expect(outcome.errors.isEmpty)
    }

    @Test func `the version is printed`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(["--version"])
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: ".").count == 3)
    }

    @Test(arguments: [
        (["frobnicate"], 64, "frobnicate"),
        (["index"], 64, "files"),
        (["index", "--stage", "a.jsonl"], 64, "--rebuild"),
        (["index", "--keep-previous", "a.jsonl"], 64, "--rebuild or --switch"),
        (["index", "--rebuild", "--stage", "--keep-previous", "a.jsonl"], 64, "--switch"),
        (["index", "--switch", "a.jsonl"], 64, "--switch takes no files"),
        (["index", "--switch", "--index", "{}/none"], 69, "none.next"),
        (["diff", "--from", "{}/none", "--to", "{}/none"], 69, "none"),
        (["diff", "--from", "a"], 64, "--to"),
        (["diff", "--from", "a", "--to", "b", "--top", "0"], 64, "--top"),
        (["diff", "--from", "a", "--to", "b", "--queries", "{}/none.txt"], 74, "none.txt"),
        (["search", "--sort", "loudest", "x"], 64, "loudest"),
        (["search", "--filter", "country", "x"], 64, "field=value"),
        (["search", "--facets", "colour", "x"], 64, "colour"),
        (["search", "--format", "csv", "--discover", "x"], 64, "--discover"),
        (["serve", "--queue-records=-1"], 64, "--queue-records"),
        (["model", "list", "--model", "{}/none"], 69, "sabil train"),
        (["model", "use", "--model", "{}/none", "0123456789abcdef"], 69, "sabil model list"),
        (["eval", "score", "--qrels", "a", "--run", "b", "--measures", "nDGC@10"], 64, "nDGC@10"),
        (["eval", "score", "--qrels", "{}/none.tsv", "--run", "b"], 74, "none.tsv"),
        (["eval", "compare", "a", "b"], 64, "--qrels"),
        (["eval", "compare", "a", "b", "--qrels", "q", "--persistence", "1"], 64, "--persistence"),
        (["eval", "compare", "a", "b", "--qrels", "q", "--measures", "nDGC@10"], 64, "nDGC@10"),
        (["eval", "compare", "a", "b", "--gold", "{}/none.jsonl"], 74, "none"),
        (["eval", "report", "--results", "{}/none", "--output", "{}/page"], 74, "none"),
        (["eval", "report", "--results", "{}", "--output", "{}/page"], 1, "no result"),
        (["eval", "report", "--results", "{}", "--output", "x", "--queries", "y"], 64, "COLLECTION=FILE"),
        (["index", "--index", "{}/none", "{}/missing.jsonl"], 74, "missing.jsonl"),
        (["search", "--index", "{}/none", "x"], 69, "none"),
        (["suggest", "--model", "{}/none", "--text", "x"], 69, "none"),
        (["taxonomy", "check", "--taxonomy", "{}/none"], 74, "none"),
        (["taxonomy", "show", "no-such-concept"], 65, "no-such-concept"),
        (["fixtures", "check", "--fixtures", "{}/none"], 74, "none"),
        (["doctor", "--index", "{}/none", "--model", "{}/none"], 1, ""),
    ])
    func `a failure has its exit code and names what was wrong`(
        _ arguments: [String], _ status: Int32, _ named: String
    ) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(arguments.map { $0.replacingOccurrences(of: "{}", with: sabil.folder.path) })
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(named.isEmpty || outcome.errors.contains(named), "\(outcome.errors)")
    }

    @Test func `broken Turtle is reported with file, line and column`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let file = try sabil.write(
            """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://a.example/x> a skos:Concept ;
                skos:prefLabel "never closed@en .
            """, to: "broken.ttl")
        let outcome = try sabil.run(["taxonomy", "check", "--taxonomy", file])
        #expect(outcome.status == 65)
        #expect(outcome.errors.firstMatch(of: /broken\.ttl:3:\d+/) != nil, "\(outcome.errors)")
    }

    @Test func `a taxonomy without a concept is none`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(["taxonomy", "check", "--taxonomy", try sabil.write("", to: "empty.ttl")])
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("holds no concept"), "\(outcome.errors)")
    }

    @Test func `a concept without a number is a finding, and the check goes on to its end`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let folder = sabil.path("taxonomy")
        try FileManager.default.copyItem(
            atPath: CommandRunner.root.appending(path: "corpus-fixtures/formats/taxonomy").path, toPath: folder)
        let file = URL(filePath: folder + "/formats.ttl")
        let extra = ":extra a skos:Concept ; skos:inScheme scheme:programme ; skos:topConceptOf scheme:programme ; "
        try Data(try Data(contentsOf: file) + Data((extra + "skos:prefLabel \"Extra\"@en .\n").utf8)).write(to: file)
        let outcome = try sabil.run(["taxonomy", "check", "--taxonomy", folder])
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(outcome.output.contains("registry.tsv"), "\(outcome.output)")
        let summary = outcome.output.split(separator: "\n").last ?? ""
        #expect(summary.firstMatch(of: /: [1-9]\d* errors?, \d+ warnings?$/) != nil, "\(summary)")
    }

    @Test func `one of a thing is said as one`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(["taxonomy", "check", "--taxonomy", "corpus-fixtures/formats/taxonomy"])
        #expect(outcome.output.contains("3 concepts in 1 scheme, 12 labels: 0 errors, 0 warnings"))
    }

    @Test func `the shipped taxonomy has no errors`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(["taxonomy", "check"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(": 0 errors"))
    }

    @Test func `a concept is shown by local name, notation and number alike`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let byName = try sabil.run(["taxonomy", "show", "cash-transfers"])
        #expect(byName.output.contains("label ar\tالتحويلات النقدية"))
        let notation = try #require(
            byName.output.split(separator: "\n").first { $0.hasPrefix("notation\t") }?.dropFirst(9))
        #expect(try sabil.run(["taxonomy", "show", String(notation)]).output == byName.output)
    }

    @Test func `faulty fixtures are reported with file and line, and their split is made in the folder named`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        try FileManager.default.createDirectory(
            at: sabil.folder.appending(path: "records"), withIntermediateDirectories: true)
        _ = try sabil.write(
            #"{"id":"en-0002","type":"news","language":"fr","title":"Cash for families in a dry year","#
                + #""concepts":[{"id":"cash-transfers","source":"human"}]}"# + "\n", to: "records/en.jsonl")
        let checked = try sabil.run(["fixtures", "check", "--quiet", "--fixtures", sabil.folder.path])
        #expect(checked.status == 1)
        #expect(checked.errors.contains(" findings in "))
        for finding in ["identity: The id en-0002 stands where en-0001 is due.", "language: en-0002 declares fr"] {
            #expect(checked.output.contains("\(sabil.folder.path)/records/en.jsonl:1: \(finding)"))
        }
        #expect(!checked.output.contains("|"), "--quiet leaves the tables out")
        let split = try sabil.run(["fixtures", "split", "--write", "--fixtures", sabil.folder.path])
        #expect(split.status == 0)
        #expect(
            try sabil.read("labels/splits.tsv") == "id\twork\tby_date\tby_subject\nen-0002\ten-0002\ttrain\ttrain\n")
    }

    @Test func `generated records are the same for the same seed and other for another`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let first = try sabil.run(["fixtures", "generate", "--count", "40", "--seed", "3"])
        let again = try sabil.run(["fixtures", "generate", "--count", "40", "--seed", "3"])
        let other = try sabil.run(["fixtures", "generate", "--count", "40", "--seed", "4"])
        #expect(first.status == 0)
        #expect(first.output.split(separator: "\n").count == 40)
        #expect(first.output == again.output)
        #expect(first.output != other.output)
    }
}
