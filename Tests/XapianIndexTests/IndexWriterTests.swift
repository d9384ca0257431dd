import Foundation
import Testing

@testable import XapianIndex

extension IndexSuites {
    @Suite struct IndexWriterTests {
        @Test func `a document comes back with its data, values and terms`() async throws {
            let directory = try TemporaryDirectory()
            var document = IndexDocument(uniqueTerm: "Q1")
            document.addTerm("cash")
            document.addTerm("transfer", wdf: 3)
            document.addTerm("Zcash", wdf: 2)
            document.addBooleanTerm("Len")
            document.setNumber(slot: 0, -12.5)
            document.setValue(slot: 1, "année\u{0}2")
            document.setList(slot: 2, [70_000, 3, 3, 0, 4_294_967_295])
            document.data = [0, 255, 10, 0]
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([document])
            try await writer.setMetadata("schema", [1, 0, 2])
            try await writer.setMetadata("schemb", [9])
            let revision = try await writer.finish()

            let reader = try IndexReader(path: directory.index)
            let hit = try #require(try reader.document(uniqueTerm: "Q1", valueSlots: [0, 1, 2, 3]))
            #expect(hit.data == [0, 255, 10, 0])
            #expect(IndexValue.number(hit.values[0] ?? []) == -12.5)
            #expect(hit.values[1] == Array("année\u{0}2".utf8))
            #expect(IndexValue.list(hit.values[2] ?? []) == [0, 3, 70_000, 4_294_967_295])
            #expect(hit.values[3] == nil)
            #expect(try reader.metadata("schema") == [1, 0, 2])
            #expect(try reader.metadata("other") == nil)
            #expect(try reader.metadata("schemb") == [9])
            #expect(try reader.document(uniqueTerm: "Q2") == nil)
            #expect(try reader.document(uniqueTerm: String(repeating: "x", count: 300)) == nil)
            let statistics = try reader.statistics()
            #expect(statistics.documentCount == 1 && statistics.averageLength == 6 && statistics.revision == revision)
            let frequencies = try reader.frequencies(of: ["transfer", "Zcash", "Len", "nothing"])
            #expect(frequencies.map(\.documents) == [1, 1, 1, 0])
            #expect(frequencies.map(\.occurrences) == [3, 2, 0, 0])
        }

        @Test func `nothing is visible or durable before a commit, whatever the flush threshold`() async throws {
            let directory = try TemporaryDirectory()
            try await makeIndex(directory.index, [SampleDocument(id: "old", words: ["cash"])])
            do {
                let writer = try IndexWriter(path: directory.index, flushThreshold: 1)
                let documents = (0..<50).map { SampleDocument(id: "\($0)", words: ["cash", "w\($0)"]).indexDocument }
                try await writer.replace(documents)
                try await writer.delete(uniqueTerms: ["Qold"])
                #expect(await writer.hasUncommittedChanges)
                #expect(try await writer.documentCount() == 50)
                let reader = try IndexReader(path: directory.index)
                #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["old"])
            }
            // Dropped without a commit.
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["old"])
            let writer = try IndexWriter(path: directory.index, opening: .existing)
            #expect(try await writer.documentCount() == 1)
        }

        @Test func `a rollback forgets, and the writer goes on`() async throws {
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index, flushThreshold: 3)
            try await writer.replace([SampleDocument(id: "a", words: ["cash"]).indexDocument])
            _ = try await writer.commit()
            try await writer.replace((0..<10).map { SampleDocument(id: "\($0)", words: ["cash"]).indexDocument })
            try await writer.rollback()
            #expect(await !writer.hasUncommittedChanges)
            try await writer.replace([SampleDocument(id: "b", words: ["cash"]).indexDocument])
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["a", "b"])
        }

        @Test func `terms that do not fit are left out and counted`() async throws {
            var document = IndexDocument(uniqueTerm: "Q1")
            document.addTerm("")
            document.addTerm(String(repeating: "x", count: 246))
            document.addTerm(String(repeating: "é", count: 123))
            document.addTerm(String(repeating: "\u{0}", count: 123))
            document.addBooleanTerm(String(repeating: "x", count: 300))
            #expect(document.droppedTerms == 5)  // 123 é are 246 bytes; 123 NULs count twice
            document.addTerm(String(repeating: "y", count: 245))
            document.addTerm(String(repeating: "\u{0}", count: 122))
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([document])
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.search(IndexQuery(.term(String(repeating: "y", count: 245)))).hits.count == 1)
            #expect(try reader.search(IndexQuery(.term(String(repeating: "\u{0}", count: 122)))).hits.count == 1)
        }

        @Test func `a document with a bad unique term is refused and loses nothing else`() async throws {
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.replace([SampleDocument(id: "a", words: ["cash"]).indexDocument])
            for bad in ["", String(repeating: "x", count: 300)] {
                await #expect(throws: IndexError.self) {
                    try await writer.replace([IndexDocument(uniqueTerm: bad)])
                }
            }
            try await writer.finish()
            let reader = try IndexReader(path: directory.index)
            #expect(try reader.search(IndexQuery(.term("cash"))).ids == ["a"])
        }

        @Test func `a finished writer says it is closed`() async throws {
            let directory = try TemporaryDirectory()
            let writer = try IndexWriter(path: directory.index)
            try await writer.finish()
            do throws(IndexError) {
                _ = try await writer.commit()
                Issue.record("a closed writer committed")
            } catch {
                #expect(error.code == .closed)
            }
        }

        @Test func `lists survive encoding, and bytes that are no list are told`() {
            for list in [[], [0], [0, 1], [127, 128, 16_383, 16_384], [UInt32.max]] as [[UInt32]] {
                #expect(IndexValue.list(IndexValue.encodeList(list)) == list)
            }
            for bytes in [[0x80], [1, 0], [0xff, 0xff, 0xff, 0xff, 0x7f], [0x80, 0x80, 0x80, 0x80, 0x80, 1]]
                as [[UInt8]]
            {
                #expect(IndexValue.list(bytes) == nil)
            }
        }

        @Test func `the order of number values is the order of the numbers`() {
            let numbers = [-1e300, -2, -0.5, 0, 1e-9, 1, 1990, 1990.5, 2024, 1e300]
            let values = numbers.map { IndexValue.bytes(of: $0) }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
            #expect(values.map { IndexValue.number($0) } == numbers)
            #expect(IndexValue.number([]) == nil)
        }

        @Test func `terms given as bytes are those given as texts, too long ones dropped alike`() {
            for word in ["", "cash", "حماية", String(repeating: "é", count: 122), String(repeating: "x", count: 244)] {
                for suffix in ["", "y", "\u{0}"] {
                    var texts = IndexDocument(uniqueTerm: "Q1")
                    texts.addTerm("ZS" + word + suffix, wdf: 3)
                    var bytes = IndexDocument(uniqueTerm: "Q1")
                    let utf8 = Array((word + suffix).utf8)
                    bytes.addTerm(prefix: "ZS", utf8: utf8.span, wdf: 3)
                    // A prefix alone is no term.
                    #expect(bytes == texts || utf8.isEmpty, "\(word.count) + \(suffix.debugDescription)")
                }
            }
        }
    }
}
