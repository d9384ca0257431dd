import FoundationEssentials
import SabilEvaluation
import SabilRecords
import Testing

/// A file of one test's own.
struct TemporaryFile {
    let path: String

    /// - Parameter name: its end tells a reader the format.
    init(name: String, _ text: String) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/sabil-file-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    func remove() { try? FileManager.default.removeItem(atPath: URL(filePath: path).deletingLastPathComponent().path) }
}

@Suite struct QueryLogTests {
    /// `id|text|language|count` of each entry.
    private func entries(_ name: String, _ text: String) throws -> [String] {
        let file = try TemporaryFile(name: name, text)
        defer { file.remove() }
        return try QueryLog(path: file.path).entries.map {
            "\($0.id)|\($0.text)|\($0.language.rawValue)|\($0.count)"
        }
    }

    static let files: [(name: String, text: String, expected: [String], reason: String)] = [
        (
            "q.jsonl", #"{"_id":"a","text":"cash","lang":"en"}"# + "\n\n" + #"{"_id":"b","text":"حماية"}"#,
            ["a|cash|en|1", "b|حماية|und|1"], "the layout of BEIR"
        ),
        (
            "q.txt", "\u{FEFF}cash \r\n\n  \npension\ncash\n", ["1|cash|und|2", "4|pension|und|1"],
            "a log: a line a query, blank ones skipped, the same counted"
        ),
        ("q.log", "a\tb\n", ["1|a\tb|und|1"], "any other name is read as lines"),
        ("q.tsv", "q1\tcash transfers\nq2\tpension\n", ["q1|cash transfers|und|1", "q2|pension|und|1"], "no header"),
        (
            "q.tsv", "Count\tquery\tlang\n3\tcash\tfr\n2\tcash\tfr\n1\tcash\tes\n",
            ["2|cash|fr|5", "4|cash|es|1"], "columns by name; another language is another query"
        ),
        ("q.tsv", "text\nid\n", ["2|id|und|1"], "one column with a header"),
        (
            "q.jsonl",
            #"{"_id":"a","text":"cash","count":7}"# + "\n" + #"{"_id":"b","text":"cash"}"# + "\n"
                + #"{"_id":"c","text":"x","count":null}"#, ["a|cash|und|8", "c|x|und|1"], "counts of JSON Lines"
        ),
        (
            "q.tsv", "text\tcount\ncash\t\(Int.max)\ncash\t5\npension\t2\n",
            ["2|cash|und|\(Int.max)", "4|pension|und|2"], "counts add up to the largest number and stay there"
        ),
    ]

    @Test(arguments: files)
    func `queries are read by the end of the file's name`(
        file: (name: String, text: String, expected: [String], reason: String)
    ) throws {
        #expect(try entries(file.name, file.text) == file.expected, "\(file.reason)")
    }

    @Test(arguments: [
        ("q.txt", "\n \n", EvaluationError.Code.empty, "holds no query"),
        ("q.tsv", "count\ttext\n1\ta\nmany\tb\n", .invalidFormat, "line 3 has the count \"many\""),
        ("q.tsv", "count\ttext\n0\ta\n", .invalidFormat, "line 2 has the count \"0\""),
        ("q.jsonl", #"{"_id":"a","text":"x","count":0}"#, .invalidFormat, "line 1 has the count 0"),
        ("q.jsonl", #"{"_id":"a","text":"x","count":"3"}"#, .invalidFormat, "line 1 cannot be read"),
        ("q.tsv", "q1\tcash\n\nq2\n", .invalidFormat, "line 3 has 1 column;"),
        ("q.jsonl", "{\"_id\":\"a\"}\n", .invalidFormat, "line 1"),
    ])
    func `a line that cannot be read is named`(
        name: String, text: String, code: EvaluationError.Code, words: String
    ) throws {
        let error = #expect(throws: EvaluationError.self) { try entries(name, text) }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `all askings add up to the largest number at most, and rare queries are counted`() throws {
        let file = try TemporaryFile(name: "q.tsv", "text\tcount\ncash\t\(Int.max)\npension\t4\nold age\t5\n")
        defer { file.remove() }
        let log = try QueryLog(path: file.path)
        #expect(log.askings == .max)
        #expect(log.rarer(than: 5) == 1 && log.rarer(than: 4) == 0)
    }

    @Test func `a file that is not there or is no text is told`() throws {
        #expect(throws: EvaluationError.self) { try QueryLog(path: "/nowhere/q.txt") }
        let file = try TemporaryFile(name: "q.txt", "")
        defer { file.remove() }
        try Data([0x61, 0x0A, 0xFF, 0xFE, 0x0A]).write(to: URL(filePath: file.path))
        let error = #expect(throws: EvaluationError.self) { try QueryLog(path: file.path) }
        #expect(error?.message.contains("line 2 is not UTF-8") == true)
    }
}
