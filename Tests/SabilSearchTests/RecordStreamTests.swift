import SabilRecords
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct RecordStreamTests {
    private func ids(_ stream: RecordStream, between: () async throws -> Void = {}) async throws -> [String] {
        var stream = stream
        var ids: [String] = []
        while let records = try await stream.next() {
            ids += records.map(\.id.rawValue)
            try await between()
        }
        return ids
    }

    @Test func `a stream is all pages one after the other, in every order`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            for sort in SortOrder.allCases {
                for (text, filters, collapses) in [
                    ("", [], false), ("social protection", [], false),
                    ("", [Filter(.concept, ["social-protection"])], false),
                    ("programme", [Filter(.year, ["2010.."])], false), ("programme", [], true),
                    ("nothing of this kind xyz", [], false),
                ] as [(String, [Filter], Bool)] {
                    var request = SearchRequest(
                        text, filters: filters, sort: sort, limit: 200, highlight: false,
                        collapsesTranslations: collapses,
                        readerLanguage: .french)
                    let stream = try await service.records(matching: request)
                    var pages: [String] = []
                    var total = 0
                    repeat {
                        request.offset = pages.count
                        let page = try await service.search(request)
                        pages += SearchFixture.ids(page)
                        total = page.total.lowerBound
                    } while pages.count < total
                    #expect(stream.count == pages.count, "\(sort) \(text)")
                    #expect(try await ids(stream) == pages, "\(sort) \(text) \(filters) \(collapses)")
                }
            }
        }
    }

    @Test(arguments: [SortOrder.relevance, .newest])
    func `a list that was cut by the time is no list`(_ sort: SortOrder) async throws {
        let records = (0..<200).map {
            ResourceRecord(id: RecordID("r\($0)"), type: "news", language: .english, title: "Beta alpha number \($0)")
        }
        try await SearchFixture.withService(records) { service in
            let request = SearchRequest("\"alpha beta\"", sort: sort, expansion: .none, spelling: .off)
            var answering = try service.answering(request, try service.plan(request.text, request))
            let inTime = answering
            let found = try await service.pool.read { (reader) throws(IndexError) in try inTime.everything(reader) }
            #expect(found.documents.isEmpty)
            answering.streamSeconds = 1e-9
            let late = answering
            await #expect {
                try await service.pool.read { (reader) throws(IndexError) in try late.everything(reader) }
            } throws: {
                ($0 as? IndexError)?.code == .timedOut
            }
        }
    }

    @Test func `what is deleted or hidden meanwhile is left out, and another index in its place is told`() async throws
    {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            let records = SearchFixture.records.filter { $0.visibility == .public }
            var batches = [records][...]
            _ = try await indexer.rebuild(threads: 1) { () throws(SearchError) in batches.popFirst() }
            let service = try SearchFixture.service(path)
            let request = SearchRequest(sort: .title)
            let all = try await ids(try await service.records(matching: request))
            #expect(all.count == records.count && all.count > 500)
            let deleted = RecordID(all[400])
            var hidden = try #require(records.first { $0.id.rawValue == all[401] })
            hidden.visibility = .unpublished
            var isFirst = true
            let rest = try await ids(try await service.records(matching: request)) {
                guard isFirst else { return }
                isFirst = false
                _ = try await indexer.update([hidden], deleting: [deleted])
            }
            #expect(rest == all.filter { $0 != deleted.rawValue && $0 != hidden.id.rawValue })
            var stream = try await service.records(matching: request)
            _ = try await stream.next()
            batches = [records]
            _ = try await indexer.rebuild(threads: 1) { () throws(SearchError) in batches.popFirst() }
            await #expect { try await stream.next() } throws: { ($0 as? SearchError)?.code == .staleCursor }
        }
    }
}
