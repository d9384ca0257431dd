import SabilRecords
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct PageCursorTests {
    /// Every page of a request, one after the other by their cursors.
    private func walk(
        _ request: SearchRequest, _ service: SearchService, between: () async throws -> Void = {}
    ) async throws -> [String] {
        var request = request
        var ids: [String] = []
        for _ in 0..<400 {
            let page = try await service.search(request)
            ids += SearchFixture.ids(page)
            guard let next = page.next else { return ids }
            #expect(page.hits.count == request.limit, "only a full page has a next one")
            request.cursor = PageCursor(next.text)
            #expect(request.cursor == next)
            try await between()
        }
        return ids
    }

    @Test func `pages by cursor are the whole list, in every order`() async throws {
        let filters = [[], [Filter(.concept, ["social-protection"])]]
        try await SearchFixture.withService(SearchFixture.records) { service in
            for sort in SortOrder.allCases {
                for (text, filter, collapses) in [
                    ("", filters[0], false), ("social protection", filters[0], false), ("", filters[1], false),
                    ("programa", filters[0], true),
                ] {
                    var request = SearchRequest(
                        text, filters: filter, facets: [.type], sort: sort, limit: 200, highlight: false,
                        collapsesTranslations: collapses, readerLanguage: .spanish)
                    var whole: [String] = []
                    var total = 0
                    repeat {
                        request.offset = whole.count
                        let page = try await service.search(request)
                        whole += SearchFixture.ids(page)
                        total = page.total.lowerBound
                    } while whole.count < total
                    request.offset = 0
                    request.limit = 37
                    #expect(try await walk(request, service) == whole, "\(sort) \(text) \(filter)")
                    let first = try await service.search(request)
                    request.cursor = first.next
                    let second = try await service.search(request)
                    #expect(
                        second.total == first.total && second.facets == first.facets, "counts are of the whole list")
                }
            }
        }
    }

    @Test func `a sorted list may change between pages: what was there all along comes once`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        try await SearchFixture.withDirectory { directory in
            let indexer = SearchFixture.indexer(directory + "/index")
            let all = SearchFixture.records.filter { $0.visibility == .public }
            let kept = Array(all[..<150])
            var others = Array(all[150..<250])
            _ = try await indexer.update(kept + others.prefix(50))
            let service = try SearchFixture.service(directory + "/index")
            for sort in [SortOrder.newest, .oldest, .title, .start] {
                let ids = try await walk(SearchRequest(sort: sort, limit: 30, highlight: false), service) {
                    others.shuffle(using: &generator)
                    _ = try await indexer.update(Array(others[..<20]), deleting: others[20..<60].map(\.id))
                }
                let wanted = Set(kept.map(\.id.rawValue))
                #expect(ids.filter(wanted.contains).count == wanted.count, "seed \(seed): \(sort)")
                #expect(Set(ids).isSuperset(of: wanted), "seed \(seed): \(sort)")
            }
        }
    }

    @Test func `a cursor of another question is refused, one of a list that is gone says so`() async throws {
        func code(_ request: SearchRequest, _ service: SearchService) async -> SearchError.Code? {
            do throws(SearchError) {
                _ = try await service.search(request)
                return nil
            } catch {
                return error.code
            }
        }
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let records = Array(SearchFixture.records[..<60])
            let indexer = SearchFixture.indexer(path)
            var batches = [records][...]
            _ = try await indexer.rebuild(threads: 1) { () throws(SearchError) in batches.popFirst() }
            let service = try SearchFixture.service(path)
            var ranked = SearchRequest("social protection", limit: 5)
            ranked.cursor = try await service.search(ranked).next
            var sorted = SearchRequest("social protection", sort: .newest, limit: 5)
            sorted.cursor = try await service.search(sorted).next
            #expect(ranked.cursor != nil && sorted.cursor != nil)
            for change in [
                { $0.text = "pensions" }, { $0.sort = .oldest }, { $0.filters = [Filter(.type, ["news"])] },
                { $0.readerLanguage = .arabic }, { $0.expansion = .none }, { $0.visibility = [.community] },
            ] as [(inout SearchRequest) -> Void] {
                var other = sorted
                change(&other)
                #expect(await code(other, service) == .invalidCursor)
            }
            var shown = sorted
            shown.limit = 7
            shown.facets = [.type]
            shown.explain = true
            #expect(await code(shown, service) == nil, "what is shown of a list does not change the list")
            var changed = records[0]
            changed.title += " again"
            _ = try await indexer.update([changed])
            #expect(await code(ranked, service) == .staleCursor)
            #expect(await code(sorted, service) == nil)
            batches = [records]
            _ = try await indexer.rebuild(threads: 1) { () throws(SearchError) in batches.popFirst() }
            #expect(await code(sorted, service) == .staleCursor)
        }
    }

    @Test func `what is no cursor is not read as one`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let places: [PageCursor.Place] = [
            .behind(12), .after(.init(key: [1, 0, 255], documentID: 7)), .after(.init(key: [], documentID: 1)),
        ]
        for place in places {
            let cursor = PageCursor(place, request: .max, index: 3, revision: 1 << 40)
            let text = cursor.text
            #expect(PageCursor(text) == cursor)
            for _ in 0..<300 {
                var bytes = Array(text.utf8)
                switch generator.nextIndex(below: 3) {
                case 0: bytes.removeLast(1 + generator.nextIndex(below: bytes.count))
                case 1: bytes[generator.nextIndex(below: bytes.count)] = UInt8(generator.nextIndex(below: 128))
                default: bytes.append(UInt8(generator.nextIndex(below: 128)))
                }
                let broken = String(decoding: bytes, as: UTF8.self)
                // It is refused, or another cursor: two texts never stand for one.
                if let read = PageCursor(broken) { #expect(read.text == broken, "seed \(seed)") }
            }
        }
        for text in ["", "A", "AQ", "é", " ", "AQ==", String(repeating: "A", count: 5_000)] {
            #expect(PageCursor(text) == nil, "\(text.prefix(20))")
        }
    }
}
