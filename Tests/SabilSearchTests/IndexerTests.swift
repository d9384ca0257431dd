import Foundation
import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch
@testable import XapianIndex

@Suite struct IndexerTests {
    @Test func `records are replaced and deleted, and read back as they were`() async throws {
        try await SearchFixture.withDirectory { directory in
            let indexer = SearchFixture.indexer(directory + "/index")
            let records = Array(SearchFixture.records.prefix(20))
            let first = try await indexer.update(records)
            #expect(first.indexed == 20 && first.replaced == 0 && first.refused.isEmpty)
            var changed = records[0]
            changed.title = "Xylophones of the coast"
            let second = try await indexer.update([changed], deleting: [records[1].id, "unknown"])
            #expect(second.replaced == 1 && second.deleted == 1)
            let service = try SearchFixture.service(directory + "/index")
            #expect(try await service.recordCount() == 19)
            #expect(try await service.record(changed.id) == changed)
            #expect(try await service.record(records[1].id) == nil)
            #expect(try await service.record(records[2].id) == records[2])
            let found = try await service.search(SearchRequest("xylophones", visibility: Set(Visibility.allCases)))
            #expect(SearchFixture.ids(found) == [changed.id.rawValue])
        }
    }

    @Test func `an index built anew equals one that was written to, and the last of an id wins`() async throws {
        try await SearchFixture.withDirectory { directory in
            let records = SearchFixture.records
            var changed = records[3]
            changed.title = "Xylophones"
            // Letter sequences are counted again at once, so that the scores are the same.
            let recount = GramRecount(share: 0, floor: 0)
            var built = SearchFixture.indexer(directory + "/built")
            built.recount = recount
            var batches = [Array(records[0..<100]), Array(records[100...]), [changed]][...]
            let report = try await built.rebuild(threads: 2) { () throws(SearchError) in batches.popFirst() }
            #expect(report.indexed == records.count + 1 && report.replaced == 1)
            var written = SearchFixture.indexer(directory + "/written")
            written.recount = recount
            _ = try await written.update(records)
            _ = try await written.update([changed])
            // Document numbers differ, and with them what an estimate of pairs would look at.
            var parameters = RankingParameters()
            parameters.pairFrequencySteps = 1_000_000
            let first = try SearchFixture.service(directory + "/built", parameters: parameters)
            let second = try SearchFixture.service(directory + "/written", parameters: parameters)
            #expect(try await first.recordCount() == records.count)
            for query in ["xylophones", "protection sociale au Sénégal", "الحماية الاجتماعية"] {
                let request = SearchRequest(query, facets: [.concept, .organisation, .country], limit: 20)
                let one = try await first.search(request)
                let other = try await second.search(request)
                #expect(one.facets == other.facets)
                #expect(one.total == other.total)
                #expect(zip(one.hits, other.hits).allSatisfy { abs($0.score - $1.score) < 1e-9 })
            }
        }
    }

    @Test(arguments: [1, 2, 5])
    func `the same records give the same index, document numbers included`(threads: Int) async throws {
        try await SearchFixture.withDirectory { directory in
            var content: [[String]] = []
            for round in 0..<4 {
                let path = "\(directory)/index\(round)"
                // Batches of uneven size, so that one is analysed faster than the one before.
                var rest = SearchFixture.records[...]
                var size = 61
                _ = try await SearchFixture.indexer(path).rebuild(threads: threads) { () throws(SearchError) in
                    size = size == 61 ? 1 : 61
                    defer { rest = rest.dropFirst(size) }
                    return rest.isEmpty ? nil : Array(rest.prefix(size))
                }
                let reader = try IndexReader(path: path)
                let page = try reader.search(IndexQuery(.all, limit: SearchFixture.records.count))
                content.append(page.hits.map { "\($0.documentID) \(String(decoding: $0.data, as: UTF8.self))" })
            }
            #expect(content[0].count == SearchFixture.records.count)
            #expect(content.allSatisfy { $0 == content[0] })
            // Not only the same documents: the same bytes.
            for file in ["postlist.glass", "termlist.glass"] {
                let bytes = try (0..<4).map {
                    try Data(contentsOf: URL(fileURLWithPath: "\(directory)/index\($0)/\(file)"))
                }
                #expect(!bytes[0].isEmpty && bytes.allSatisfy { $0 == bytes[0] }, "\(file)")
            }
        }
    }

