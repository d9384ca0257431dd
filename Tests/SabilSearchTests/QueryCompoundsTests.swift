import SabilRecords
import Testing

@testable import SabilSearch

@Suite struct QueryCompoundsTests {
    private static func record(_ id: String, _ language: Language, _ title: String) -> ResourceRecord {
        ResourceRecord(id: RecordID(id), type: "news", language: language, title: title)
    }

    /// Of each compound a record that writes it as one word, one with a hyphen, one as two words; and others.
    static let records: [ResourceRecord] = [
        record("en-one", .english, "A noncontributory scheme"), record("en-hyphen", .english, "Non-contributory help"),
        record("en-two", .english, "Help that is non contributory"), record("en-other", .english, "Contributory help"),
        record("care-one", .english, "Rural healthcare"), record("care-two", .english, "Health care in towns"),
        record("care-apart", .english, "Care for health"), record("care-plural", .english, "Rural healthcares"),
        record("fr-hyphen", .french, "Le sous-emploi rural"), record("fr-one", .french, "Le sousemploi des villes"),
        record("fr-insurance", .french, "La micro-assurance des récoltes"),
        record("fr-insurances", .french, "Des microassurances agricoles"),
        record("es-hyphen", .spanish, "Estudio socio-económico"), record("es-one", .spanish, "Informe socioeconómico"),
        ResourceRecord(
            id: "body-two", type: "news", language: .english, title: "Contributory", body: "Or non-contributory pay."),
        ResourceRecord(
            id: "body-one", type: "news", language: .english, title: "Contributory", body: "Or noncontributory pay."),
        ResourceRecord(
            id: "hidden", type: "news", language: .english, title: "A zeppelin port", visibility: .unpublished),
    ]

    /// Query, language, what it finds at least, what it must not find, why the row is here.
    static let queries: [(query: String, language: Language, found: [String], not: [String], reason: String)] = [
        ("non-contributory", .english, ["en-one", "en-hyphen", "en-two"], [], "a hyphen finds one word"),
        ("non contributory", .english, ["en-one", "en-hyphen", "en-two"], [], "so do two words"),
        (
            "noncontributory", .english, ["en-one", "en-hyphen", "en-two"], ["en-other"],
            "one word finds two side by side"
        ),
        ("Noncontributory", .english, ["en-one", "en-hyphen", "en-two"], ["en-other"], "whatever the case"),
        ("healthcare", .english, ["care-one", "care-two", "care-plural"], ["care-apart"], "side by side only"),
        ("health care", .english, ["care-one", "care-two", "care-apart"], [], "two words stay two as well"),
        ("sousemploi", .french, ["fr-one", "fr-hyphen"], [], "the first part is a function word"),
        ("sous-emploi", .french, ["fr-one", "fr-hyphen"], [], ""),
        ("micro-assurance", .french, ["fr-insurance", "fr-insurances"], [], "by the stem of the whole"),
        ("microassurances", .french, ["fr-insurance", "fr-insurances"], [], "the last part without its s"),
        ("socioeconómico", .spanish, ["es-one", "es-hyphen"], [], "with an accent"),
        ("socioeconomico", .spanish, ["es-one", "es-hyphen"], [], "and without"),
        ("socio-económico", .spanish, ["es-one", "es-hyphen"], [], ""),
        ("\"noncontributory\"", .english, ["en-one"], ["en-hyphen", "en-two"], "quoted words are exact"),
        ("\"non-contributory\"", .english, ["en-hyphen", "en-two"], ["en-one"], "so is a quoted compound"),
        (
            "title:noncontributory", .english, ["en-one", "en-hyphen", "en-two"], ["en-other"],
            "a field has both spellings"
        ),
        ("title:non-contributory", .english, ["en-one", "en-hyphen", "en-two"], ["en-other"], "from either"),
        (
            "title:(non contributory)", .english, ["en-one", "en-hyphen", "en-two"], ["en-other"],
            "of words side by side too"
        ),
        (
            "title:(noncontributory help)", .english, ["en-hyphen", "en-two"], ["en-one", "en-other"],
            "with other words"
        ),
        ("body:noncontributory", .english, ["body-two"], ["en-hyphen", "en-two"], "in that field only"),
        ("body:non-contributory", .english, ["body-two", "body-one"], ["en-one"], ""),
        ("title:zeppelinport", .english, [], ["hidden"], ""),
        (
            "help -title:noncontributory", .english, ["en-hyphen", "en-two"], ["en-one"],
            "what is excluded is as written"
        ),
        ("noncontribut*", .english, ["en-one"], ["en-hyphen", "en-two"], "a beginning is one"),
        ("help -noncontributory", .english, ["en-hyphen", "en-two"], ["en-one"], "what is excluded is as written"),
    ]

