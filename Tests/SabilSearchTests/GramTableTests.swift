import SabilRecords
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct GramTableTests {
    private func record(_ id: Int, _ title: String) -> ResourceRecord {
        ResourceRecord(id: RecordID("r\(id)"), type: "news", language: .english, title: title)
    }

    /// How many titles have a word with the sequence, spaces at its ends counted as letters.
    private func count(_ gram: String, _ titles: [String]) -> Int {
        titles.count { (" " + $0 + " ").contains(gram) }
    }

    private static func code(_ gram: String) -> UInt64 {
        gram.unicodeScalars.reduce(0) { $0 << 16 | UInt64($1.value & 0xFFFF) }
    }

    private func stored(_ path: String) throws -> GramTable {
        let reader = try IndexReader(path: path)
        return try GramTable(reader, stamp: try reader.metadata(IndexSchema.Key.gramStamp) ?? [])
    }

    @Test func `an index counts in how many records each sequence stands, once a record`() async throws {
        let titles = ["cash cash cashew", "cash", "the ash", "نقد ونقد", "of a"]
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var batches = titles.enumerated().map { [record($0.offset, $0.element)] }[...]
            _ = try await SearchFixture.indexer(path).rebuild(threads: 2) { () throws(SearchError) in batches.popFirst()
            }
            let table = try stored(path)
            #expect(table.documents == titles.count)
            for gram in [" cas", "cash", "ash ", "shew", " ash", "ونقد", "نقد ", " of ", "of a", "h ca", "none"] {
                // No sequence reaches from one word into the next.
                let isWithin = !gram.dropFirst().dropLast().contains(" ")
                #expect(table[Self.code(gram)] == (isWithin ? count(gram, titles) : 0), "\(gram)")
            }
        }
    }

    @Test func `few changes leave the table, many have it counted again`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var indexer = SearchFixture.indexer(path)
            indexer.recount = GramRecount(share: 0.5, floor: 1)
            _ = try await indexer.update((0..<10).map { record($0, "cash") })
            #expect(try stored(path)[Self.code("cash")] == 10)
            _ = try await indexer.update((0..<4).map { record($0, "rain") })
            #expect(try stored(path)[Self.code("cash")] == 10, "four of ten")
            _ = try await indexer.delete(["r4"])
            #expect(try stored(path)[Self.code("rain")] == 0, "five of ten")
            _ = try await indexer.delete(["r5", "r6"])
            let table = try stored(path)
            #expect(table.documents == 7 && table[Self.code("cash")] == 3 && table[Self.code("rain")] == 4)
            // What was counted again is what a build of the same records counts.
            let built = directory + "/built"
            var batches = [(0..<4).map { record($0, "rain") } + (7..<10).map { record($0, "cash") }][...]
            _ = try await SearchFixture.indexer(built).rebuild { () throws(SearchError) in batches.popFirst() }
            #expect(try stored(built).metadata() == table.metadata())
        }
    }

    @Test func `damaged counters are read as far as they go`() async throws {
        try await SearchFixture.withDirectory { directory in
            let writer = try IndexWriter(path: directory + "/index")
            // A counter beyond the part, a number without an end, one that is too large.
            let parts: [[UInt8]] = [[0xFF, 0xFF, 0x03, 1], [0x80], [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]]
            for (part, bytes) in parts.enumerated() {
                try await writer.setMetadata(IndexSchema.Key.grams(part), bytes)
            }
            try await writer.setMetadata(IndexSchema.Key.gramStamp, Array("many".utf8))
            try await writer.finish()
            #expect(try stored(directory + "/index").documents == 0)
        }
    }
}