    @Test func `a failing source leaves the old index`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            _ = try await indexer.update(Array(SearchFixture.records.prefix(5)))
            var calls = 0
            await #expect {
                _ = try await indexer.rebuild { () throws(SearchError) in
                    calls += 1
                    if calls > 1 { throw SearchError(code: .source, operation: "read", message: "broken") }
                    return Array(SearchFixture.records.prefix(50))
                }
            } throws: { ($0 as? SearchError)?.code == .source }
            #expect(try await SearchFixture.service(path).recordCount() == 5)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["index"])
        }
    }

    @Test func `a build that cannot take its place leaves nothing behind`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var batches = [Array(SearchFixture.records.prefix(5))][...]
            var other: IndexWriter?
            await #expect {
                _ = try await SearchFixture.indexer(path).rebuild { () throws(SearchError) in
                    // Somebody begins an index where there was none when the build began, and holds it.
                    do throws(IndexError) {
                        if other == nil { other = try IndexWriter(path: path) }
                    } catch {
                        throw SearchError(error)
                    }
                    return batches.popFirst()
                }
            } throws: { ($0 as? SearchError)?.code == .locked }
            try await other?.finish()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["index"])
            #expect(try IndexReader(path: path).documentCount() == 0)
        }
    }

    @Test(arguments: [true, false])
    func `ids are bytes: two spellings of an accent are two records`(rebuilds: Bool) async throws {
        func record(_ id: String, _ title: String) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), work: WorkID(id), type: "news", language: .french, title: title)
        }
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let records = [record(composed, "Un"), record(decomposed, "Deux"), record(composed, "Trois")]
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            var report: IndexingReport
            if rebuilds {
                var batches = [Array(records.prefix(2)), Array(records.suffix(1))][...]
                report = try await indexer.rebuild { () throws(SearchError) in batches.popFirst() }
            } else {
                report = try await indexer.update(records)
            }
            #expect(report.replaced == 1)
            let service = try SearchFixture.service(path)
            #expect(try await service.recordCount() == 2)
            func titles(_ query: String) async throws -> [String] {
                try await service.search(SearchRequest(query, collapsesTranslations: true)).hits.map(\.record.title)
            }
            #expect(try await titles("id:\"\(composed)\"") == ["Trois"])
            #expect(try await titles("work:\"\(decomposed)\"") == ["Deux"])
            #expect(try await titles("").count == 2)
            report = try await indexer.update([record(decomposed, "Quatre")], deleting: [RecordID(composed)])
            #expect(report.replaced == 1 && report.deleted == 1)
            #expect(try await titles("") == ["Quatre"])
        }
    }

    @Test func `another taxonomy, analyzer or layout is refused with the command that rebuilds`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            _ = try await indexer.update(Array(SearchFixture.records.prefix(2)))
            let other = try ConceptScheme(concepts: [], version: "other")
            #expect {
                _ = try SearchFixture.service(path, taxonomy: other)
            } throws: { error in
                (error as? SearchError)?.code == .mismatch && "\(error)".contains("sabil index --rebuild")
            }
            await #expect {
                _ = try await SearchFixture.indexer(path, taxonomy: other).update([])
            } throws: { ($0 as? SearchError)?.code == .mismatch }
            let writer = try IndexWriter(path: path, opening: .existing)
            try await writer.setMetadata(IndexSchema.Key.fingerprint, Array("0123".utf8))
            try await writer.finish()
            #expect {
                _ = try SearchFixture.service(path)
            } throws: { error in "\(error)".contains("analyzer 0123") }
        }
    }

    @Test func `a missing index is not found and a second writer is told so`() async throws {
        try await SearchFixture.withDirectory { directory in
            #expect {
                _ = try SearchFixture.service(directory + "/none")
            } throws: { ($0 as? SearchError)?.code == .notFound }
            let writer = try IndexWriter(path: directory + "/index")
            await #expect {
                _ = try await SearchFixture.indexer(directory + "/index").update([])
            } throws: { ($0 as? SearchError)?.code == .locked }
            await writer.abandon()
        }
    }

    @Test func `the language is the declared one, else the detected one`() async throws {
        try await SearchFixture.withDirectory { directory in
            let text = "Le gouvernement a lancé un programme de transferts monétaires pour les ménages pauvres du nord."
            let records = [
                ResourceRecord(id: "a", type: "news", title: "Programme", abstract: text),
                ResourceRecord(id: "b", type: "news", language: .english, title: "Programme", abstract: text),
            ]
            let report = try await SearchFixture.indexer(directory + "/index").update(records)
            #expect(report.languages == [.french: 1, .english: 1])
            #expect(report.contradictedLanguages == 1)
        }
    }

    @Test func `a record becomes these terms and values`() throws {
        let record = ResourceRecord(
            id: "r1", work: "w1", type: "publication", language: .english, title: "Cash transfers",
            abstract: "Paid monthly", authors: ["Ana Díaz"], organisations: ["World Bank"], series: "Notes",
            documentType: "working_paper", date: PartialDate(year: 2018, month: 5), countries: ["EGY"],
            concepts: [ConceptTag("school-feeding", source: .machine)])
        let builder = DocumentBuilder(
            tags: TagIndex(SearchFixture.taxonomy, analyzer: SearchFixture.analyzer),
            tagTable: TagTable(SearchFixture.taxonomy),
            names: SearchFixture.names,
            contentTypes: SearchFixture.contentTypes, analyzer: SearchFixture.analyzer)
        let built = try builder.build(record)
        let egypt = try #require(SearchFixture.taxonomy.country(code: "EGY")).number
        let feeding = try #require(SearchFixture.taxonomy.concept("school-feeding" as ConceptID)).number
        #expect(built.document.uniqueTerm == "Qr1")
        #expect(built.language == .english && built.unknownTags == 0 && built.document.droppedTerms == 0)
        #expect(try ResourceRecord(storedForm: built.document.data) == record)
        let transfers = try #require(SearchFixture.taxonomy.concept("cash-transfers" as ConceptID)).number
        // What the packed buffer holds, read back through an index.
        let expected = [
            "Scash": true, "Stransfers": true, "ZStransfer": true, "ZScash": true, "Ztransfer": true, "Zcash": true,
            "Zpaid": true, "Zdiaz": true, "XN\(transfers)": true, "XN\(feeding)": false,
            "Zmonth": true, "cash": true, "monthly": true, "Aana": true, "Adiaz": true, "diaz": true, "bank": true,
            "Tpublication": true, "XDdiscover": true, "Len": true, "XVpublic": true, "Y2018": true,
            "XKworking_paper": true, "XLmachine": true, "XA\(egypt)": true, "XB\(egypt)": true, "XA\(feeding)": true,
            "XS\(feeding)": true, "XC\(feeding)": false, "XB\(feeding)": false, "XWw1": true, "XEnotes": true,
        ]
        for (term, isThere) in expected.sorted(by: { $0.key < $1.key }) {
            let bytes = Array(term.utf8)
            let packed = built.document.packed
            let needle = [UInt8(bytes.count)] + bytes
            let found = packed.indices.contains { packed[$0...].starts(with: needle) }
            #expect(found == isThere, "\(term)")
        }
    }
}
