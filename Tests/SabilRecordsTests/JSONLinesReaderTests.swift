import FoundationEssentials
import SabilRecords
import Testing

@Suite struct JSONLinesReaderTests {
    private struct Seen: Equatable {
        var number: Int
        var id: String?
        var codes: [String]
    }

    private func read(_ bytes: [UInt8], limit: Int = JSONLinesReader.defaultLineLimit) throws -> [Seen] {
        var reader = JSONLinesReader(bytes: bytes, validator: RecordValidator(vocabulary: nil), lineLimit: limit)
        return try all(&reader)
    }

    private func all(_ reader: inout JSONLinesReader) throws -> [Seen] {
        var seen: [Seen] = []
        while let line = try reader.next() {
            seen.append(
                Seen(number: line.number, id: line.record?.id.rawValue, codes: line.issues.map(\.code.rawValue)))
        }
        return seen
    }

    private func line(_ id: String, padding: Int = 0) -> String {
        #"{"id":"\#(id)","type":"news","title":"t","body":"\#(String(repeating: "b", count: padding))"}"#
    }

    /// Runs with a folder of its own that is removed afterwards, whatever happens.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sabil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func `line ends, blank lines, a byte order mark and a missing last line end do not matter`() throws {
        let text = "\u{FEFF}\(line("a"))\r\n\r\n  \t\n\(line("b"))\n\(line("c"))"
        #expect(
            try read(Array(text.utf8)) == [
                Seen(number: 1, id: "a", codes: []), Seen(number: 4, id: "b", codes: []),
                Seen(number: 5, id: "c", codes: []),
            ])
        #expect(try read([]).isEmpty)
        #expect(try read(Array("\n\n".utf8)).isEmpty)
    }

    @Test func `the same id again is a warning that names the earlier line`() throws {
        var reader = JSONLinesReader(
            bytes: Array("\(line("a"))\n\n\(line("a"))\n\(line("a"))".utf8),
            validator: RecordValidator(vocabulary: nil))
        var messages: [String] = []
        while let line = try reader.next() {
            #expect(line.record != nil)
            messages += line.issues.map { "\($0.line ?? 0) \($0.path) \($0.message)" }
        }
        #expect(
            messages == [
                "3 $.id The record replaces line 1, which has the same id.",
                "4 $.id The record replaces line 3, which has the same id.",
            ])
    }

    @Test func `a line over the limit is reported with its length and the next one is read`() throws {
        let exact = line("b")
        let limit = exact.utf8.count
        let text = "\(line("a", padding: 500_000))\n\(exact)\r\n\(line("c", padding: 1))\n\(exact)"
        #expect(
            try read(Array(text.utf8), limit: limit) == [
                Seen(number: 1, id: nil, codes: ["line-too-long"]), Seen(number: 2, id: "b", codes: []),
                Seen(number: 3, id: nil, codes: ["line-too-long"]), Seen(number: 4, id: "b", codes: ["duplicate-id"]),
            ])
        var reader = JSONLinesReader(
            bytes: Array(text.utf8), validator: RecordValidator(vocabulary: nil), lineLimit: limit)
        let first = try #require(try reader.next()?.issues.first)
        #expect(first.message.contains("\(limit + 500_000) bytes"), "\(first.message)")
    }

    @Test func `files are read across block borders as memory is`() throws {
        let seed: UInt64 = 7
        var random = SeededGenerator(seed: seed)
        var text = ""
        for number in 0..<60 {
            text += line("r\(number)", padding: random.nextIndex(below: 20_000)) + (number % 3 == 0 ? "\r\n" : "\n")
        }
        try withFolder { folder in
            let path = folder + "/records.jsonl"
            try Data(text.utf8).write(to: URL(filePath: path))
            var reader = try JSONLinesReader(path: path, validator: RecordValidator(vocabulary: nil))
            let seen = try all(&reader)
            #expect(seen == (0..<60).map { Seen(number: $0 + 1, id: "r\($0)", codes: []) }, "seed \(seed)")
            #expect(seen == (try read(Array(text.utf8))))
        }
    }

    @Test func `a missing file and a folder are refused by name`() throws {
        try withFolder { folder in
            let missing = #expect(throws: RecordError.self) {
                _ = try JSONLinesReader(path: folder + "/none.jsonl", validator: RecordValidator(vocabulary: nil))
            }
            #expect(missing?.code == .notFound)
            #expect(
                missing?.description
                    == "Reading \"\(folder)/none.jsonl\" failed: there is no such file. Check the path.")
            let directory = #expect(throws: RecordError.self) {
                _ = try JSONLinesReader(path: folder, validator: RecordValidator(vocabulary: nil))
            }
            #expect(directory?.code == .unreadable)
            #expect(directory?.message.contains("Is a directory") == true)
        }
    }
}
