import SabilRecords
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct QueryPatternsTests {
    private static func record(
        _ id: String, _ title: String, _ body: String = "", _ language: Language = .english,
        author: String = "", visibility: Visibility = .public
    ) -> ResourceRecord {
        ResourceRecord(
            id: RecordID(id), type: "news", language: language, title: title, body: body,
            authors: author.isEmpty ? [] : [author], visibility: visibility)
    }

    static let records: [ResourceRecord] = [
        record("social", "Social insurance"), record("societal", "Societal change", "All societal aid."),
        record("sociological", "A survey", "A sociological view of protection.", author: "Ann Robertson"),
        record("woman", "A woman farmer"), record("women", "Women farmers", author: "Ben Robinson"),
        record("promotion", "Promotion of health"), record("ano", "El año fiscal", "", .spanish),
        record("ar", "الحماية الاجتماعية", "", .arabic), record("fr", "L’emploi précaire", "", .french),
        record("4ps", "The 4ps programme"),
        record("hidden", "Sociomedical sociometrical woben", visibility: .unpublished),
    ]

    /// Query, ids found by a reader of what is public, words told, why the row is here.
    static let table: [(query: String, ids: Set<String>, words: Set<String>, reason: String)] = [
        ("soci*al", ["social", "societal", "sociological"], ["social", "societal", "sociological"], "letters within"),
        ("SOCI*AL", ["social", "societal", "sociological"], ["social", "societal", "sociological"], "in any case"),
        ("soci*t*l", ["societal"], ["societal"], "open twice"),
        ("wom?n", ["woman", "women"], ["woman", "women"], "one"),
        ("soci?l", ["social"], ["social"], "one is not several"), ("soci?al", [], [], "nor none"),
        ("*motion", ["promotion"], ["promotion"], "before the word"),
        ("*ciologic*", ["sociological"], ["sociological"], "both"),
        ("*protection", ["sociological"], ["protection"], "a word as it is has the form"),
        ("emp*oi", ["fr"], ["emploi"], "after an elision"), ("pr?caire", ["fr"], ["precaire"], "accents are none"),
        ("l'emp*oi", ["fr"], ["emploi"], "typed with it"), ("préc*ire", ["fr"], ["precaire"], "nor where typed"),
        ("*ano", ["ano"], ["año"], "n stands for ñ"),
        ("an*o fisc*l", ["ano"], ["año", "fiscal"], "where it begins, too"),
        ("الاجتم*ية", ["ar"], ["الاجتماعيه"], "another script"), ("*4ps zz4p*s", ["4ps"], [], "too few letters: words"),
        ("?ps4 wom*en", ["women"], ["women"], ""), ("soci*zzz", [], [], "nothing has it"),
        ("title:soci*al", ["social", "societal"], ["social", "societal"], "in a field"),
        ("author:rob?nson", ["women"], ["robinson"], "of the names only"),
        ("author:rob*son*", ["women", "sociological"], ["robinson", "robertson"], ""),
        ("survey -soci*ical woman", ["woman", "women"], ["sociological"], "left out"),
        ("+soci*al +insurance", ["social"], ["social", "societal", "sociological"], "required beside another"),
        ("(wom?n OR promotion) AND farm*", ["woman", "women"], ["woman", "women"], "within parentheses"),
    ]

    @Test func `words are found by their form, and told`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for row in Self.table {
                let request = SearchRequest(row.query, language: .english, expansion: .none, spelling: .off)
                let page = try await service.search(request)
                #expect(Set(SearchFixture.ids(page)) == row.ids, "\(row.query): \(row.reason)")
                let notes = page.notes.filter { $0.code == .pattern }
                #expect(Set(notes.flatMap(\.names)) == row.words, "\(row.query): \(row.reason)")
                #expect(page.notes.allSatisfy { $0.code != .cutPattern }, "\(row.query)")
                var stream = try await service.records(matching: request)
                var exported: Set<String> = []
                while let records = try await stream.next() { exported.formUnion(records.map(\.id.rawValue)) }
                #expect(exported == row.ids, "export of \(row.query)")
            }
            let none = try await service.search(SearchRequest("soci*zzz", spelling: .off))
            #expect(none.notes.map(\.code) == [.pattern] && none.notes.first?.place == 0..<8)
            var explained = SearchRequest("wom?n farm", expansion: .none)
            explained.explain = true
            let hit = try #require(try await service.search(explained).hits.first { $0.record.id == "women" })
            #expect(hit.highlights.first?.matches.first?.utf8 == 0..<5, "what stands for it is marked")
        }
    }

    @Test func `words of records that the reader may not see are not told, nor counted`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            for query in ["sociom*al", "*ometrical", "wob?n", "title:*medical"] {
                var request = SearchRequest(query, spelling: .off)
                let page = try await service.search(request)
                #expect(page.hits.isEmpty && page.notes.map(\.code) == [.pattern], "\(query)")
                #expect(
                    page.notes.flatMap(\.names).isEmpty && page.notes.allSatisfy { $0.message.hasPrefix("No word") })
                request.visibility = Set(Visibility.allCases)
                #expect(SearchFixture.ids(try await service.search(request)) == ["hidden"], "\(query)")
            }
        }
    }

    @Test func `a form scores as a beginning of the same words does`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            func scores(_ query: String) async throws -> [String: Double] {
                let page = try await service.search(SearchRequest(query, expansion: .none, spelling: .off))
                return Dictionary(page.hits.map { ($0.record.id.rawValue, $0.score) }) { first, _ in first }
            }
            let (form, beginning) = (try await scores("soc?al*"), try await scores("social*"))
            #expect(form == beginning && form.count == 1)
        }
    }

    @Test func `each bound that bites is told, and takes the most frequent words`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            var batches = [Self.records][...]
            _ = try await SearchFixture.indexer(path).rebuild(threads: 2) { () throws(SearchError) in batches.popFirst()
            }
            var parameters = RankingParameters.standard
            parameters.prefixExpansion = 1
            let service = try SearchFixture.service(path, parameters: parameters)
            let page = try await service.search(SearchRequest("soci*al", spelling: .off))
            #expect(page.notes.map(\.code) == [.pattern, .cutPattern] && page.notes.first?.names == ["social"])
            let reader = try IndexReader(path: path)
            let plan = try QueryPlanner.plan(
                "soci*al *tion", language: .english, expansion: .none, expander: nil, filters: nil, taxonomy: nil,
                analyzer: SearchFixture.analyzer)
            func notes(_ limits: QueryPatterns.Limits) throws -> [QueryNote] {
                try QueryPatterns.settle(plan, limits: limits, reader: reader).notes
            }
            let whole = try notes(QueryPatterns.Limits(words: 200))
            #expect(whole.map(\.code) == [.pattern, .pattern])
            let few = try notes(QueryPatterns.Limits(words: 200, terms: 8))
            #expect(few.map(\.code) == [.pattern, .pattern, .cutPattern], "the first form took most of the terms")
            let late = try notes(QueryPatterns.Limits(words: 200, until: .now))
            #expect(late.map(\.code) == [.pattern, .cutPattern, .pattern, .cutPattern])
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 11])
    func `a form matches what a search over all ways of filling it does`(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        /// By the definition: the first open place is tried with every number of letters.
        func matches(_ form: ArraySlice<Character>, _ word: ArraySlice<Character>) -> Bool {
            guard let first = form.first else { return word.isEmpty }
            if first == "*" {
                return (0...word.count).contains { matches(form.dropFirst(), word.dropFirst($0)) }
            }
            guard let letter = word.first else { return false }
            let isLetter = first == "?" || first == letter || (first == "n" && letter == "ñ")
            return isLetter && matches(form.dropFirst(), word.dropFirst())
        }
        for _ in 0..<20_000 {
            let form = (0..<generator.nextIndex(below: 8)).map { _ in
                Array("abnñéح😀**??")[generator.nextIndex(below: 11)]
            }
            let word = (0..<generator.nextIndex(below: 9)).map { _ in Array("abnñéح😀")[generator.nextIndex(below: 7)] }
            #expect(
                WordPattern(String(form)).matches(Array(String(word).utf8)[...]) == matches(form[...], word[...]),
                "seed \(seed): \(String(form)) \(String(word))")
        }
    }
}
