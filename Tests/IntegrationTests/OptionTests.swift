import Testing

@testable import SabilTool

/// Options that would be ignored are refused, and defaults are within what is allowed.
@Suite struct OptionTests {
    @Test(arguments: [
        (["optimize", "records.jsonl", "--per-concept", "c.tsv"], "files"),
        (["optimize", "records.jsonl", "--format", "json"], "files"),
        (["optimize", "records.jsonl", "--seconds", "12"], "files"),
        (["suggest", "records.jsonl", "--title", "Cash"], "--text"),
        (["suggest", "records.jsonl", "--language", "en"], "--text"),
        (["suggest", "--text", "cash", "--nearest", "2"], "--explain"),
        (["suggest", "--text", "cash", "--explain", "--nearest", "99"], "--nearest must be between"),
        (["eval", "score", "--qrels", "q", "--run", "r", "--baseline", "b", "--per-query"], "--baseline"),
        (["search", "--filter", "country="], "names no value"),
        (["search", "--filter", "country= , "], "names no value"),
    ])
    func `what would be ignored is wrong use, and said before anything is read`(
        arguments: [String], words: String
    ) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let outcome = try sabil.run(arguments)
        #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }

    @Test func `an escaped comma belongs to the value`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(
            [("a", "Doe, Jane"), ("b", "Doe"), ("c", "Jane")].map { id, author in
                #"{"id":"\#(id)","type":"news","title":"A notice","language":"en","organisations":["\#(author)"]}"#
                    + "\n"
            }.joined(), to: "records.jsonl")
        let places = ["--index", sabil.path("index")]
        #expect(try sabil.run(["index", records, "--decisions", sabil.path("none.sqlite")] + places).status == 0)
        for (value, count) in [(#"Doe\, Jane"#, 1), ("Doe,Jane", 2), (#"Doe\, Jane,Doe"#, 2)] {
            let found = try sabil.run(["search", "notice", "--filter", "organisation=\(value)"] + places)
            #expect(found.output.hasPrefix("\(count) records"), "\(value): \(found.output) \(found.errors)")
        }
    }

    @Test(arguments: [(0, 1), (1, 1), (8, 8), (32, 32), (33, 32), (256, 32)])
    func `as many threads as cores, within what is allowed`(cores: Int, threads: Int) {
        #expect(ThreadCount.usual(cores: cores) == threads)
        #expect(ThreadCount.allowed.contains(threads))
    }
}
