import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct DiscoveryTests {
    // MARK: Relaxing

    /// Query, steps, the query without them, why.
    static let rewritings: [(query: String, steps: Set<Relaxation.Step>, text: String, reason: String)] = [
        ("\"cash transfers\" kenya", [.phrases], "cash transfers kenya", "quotation marks go"),
        ("cash NEAR/3 food", [.phrases], "cash food", "so does NEAR"),
        ("+cash +food aid", [.requirements], "cash food aid", "nothing is required"),
        ("cash AND food OR aid", [.requirements], "cash food OR aid", "AND goes, OR stays"),
        ("cash -food aid", [.exclusions], "cash aid", "what was left out goes with its minus"),
        ("cash NOT (food OR aid) now", [.exclusions], "cash now", "also in parentheses"),
        ("cash AND NOT food", [.exclusions], "cash", "and with the AND before it"),
        ("cash AND NOT food", [.requirements], "cash AND NOT food", "such an AND requires nothing"),
        ("type:news cash", [.filters], "cash", "a field that filters"),
        ("title:cash type:news", [.requirements], "cash type:news", "a field of words keeps its words"),
        ("title:\"cash aid\"", [.requirements], "\"cash aid\"", "a phrase in a field stays a phrase"),
        ("title:\"cash aid\"", [.phrases], "title:(cash aid)", "or stays in its field"),
        (
            "\"pension reform cash\" -\"cash transfer\"", [.phrases], "pension reform cash -\"cash transfer\"",
            "not what is left out"
        ),
        ("\"pensions cash -children\"", [.phrases], "pensions cash children", "a sign in a phrase is no sign outside"),
        ("\"title:x AND (y* NEAR/2 o'neil)\"", [.phrases], "title x y 2 o'neil", "nor is an operator"),
        ("-title:x cash", [.requirements], "-title:x cash", "a field that is left out stays so"),
        ("cash -type:news", [.filters], "cash -type:news", "so does one that filters"),
        ("+\"a b\"", [.phrases], "+(a AND b)", "what had to be there has to"),
        ("\"a b\" AND c", [.phrases], "(a AND b) AND c", "also before AND"),
        ("+\"A B\" C", [.phrases], "+(A && B) C", "in capitals AND is a word"),
        ("A OR B -c", [.exclusions], "A || B", "what is left in capitals keeps its operators"),
        ("x -a AND b", [.exclusions], "x", "a minus works on all that AND joins"),
        ("x -a NEAR/3 b c", [.exclusions], "x c", "and NEAR"),
        ("x AND NOT NOT a", [.exclusions, .requirements], "x a", "twice left out is not left out"),
        ("+type:news cash", [.filters], "cash", "a plus goes with its field"),
        ("cash AND type:news", [.filters], "cash", "so does an AND"),
        ("\"cash", [.filters], "\"cash", "nothing to give up leaves the query as it is"),
    ]

    @Test(arguments: rewritings.indices) func `asking less is written as`(row: Int) {
        let (query, steps, text, reason) = Self.rewritings[row]
        #expect(QueryRelaxer(query).query(without: steps) == text, "\(query): \(reason)")
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max)])
    func `what was given up cannot be given up again`(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "\"b c\"", "(", ")", "+", "-", "AND", "OR", "NOT", "NEAR/2", "title:x", "type:news", "d*", "+a", "-a",
            "-\"b c\"", "-(a b)",
        ]
        for _ in 0..<500 {
            let query = (0..<Int.random(in: 0...8, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let all = Set(QueryRelaxer(query).steps(hasFilters: false))
            let least = QueryRelaxer(query).query(without: all.union([.phrases, .requirements]))
            let left = QueryRelaxer(least).steps(hasFilters: false)
            #expect(!left.contains(.phrases) && !left.contains(.exclusions), "seed \(seed): \(query) → \(least)")
        }
    }

    /// The words that a query looks for, those apart that must not be there.
    private static func positive(_ tree: QueryTree) -> Set<String> {
        func words(_ text: String) -> Set<String> {
            Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        }
        switch tree {
        case .nothing: return []
        case .words(let text, _), .phrase(let text, _), .prefix(let text, _), .pattern(let text, _): return words(text)
        case .field(_, .words(let text), _), .field(_, .phrase(let text), _), .field(_, .prefix(let text), _),
            .field(_, .pattern(let text), _):
            return words(text)
        case .field: return []
        case .near(let parts, _), .and(let parts), .or(let parts): return Set(parts.flatMap(positive))
        case .group(let required, let optional, _): return Set((required + optional).flatMap(positive))
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 3])
    func `no word that was to be left out is looked for, whatever is given up`(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "#", "\"# #\"", "\"# -#\"", "\"# AND (#\"", "(", ")", "AND", "OR", "NOT", "NEAR/2", "title:#",
            "title:\"# #\"",
            "type:news", "-#", "+#", "+\"# #\"", "-\"# #\"", "-(# #)", "-title:#", "+type:news", "-type:news",
        ]
        for _ in 0..<3_000 {
            // Every word is another one, so that it is known where each came from.
            var number = 0
            let query = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
                (pieces.randomElement(using: &generator) ?? "").map { letter -> String in
                    guard letter == "#" else { return String(letter) }
                    number += 1
                    return "w\(number)"
                }.joined()
            }.joined(separator: " ")
            let before = Self.positive(QueryParser.parse(query).tree)
            let relaxer = QueryRelaxer(query)
            let all = relaxer.steps(hasFilters: false)
            let steps = Set(all.filter { _ in Bool.random(using: &generator) })
            let text = relaxer.query(without: steps)
            let after = Self.positive(QueryParser.parse(text).tree)
            let new = after.subtracting(before)
            #expect(new.isEmpty, "seed \(seed): \(query) without \(steps) → \(text): \(new)")
        }
    }

    private static let records: [ResourceRecord] = [
        ResourceRecord(
            id: "g-en", work: "g", type: "glossary_term", language: .english, title: "Proxy means test",
            abstract: "A way of estimating welfare.", concepts: [ConceptTag("poverty")],
            fields: ["definition": .text("Welfare estimated from traits that are easy to see.")]),
        ResourceRecord(
            id: "g-fr", work: "g", type: "glossary_term", language: .french, title: "Test multidimensionnel des moyens",
            abstract: "Une estimation du niveau de vie."),
        ResourceRecord(
            id: "g-x", type: "glossary_term", language: .english, title: "Hidden herder term",
            abstract: "Nobody sees this.",
            visibility: .unpublished),
        ResourceRecord(
            id: "1", work: "w1", type: "news", language: .english, title: "Proxy means test results in Kenya",
            abstract: "Herders and drought insurance in Kenya, with zebu cattle.", countries: ["KEN"],
            concepts: [ConceptTag("cash-transfers")]),
        ResourceRecord(
            id: "1-fr", work: "w1", type: "news", language: .french, title: "Résultats au Kenya",
            abstract: "Bergers et assurance, zebu.", countries: ["KEN"], concepts: [ConceptTag("cash-transfers")]),
        ResourceRecord(
            id: "2", type: "news", language: .english, title: "Herders sell zebu cattle",
            abstract: "Drought insurance pays herders.", concepts: [ConceptTag("poverty")]),
        ResourceRecord(
            id: "3", type: "news", language: .spanish, title: "Transferencias en Kenia",
            abstract: "Los hogares reciben dinero.", countries: ["KEN"], concepts: [ConceptTag("cash-transfers")]),
        ResourceRecord(
            id: "4", type: "event", language: .english, title: "Fisheries congress", abstract: "About nets and boats."),
        ResourceRecord(
            id: "5", type: "news", language: .english, title: "Zebu cattle of herders, a secret",
            abstract: "Drought insurance pays herders.", visibility: .unpublished),
    ]

    @Test func `an empty answer says what asking less would find, and finds as much`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            var request = SearchRequest(
                "\"insurance drought\" -kenya", language: .english, filters: [Filter(.type, ["event"])],
                expansion: .none)
            #expect(try await service.search(request).hits.isEmpty)
            let page = try await service.search(request)
            #expect(!page.relaxations.isEmpty)
            for relaxation in page.relaxations {
                var asked = request
                asked.text = relaxation.text
                if relaxation.dropsFilters { asked.filters = [] }
                let found = try await service.search(asked)
                #expect(found.total == relaxation.total && found.total.lowerBound > 0, "\(relaxation)")
            }
            // One step is enough here: without quotation marks there is one of the two.
            request.filters = []
            let phrases = try await service.search(request)
            let one = try #require(phrases.relaxations.first)
            #expect(phrases.relaxations.map(\.steps) == [[.phrases]] && one.text.contains("-kenya"))
            request.text = "fisheries"
            request.filters = [Filter(.type, ["news"])]
            let filtered = try await service.search(request)
            let unfiltered = try #require(filtered.relaxations.first)
            #expect(filtered.relaxations.map(\.steps) == [[.filters]] && unfiltered.dropsFilters)
            request.text = "+fisheries +zebu"
            request.filters = []
            #expect(try await service.search(request).relaxations.map(\.steps) == [[.requirements]])
            request.text = "xylophonist"
            #expect(try await service.search(request).relaxations.isEmpty, "nothing helps")
            request.discovery = []
            request.text = "+fisheries +zebu"
            #expect(try await service.search(request).relaxations.isEmpty, "not asked for")
        }
    }

    // MARK: Definitions

    @Test func `a term that is asked for is defined`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            func definitions(_ query: String, _ reader: Language = .english) async throws -> [Definition] {
                let request = SearchRequest(query, discovery: [.definitions], readerLanguage: reader)
                return try await service.search(request).definitions
            }
            for query in ["proxy means test", "What is a proxy means test?", "Proxy means tests"] {
                let found = try await definitions(query)
                #expect(found.map(\.source) == [.record("g-en")], "\(query)")
                #expect(found.first?.text == "Welfare estimated from traits that are easy to see.")
            }
            #expect(try await definitions("proxy means test kenya").isEmpty, "more than the term")
            for query in [
                "\"proxy means\" test", "title:\"proxy means test\"", "proxy means test -kenya", "+proxy means test",
                "proxy means test keny*", "proxy means test type:glossary_term", "title:proxy",
            ] {
                #expect(try await definitions(query).isEmpty, "no term alone: \(query)")
            }
            #expect(try await definitions("\"proxy means test\"").count == 1, "a phrase is a term")
            #expect(try await definitions("proxy").isEmpty, "less than the term")
            #expect(try await definitions("hidden herder term").isEmpty, "what one may not see is not told")
            let notes = try await definitions("cash transfers", .french)
            #expect(notes.map(\.source) == [.concept("cash-transfers")])
            #expect(notes.first?.language == .french || notes.first?.language == .english)
        }
    }

    // MARK: Related concepts

    @Test func `neighbours in the taxonomy and concepts of the hits are told with their counts`() async throws {
        var records = (0..<12).map { number in
            ResourceRecord(
                id: RecordID("h\(number)"), type: "news", language: .english, title: "Locust swarms number \(number)",
                concepts: [ConceptTag("school-feeding")])
        }
        records += (0..<60).map { number in
            ResourceRecord(
                id: RecordID("o\(number)"), type: "news", language: .english, title: "Other matters number \(number)",
                concepts: [ConceptTag("poverty")])
        }
        records.append(
            ResourceRecord(
                id: "x", type: "news", language: .english, title: "Unseen", concepts: [ConceptTag("school-feeding")],
                visibility: .unpublished))
        try await SearchFixture.withService(records) { service in
            let page = try await service.search(SearchRequest("locust swarms", discovery: [.relatedConcepts]))
            let feeding = try #require(page.relatedConcepts.first { $0.id == "school-feeding" })
            #expect(feeding.relation == .frequent && feeding.hits == 12 && feeding.records == 12)
            #expect(page.relatedConceptHits == 12)
            #expect(!page.relatedConcepts.contains { $0.id == "poverty" }, "it is on none of the hits")
            let broad = try #require(SearchFixture.taxonomy.concept("school-feeding")?.broader.first)
            let named = try await service.search(SearchRequest("school feeding", discovery: [.relatedConcepts]))
            #expect(!named.relatedConcepts.contains { $0.id == "school-feeding" }, "what is asked for is no news")
            #expect(named.relatedConcepts.first { $0.relation == .broader }?.id == broad)
        }
    }

    // MARK: Similar records

    @Test func `similar records share words and concepts, across languages, without translations`() async throws {
        try await SearchFixture.withService(Self.records) { service in
            let page = try #require(try await service.similar(to: "1", limit: 10))
            let ids = page.hits.map(\.id.rawValue)
            #expect(ids.contains("2") && ids.contains("3"), "by words, and by concepts in another language: \(ids)")
            #expect(!ids.contains("1") && !ids.contains("1-fr"), "neither itself nor its translation")
            #expect(!ids.contains("5") && !ids.contains("4"), "what one may not see, what has nothing in common")
            for hit in page.hits {
                let sum = hit.explanation.reduce(0) { $0 + $1.contribution }
                #expect(abs(sum - hit.score) < 1e-6, "\(hit.id): the parts add up")
            }
            #expect(page.terms.contains("zebu"))
            #expect(try await service.similar(to: "5") == nil, "a record one may not see is like none")
            #expect(try await service.similar(to: "none") == nil)
            let all = try await service.similar(to: "5", visibility: Set(Visibility.allCases))
            #expect(all?.hits.first?.id == "2")
        }
    }
}
