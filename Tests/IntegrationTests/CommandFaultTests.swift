import Foundation
import Testing

/// What the command does with wrong places, odd lines, hostile queries and other writers: a sentence, nothing lost.
@Suite struct CommandFaultTests {
    private static let record = #"{"id":"a","type":"news","title":"A first notice","language":"en"}"# + "\n"

    private func found(_ outcome: CommandRunner.Outcome) throws -> Int {
        let page = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require((page?["found"] as? [String: Any])?["count"] as? Int, "\(outcome.errors)")
    }

    private func index(_ arguments: [String], in sabil: CommandRunner) throws -> CommandRunner.Outcome {
        try sabil.run(
            ["index", "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite")] + arguments)
    }

    private func count(in sabil: CommandRunner) throws -> Int {
        try found(
            try sabil.run(
                ["search", "--index", sabil.path("index"), "--all", "--limit", "0", "--format", "json"]))
    }

    @Test(arguments: [[], ["--rebuild"]])
    func `somebody's folder or file is never made an index`(_ way: [String]) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(Self.record, to: "records.jsonl")
        try FileManager.default.createDirectory(atPath: sabil.path("letters"), withIntermediateDirectories: true)
        let letter = try sabil.write("Dear friend", to: "letters/letter.txt")
        for place in [sabil.path("letters"), letter] {
            let outcome = try sabil.run(["index", "--index", place, records] + way)
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains(place))
        }
        #expect(try sabil.read("letters/letter.txt") == "Dear friend")
        #expect(try FileManager.default.contentsOfDirectory(atPath: sabil.path("letters")) == ["letter.txt"])
    }

    @Test(arguments: [[], ["--rebuild"]])
    func `a second writer is told at once, and the first goes on`(_ way: [String]) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(Self.record, to: "records.jsonl")
        #expect(try index([records], in: sabil).status == 0)
        // A first writer that ended too early shall be an error here, not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        let input = Pipe()
        let first = try sabil.start(
            ["index", "--index", sabil.path("index"), "--decisions", sabil.path("none.sqlite"), "-"] + way,
            input: input, errors: "first")
        // More than a pipe holds: when all is written the first one has begun to read, and so has the lock.
        try input.fileHandleForWriting.write(contentsOf: Data(repeating: UInt8(ascii: "\n"), count: 200_000))
        let nothing = try sabil.write("", to: "nothing.jsonl")
        let second = try index([nothing], in: sabil)
        #expect(second.status == 69)
        #expect(second.errors.contains("already locked"), "\(second.errors)")
        #expect(try index(["--rebuild", nothing], in: sabil).status == 69)
        // Decisions are read when the index is held, not before: until then the server may write some into it.
        let damaged = try sabil.write("no database", to: "damaged.sqlite")
        let early = try sabil.run(["index", "--index", sabil.path("index"), "--decisions", damaged, nothing])
        #expect(early.errors.contains("already locked"), "\(early.errors)")
        #expect(try sabil.run(["delete", "--index", sabil.path("index"), "a"]).status == 69)
        try input.fileHandleForWriting.write(contentsOf: Data(Self.record.replacing("\"a\"", with: "\"b\"").utf8))
        try input.fileHandleForWriting.close()
        first.waitUntilExit()
        #expect(first.terminationStatus == 0)
        #expect(try count(in: sabil) == (way.isEmpty ? 2 : 1))
    }

    @Test func `one file that is missing costs no run and changes nothing`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(Self.record, to: "records.jsonl")
        for other in [sabil.path("missing.jsonl"), sabil.folder.path] {
            let outcome = try index([records, other], in: sabil)
            #expect(outcome.status == 74)
            #expect(outcome.errors.contains(other))
        }
        #expect(!FileManager.default.fileExists(atPath: sabil.path("index")))
    }

    @Test func `odd lines are refused one by one and the good ones between them are kept`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        func line(_ id: String, _ more: String = "") -> [UInt8] {
            [UInt8](#"{"id":"\#(id)","type":"news","title":"Notice \#(id)"\#(more)}"#.utf8)
        }
        // Each with whether a record comes of it.
        let lines: [(bytes: [UInt8], isKept: Bool)] = [
            ([0xEF, 0xBB, 0xBF] + line("with a byte order mark"), true),
            (line("line end of another system") + [13], true),
            ([0], false),
            (line("a NUL\u{0}in the id"), false),
            (line("half a pair", #","abstract":"\ud800""#), false),
            (line("a whole pair", #","abstract":"\ud83d\ude00""#), true),
            (Array(repeating: UInt8(ascii: "["), count: 1000), false),
            (line("nested", #","fields":{"pages":"# + String(repeating: "[", count: 1000)), false),
            (line("twice", #","id":"again""#), true),
            (line("cut") + [UInt8(ascii: " "), 0xC3], false),
            (line("a/b c"), true),
            (line("وثيقة-١"), true),
            (line("🙂"), true),
        ]
        try Data(lines.map(\.bytes).joined(separator: [10, 10])).write(to: sabil.folder.appending(path: "odd.jsonl"))
        let outcome = try index([sabil.path("odd.jsonl")], in: sabil)
        #expect(outcome.status == 1)
        for (place, line) in lines.enumerated() where !line.isKept {
            // A blank line stands between each two.
            #expect(outcome.errors.contains("line \(2 * place + 1): error at"), "\(outcome.errors)")
        }
        #expect(try count(in: sabil) == lines.count { $0.isKept })
        #expect(try sabil.run(["delete", "--index", sabil.path("index"), "a/b c", "وثيقة-١", "🙂"]).status == 0)
        #expect(try count(in: sabil) == lines.count { $0.isKept } - 3)
    }

    @Test func `replaced records are counted once`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(Self.record, to: "records.jsonl")
        let twice = try sabil.write(Self.record + Self.record, to: "twice.jsonl")
        #expect(try index([records], in: sabil).errors.contains("indexed 1 record in"))
        let again = try index([records], in: sabil)
        #expect(again.errors.contains("indexed 1 record in") && again.errors.contains("1 of them replaced"))
        #expect(try index([twice], in: sabil).errors.contains("2 of them replaced"))
        #expect(try count(in: sabil) == 1)
        let deleted = try sabil.run(["delete", "--index", sabil.path("index"), "a", "a", "b"])
        #expect(deleted.errors == "deleted 1 record; 1 was not in the index\n")
        #expect(try count(in: sabil) == 0)
    }

    @Test func `deleting from an index that is not there makes none`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        #expect(try sabil.run(["delete", "--index", sabil.path("index"), "a"]).status == 69)
        #expect(!FileManager.default.fileExists(atPath: sabil.path("index")))
    }

    @Test func `no query is too long, too deep or too strange for an answer`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let fixtures = ["en", "ar"].map { "corpus-fixtures/records/\($0).jsonl" }
        #expect(try index(fixtures, in: sabil).status == 0)
        let queries = [
            String(repeating: "cash ", count: 2000), String(repeating: "ca* ", count: 2500),
            String(repeating: "title:a ", count: 1250), String(repeating: "(", count: 10_000) + "a",
            "\"" + String(repeating: "a ", count: 5000), String(repeating: "c", count: 10_000), "\"cash", "AND OR NOT",
            "the of and", "🙂", "\u{1}cash\u{7F}", "\u{202E}cash\u{202C}", "country: year:abc", "***", "   ",
        ]
        for query in queries {
            let outcome = try sabil.run(["search", "--index", sabil.path("index"), "--format", "json", "--", query])
            #expect(outcome.status == 0, "\(query.prefix(20)): \(outcome.errors)")
        }
        let beyond = try sabil.run(["search", "--index", sabil.path("index"), "--offset", "10001", "cash"])
        #expect(beyond.status == 64)
    }

    @Test func `a title cannot steer the terminal`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(
            #"{"id":"a","type":"news","title":"Red \u001b[31mnotice\nof \u009b2J cash","language":"en"}"#,
            to: "records.jsonl")
        #expect(try index([records], in: sabil).status == 0)
        let outcome = try sabil.run(["search", "--index", sabil.path("index"), "cash"])
        #expect(outcome.output.contains("1. Red  [31mnotice of  2J cash\n"), "\(outcome.output)")
    }

    @Test(arguments: ["text", "json"])
    func `results that a full disk swallowed are told`(_ format: String) throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        let records = try sabil.write(Self.record, to: "records.jsonl")
        #expect(try index([records], in: sabil).status == 0)
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let search = try sabil.start(
            ["search", "--index", sabil.path("index"), "--format", format, "notice"], output: full, errors: "errors")
        search.waitUntilExit()
        #expect(search.terminationStatus == 74)
        #expect(try sabil.read("errors").contains("No space left"))
    }

    @Test func `nothing to classify, to rank or to measure is wrong use or bad data`() throws {
        let sabil = try CommandRunner()
        defer { sabil.remove() }
        #expect(try sabil.run(["suggest", "--text", " \n"]).status == 64)
        #expect(try sabil.run(["eval", "score", "--qrels", "a", "--run", "b", "--measures", ","]).status == 64)
        _ = try sabil.write("", to: "queries.jsonl")
        _ = try sabil.write(#"{"_id":"d","title":"","text":"cash"}"#, to: "corpus.jsonl")
        let ranked = try sabil.run(["eval", "rank", "--beir", sabil.folder.path, "--run", sabil.path("run")])
        #expect(ranked.status == 65)
        #expect(ranked.errors.contains("queries.jsonl") && ranked.errors.contains("holds no line"), "\(ranked.errors)")
    }
}
