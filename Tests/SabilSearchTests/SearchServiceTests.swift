import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct SearchServiceTests {
    @Test func `a Spanish query finds an Arabic record through the names of a concept`() async throws {
        let arabic = ResourceRecord(
            id: "ar-1", type: "news", language: .arabic, title: "الحماية الاجتماعية في المدن",
            abstract: "تقرير عن الأسر الفقيرة.")
        let other = ResourceRecord(id: "en-1", type: "news", language: .english, title: "Rain in the hills")
        try await SearchFixture.withService([arabic, other]) { service in
            let page = try await service.search(SearchRequest("protección social", expansion: .labels))
            #expect(SearchFixture.ids(page) == ["ar-1"])
            let note = try #require(page.notes.first { $0.code == .expanded })
            #expect(note.concepts == ["social-protection"])
            #expect(note.place == 0..<18)
            #expect(page.hits[0].highlights[0].html.contains("<mark>الحماية الاجتماعية</mark>"))
            let plain = try await service.search(SearchRequest("protección social", expansion: .none))
            #expect(plain.hits.isEmpty)
        }
    }

    @Test func `a tag is enough to be found by a concept, and a person's one counts more than a machine's`()
        async throws
    {
        func record(_ id: String, _ source: LabelSource) -> ResourceRecord {
            ResourceRecord(
                id: RecordID(id), type: "news", language: .english, title: "A note", date: PartialDate(year: 2000),
                concepts: [ConceptTag("school-feeding", source: source)])
        }
        let records = [record("a-machine", .machine), record("b-person", .human), record("c-machine", .machine)]
        try await SearchFixture.withService(records) { service in
            let found = try await service.search(SearchRequest("alimentación escolar"))
            #expect(SearchFixture.ids(found).first == "b-person")
            #expect(found.hits.count == 3)
            let browsed = try await service.search(
                SearchRequest(filters: [Filter(.concept, ["school-feeding"])], facets: [.concept, .labelSource]))
            #expect(SearchFixture.ids(browsed).first == "b-person")
            let count = try #require(browsed.facets[.concept]?.first { $0.id == "school-feeding" })
            #expect(count.count == 3 && count.countByPerson == 1 && count.isSelected)
            #expect(browsed.facets[.labelSource]?.map(\.count) == [2, 1])
            let paged = try await service.search(
                SearchRequest(filters: [Filter(.concept, ["school-feeding"])], offset: 1, limit: 2))
            #expect(Set(SearchFixture.ids(paged)) == ["a-machine", "c-machine"])
        }
    }

    @Test func `phrases are exact, beginnings, fields and exclusions hold`() async throws {
        func record(_ id: String, _ title: String, _ abstract: String = "", authors: [String] = []) -> ResourceRecord {
            ResourceRecord(
                id: RecordID(id), type: "news", language: .english, title: title, abstract: abstract, authors: authors)
        }
        let records = [
            record("a", "Cash transfers in cities"), record("b", "Transfers of cash"),
            record("c", "Water", "A cash transfer and a pension", authors: ["Amina Diallo"]),
            record("d", "Pensions", "Universal"),
        ]
        let rows: [(String, [String], String)] = [
            ("\"cash transfers\"", ["a"], "a phrase is exact: neither order nor number may differ"),
            ("+cash -cities", ["b", "c"], "must and must not"),
            ("title:pension", ["d"], "a stem in the title only"),
            ("author:diallo", ["c"], "an author"),
            ("author:\"amina diallo\"", ["c"], "an author's full name"),
            ("univers*", ["d"], "a beginning"),
            ("cash AND pension", ["c"], "both"),
            ("-cash", ["d"], "an exclusion alone"),
            ("type:event", [], "a field that lets nothing through"),
            ("type:news pension", ["c", "d"], "a filter beside a word"),
        ]
        try await SearchFixture.withService(records) { service in
            for (query, expected, reason) in rows {
                let page = try await service.search(SearchRequest(query, expansion: .none))
                #expect(SearchFixture.ids(page).sorted() == expected, "\(query): \(reason)")
                #expect(page.total == .exact(expected.count), "\(query): \(reason)")
            }
        }
    }

    @Test func `ñ is a letter of its own when quoted, and found without when not`() async throws {
        func record(_ id: String, _ title: String, authors: [String] = []) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), type: "news", language: .spanish, title: title, authors: authors)
        }
        let records = [
            record("a", "Un año de pensiones", authors: ["Amparo Muñoz"]), record("b", "Cáncer de ano"),
            record("c", "Español para maestros", authors: ["Luis Munoz"]),
        ]
        let rows: [(String, [String], String)] = [
            ("\"año\"", ["a"], "quoted words keep ñ"), ("\"ano\"", ["b"], "and n"),
            ("ano", ["a", "b"], "typed on a keyboard without ñ"), ("espanol", ["c"], "the same"),
            ("espan*", ["c"], "a beginning that ends before the tilde"), ("españ*", ["c"], "with it"),
            ("author:munoz", ["a", "c"], "names without the tilde"), ("author:muñoz", ["a"], "names with it"),
        ]
        try await SearchFixture.withService(records) { service in
            for (query, expected, reason) in rows {
                let page = try await service.search(SearchRequest(query, language: .spanish, expansion: .none))
                #expect(SearchFixture.ids(page).sorted() == expected, "\(query): \(reason)")
            }
            let marked = try await service.search(SearchRequest("espan*", language: .spanish, expansion: .none))
            #expect(marked.hits.first?.highlights.first?.html.contains("<mark>Español</mark>") == true)
        }
    }

    @Test func `a summary in another language is found and marked by the words of that language`() async throws {
        let summary = "El programa entrega transferencias a las familias que viven en las zonas más pobres del país."
        let record = ResourceRecord(
            id: "a", type: "news", language: .english, title: "A note on the programme",
            abstract: "The programme reaches the poorest families in the country and pays them every month.\n" + summary
        )
        try await SearchFixture.withService([record]) { service in
            let page = try await service.search(SearchRequest("transferencia", language: .spanish, expansion: .none))
            #expect(SearchFixture.ids(page) == ["a"])
            #expect(page.hits.first?.highlights.contains { $0.html.contains("<mark>transferencias</mark>") } == true)
        }
    }

    @Test func `what may not be seen is neither found nor counted`() async throws {
        let records = [
            ResourceRecord(id: "p", type: "news", title: "Floods"),
            ResourceRecord(id: "c", type: "news", title: "Floods", visibility: .community),
            ResourceRecord(id: "u", type: "news", title: "Floods", visibility: .unpublished),
        ]
        try await SearchFixture.withService(records) { service in
            let all: Set<Visibility> = [.public, .community, .unpublished]
            for (scope, expected) in [
                ([.public], ["p"]), ([.public, .community], ["c", "p"]), (all, ["c", "p", "u"]), ([], []),
            ]
                as [(Set<Visibility>, [String])]
            {
                let page = try await service.search(SearchRequest("floods", facets: [.type], visibility: scope))
                #expect(SearchFixture.ids(page).sorted() == expected)
                #expect(page.facets[.type]?.reduce(0) { $0 + $1.count } == expected.count)
            }
        }
    }

    @Test func `translations collapse to the reader's language`() async throws {
        func version(_ id: String, _ language: Language, _ title: String) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), work: "w", type: "news", language: language, title: title)
        }
        let records = [
            version("en", .english, "Cash transfers"), version("fr", .french, "Transferts monétaires"),
            version("es", .spanish, "Transferencias monetarias"),
            ResourceRecord(id: "z", type: "news", language: .english, title: "Cash transfers elsewhere"),
        ]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(
                SearchRequest("cash transfers", collapsesTranslations: true, readerLanguage: .french))
            #expect(SearchFixture.ids(page).sorted() == ["fr", "z"])
            let hit = try #require(page.hits.first { $0.record.id == "fr" })
            #expect(hit.translations.map(\.language) == [.english, .spanish])
            #expect(page.total == .exact(2))
        }
    }

    @Test func `collapsed lists say how many works and records there are, exactly`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            for (text, sort, facets) in [
                ("social protection", SortOrder.title, [FacetField.type]), ("programme", .relevance, []),
                ("", .newest, [.type]),
            ] {
                var request = SearchRequest(
                    text, facets: facets, sort: sort, limit: 200, highlight: false, collapsesTranslations: true)
                var works: [WorkID] = []
                var page = try await service.search(request)
                let total = page.total
                let records = page.recordTotal
                while true {
                    works += page.hits.map(\.record.work)
                    guard let next = page.next else { break }
                    request.cursor = next
                    page = try await service.search(request)
                }
                #expect(Set(works).count == works.count, "\(text)")
                #expect(total == .exact(works.count), "\(text)")
                request.cursor = nil
                request.collapsesTranslations = false
                request.facets = [.type]
                let all = try await service.search(request).total
                #expect(records == all, "\(text)")
            }
        }
    }

    @Test func `the parts of an explanation add up to the score`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            for query in ["cash transfers for poor households in Egypt", "\"social protection\" pensions", "pens*"] {
                let page = try await service.search(
                    SearchRequest(query, filters: [Filter(.pillar, ["discover"])], explain: true))
                #expect(!page.hits.isEmpty)
                for hit in page.hits {
                    let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                    #expect(abs(sum - hit.score) < 1e-6 * max(1, hit.score), "\(query): \(hit.explanation)")
                }
            }
        }
    }

    @Test func `pages follow one another without gap or repetition`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            for sort in SortOrder.allCases {
                let text = "social protection programme"
                let whole = try await service.search(
                    SearchRequest(text, sort: sort, limit: 200, highlight: false))
                var pieces: [String] = []
                for offset in stride(from: 0, to: 200, by: 37) {
                    pieces += SearchFixture.ids(
                        try await service.search(
                            SearchRequest(
                                text, sort: sort, offset: offset, limit: min(37, 200 - offset), highlight: false)))
                }
                #expect(pieces == SearchFixture.ids(whole), "\(sort)")
                #expect(zip(whole.hits, whole.hits.dropFirst()).allSatisfy { $0.score >= $1.score })
            }
        }
    }

    @Test func `sorts go by date and title, records without a date last`() async throws {
        func record(_ id: String, _ title: String, _ date: String?) -> ResourceRecord {
            ResourceRecord(id: RecordID(id), type: "news", title: title, date: date.flatMap { PartialDate($0) })
        }
        let records = [
            record("a", "élan", "2018-05"), record("b", "Zebra", "2018"), record("c", "ecru", nil),
            record("d", "Ábaco", "2020-01-02"),
        ]
        try await SearchFixture.withService(records) { service in
            for (sort, expected) in [
                (SortOrder.newest, ["d", "a", "b", "c"]), (.oldest, ["b", "a", "d", "c"]),
                (.title, ["d", "c", "a", "b"]),
            ] {
                let page = try await service.search(SearchRequest(sort: sort))
                #expect(SearchFixture.ids(page) == expected, "\(sort)")
            }
        }
    }

    @Test func `a query composed or decomposed finds the same`() async throws {
        try await SearchFixture.withService(SearchFixture.records) { service in
            for (composed, decomposed) in [("sécurité", "se\u{301}curite\u{301}"), ("niñez", "nin\u{303}ez")] {
                let first = try await service.search(SearchRequest(composed, limit: 50))
                let second = try await service.search(SearchRequest(decomposed, limit: 50))
                #expect(!first.hits.isEmpty)
                #expect(SearchFixture.ids(first) == SearchFixture.ids(second))
            }
        }
    }

    @Test func `wrong numbers are refused, large pages are cut with a note`() async throws {
        try await SearchFixture.withService([]) { service in
            await #expect { try await service.search(SearchRequest("a", offset: -1)) } throws: { error in
                (error as? SearchError)?.code == .invalidRequest
            }
            let page = try await service.search(SearchRequest("a", limit: 5000))
            #expect(page.notes.contains { $0.code == .cutPage })
            let unknown = try await service.search(SearchRequest(filters: [Filter(.type, ["banana"])]))
            #expect(unknown.notes.map(\.code) == [.unknownValue])
        }
    }
}
