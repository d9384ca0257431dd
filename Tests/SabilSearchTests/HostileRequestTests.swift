import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct HostileRequestTests {
    @Test func `random requests are answered, with scores falling and text escaped`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "cash transfers", "الحماية الاجتماعية", "protección", "école", "e\u{301}", "\"", "«", "»", "(", ")", "+",
            "-",
            "*", "soc*", "AND", "OR", "NOT", " ", "title:", "author:x*", "year:2010..", "concept:pension", "type:news",
            "country:EG", "region:africa", "\0", "\u{202E}", "😀", "<script>", "Egypt", "World Bank", "the", "what",
            String(repeating: "x", count: 300), "pensoins", "+trasnfers", "protecion", "ﷺ", "الحماايه",
        ]
        let values = ["EGY", "news", "2010..2020", "..", "", " ", "cash-transfers", "human", "africa", "\0", "<b>"]
        try await SearchFixture.withService(Array(SearchFixture.records.prefix(120))) { service in
            for _ in 0..<250 {
                var query = ""
                for _ in 0..<generator.nextIndex(below: 8) {
                    query += pieces[generator.nextIndex(below: pieces.count)]
                    if generator.nextIndex(below: 2) == 0 { query += " " }
                }
                var request = SearchRequest(query, collapsesTranslations: generator.nextIndex(below: 3) == 0)
                request.expansion = Expansion.allCases[generator.nextIndex(below: 3)]
                request.sort = SortOrder.allCases[generator.nextIndex(below: 5)]
                request.explain = generator.nextIndex(below: 3) == 0
                request.facets = [FacetField.allCases[generator.nextIndex(below: FacetField.allCases.count)]]
                if generator.nextIndex(below: 2) == 0 {
                    let field = FacetField.allCases[generator.nextIndex(below: FacetField.allCases.count)]
                    request.filters = [
                        Filter(
                            field,
                            (0..<generator.nextIndex(below: 3)).map { _ in
                                values[generator.nextIndex(below: values.count)]
                            },
                            mode: generator.nextIndex(below: 2) == 0 ? .any : .all)
                    ]
                }
                let page = try await service.search(request)
                #expect(
                    zip(page.hits, page.hits.dropFirst()).allSatisfy { $0.score >= $1.score }, "seed \(seed): \(query)")
                #expect(page.total.lowerBound >= page.hits.count, "seed \(seed): \(query)")
                for highlight in page.hits.flatMap(\.highlights) {
                    #expect(!highlight.html.contains("<script"), "seed \(seed)")
                }
            }
        }
    }

    @Test func `no query is nested too deep for the engine`() async throws {
        // What each pair of parentheses may add: alternatives, what must and may and must not match, fields, AND, NEAR.
        let shapes = [
            "(+QUERY AND g +d e id:1 -c OR f)", "(+QUERY NEAR g AND h AND NOT i +d e id:1 -c OR f)",
            "(d QUERY AND NOT i AND g -c OR f)", "(-QUERY -c e OR f)", "(QUERY AND g e OR f)",
            "(d -(+QUERY AND g AND NOT h +d e type:news -c) OR f)",
        ]
        try await SearchFixture.withService(Array(SearchFixture.records.prefix(30))) { service in
            for shape in shapes {
                for core in [
                    "the cash cash", "\"cash transfers\"", "title:tra?sf*s", "title:covid-soc*", "a NEAR b NEAR a",
                ] {
                    var query = core
                    for _ in 0...QueryParser.maximumDepth {
                        query = shape.replacing("QUERY", with: query)
                    }
                    #expect(query.utf8.count < QueryParser.maximumBytes)
                    var request = SearchRequest(query, collapsesTranslations: true)
                    request.filters = [Filter(.concept, ["cash-transfers"]), Filter(.type, ["news"])]
                    request.facets = [.type]
                    request.explain = true
                    request.discovery = Set(Discovery.allCases)
                    let page = try await service.search(request)
                    #expect(page.notes.contains { $0.code == .cutNesting }, "\(shape) \(core)")
                }
            }
        }
    }

    @Test(arguments: [129, 150, 200, 245, 3_000])
    func `ids that no record has are asked for and not found`(_ count: Int) async throws {
        let nuls = String(repeating: "\0", count: count)
        var record = SearchFixture.records[0]
        record.id = RecordID("a" + nuls)
        try await SearchFixture.withService([record]) { service in
            for (query, found) in [("id:\"\(nuls)\"", 0), ("id:\"a\(nuls)\"", 1), ("work:\"\(nuls)\"", 0)] {
                let page = try await service.search(SearchRequest(query, spelling: .off))
                #expect(page.hits.count == found)
            }
        }
    }

    @Test func `a page far beyond the end is empty`() async throws {
        try await SearchFixture.withService(Array(SearchFixture.records.prefix(30))) { service in
            for text in ["", "social protection"] {
                for offset in [30, 100, 5_000_000_000, Int.max] {
                    for filters in [[], [Filter(.concept, ["social-protection"])]] {
                        let page = try await service.search(
                            SearchRequest(text, filters: filters, facets: [.type], offset: offset, limit: Int.max))
                        #expect(page.hits.isEmpty)
                    }
                }
            }
        }
    }
}