    @Test func `a compound is found however it is written`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for row in Self.queries {
                let page = try await service.search(SearchRequest(row.query, language: row.language))
                let found = Set(SearchFixture.ids(page))
                #expect(Set(row.found).isSubset(of: found), "\(row.query): \(row.reason), found \(found)")
                #expect(found.isDisjoint(with: row.not), "\(row.query): \(row.reason), found \(found)")
            }
        }
    }

    @Test func `what was added is told, marked and explained, and spelling keeps away`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            var request = SearchRequest("rural healthcares", language: .english)
            request.explain = true
            let page = try await service.search(request)
            let note = try #require(page.notes.first { $0.code == .compound })
            #expect(note.names == ["health care"] && note.place == 6..<17)
            let hit = try #require(page.hits.first { $0.record.id == "care-two" })
            #expect(hit.highlights.first?.matches.first?.utf8 == 0..<11)
            #expect(page.hits.contains { $0.record.id == "care-apart" } == false)
            // No record has it as one word, one as two.
            let records = Self.records.filter { $0.id != "en-one" && $0.title != "Contributory" }
            try await SearchFixture.withService(records) { service in
                let page = try await service.search(SearchRequest("noncontributory", language: .english))
                #expect(page.spelling == nil)
                #expect(Set(SearchFixture.ids(page)) == ["en-hyphen", "en-two"])
            }
        }
    }

    @Test func `the form asked for comes first`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let one = try await service.search(SearchRequest("noncontributory", language: .english))
            #expect(SearchFixture.ids(one).first == "en-one")
            let two = try await service.search(SearchRequest("non contributory", language: .english))
            #expect(["en-two", "en-hyphen", "body-two"].contains(SearchFixture.ids(two).first ?? ""))
        }
    }

    @Test func `what only others may read is not told`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for query in ["zeppelinport", "title:zeppelinport"] {
                let page = try await service.search(SearchRequest(query, language: .english))
                #expect(page.hits.isEmpty && page.notes.allSatisfy { $0.code != .compound }, "\(query)")
                var request = SearchRequest(query, language: .english)
                request.visibility = Set(Visibility.allCases)
                #expect(SearchFixture.ids(try await service.search(request)) == ["hidden"], "\(query)")
            }
        }
    }

    @Test(arguments: [(1, 260, false), (3, 260, false), (4, 260, true), (1, 30, true)])
    func `a word is parted where texts write it so, not where one line was broken`(
        together: Int, apart: Int, isFound: Bool
    ) async throws {
        // Of many texts that have both parts the first 200 are looked at, of few all.
        let records =
            (0..<together).map { Self.record("together-\($0)", .english, "Health care in town \($0)") }
            + (0..<apart).map { Self.record("apart-\($0)", .english, "Care for the health of village \($0)") }
            + [Self.record("one", .english, "Rural healthcare")]
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(SearchRequest("healthcare", language: .english))
            #expect(page.notes.contains { $0.code == .compound } == isFound)
            #expect(Set(SearchFixture.ids(page)).isSuperset(of: ["together-0"]) == isFound)
        }
    }

    @Test func `exports hold what pages do, and weight 0 leaves all out`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let request = SearchRequest("noncontributory", language: .english)
            let ids = SearchFixture.ids(try await service.search(request))
            var stream = try await service.records(matching: request)
            var exported: [String] = []
            while let records = try await stream.next() { exported += records.map(\.id.rawValue) }
            #expect(exported == ids)
        }
        var parameters = RankingParameters.standard
        parameters.compoundWeight = 0
        let plan = try QueryPlanner.plan(
            plain: "non-contributory healthcare", language: .english, analyzer: SearchFixture.analyzer,
            parameters: parameters)
        #expect(plan.compounds.isEmpty)
    }
}
