import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing
import XapianIndex

@testable import SabilSearch

@Suite struct QueryPlannerTests {
    static let filters = FilterPlanner(
        taxonomy: SearchFixture.taxonomy, contentTypes: SearchFixture.contentTypes,
        tags: TagIndex(SearchFixture.taxonomy, analyzer: SearchFixture.analyzer), analyzer: SearchFixture.analyzer)
    static let expander = ConceptExpander(SearchFixture.taxonomy, analyzer: SearchFixture.analyzer)

    static func plan(
        _ query: String, _ language: Language? = .english, expansion: Expansion = .none
    ) throws -> QueryPlan {
        try QueryPlanner.plan(
            query, language: language, expansion: expansion, expander: expander, filters: filters,
            taxonomy: SearchFixture.taxonomy, analyzer: SearchFixture.analyzer)
    }

    /// A word as planned: the best of its stems, the query's language first.
    static func word(_ stems: String...) -> QueryNode {
        let terms = stems.map { QueryNode.term("Z" + $0) }
        return terms.count == 1 ? terms[0] : .max(terms)
    }

    static func reaches(_ country: ConceptID) -> QueryNode {
        .term(IndexSchema.reaches(SearchFixture.taxonomy.concept(country)?.number ?? ConceptNumber(0)))
    }

    static let cash = word("cash")
    static let transfers = word("transfer", "transfers", "transf")

    /// Query, plan, why the row is here.
    static let table: [(String, QueryNode, String)] = [
        ("", .all, "no words: every record"),
        ("cash transfers", .or([cash, transfers]), "any of the words"),
        ("what transfers", transfers, "a word that only asks leaves"),
        ("what", word("what"), "unless there is nothing else"),
        (
            "the cash", .or([.filter(word("the"), .valueIn(slot: IndexSchema.Slot.language, ["en", "und"])), cash]),
            "function words stay, in their own language"
        ),
        ("cash cash", .scale(2, cash), "a word said twice counts twice"),
        (
            "\"cash transfers\"", .stream(.phrase(["cash", "transfers"]), [.term("cash"), .term("transfers")]),
            "a phrase goes by the words as written"
        ),
        ("\"transfers\"", .term("transfers"), "a quoted word is its own form"),
        (
            "title:transfers", .filter(transfers, .or([.term("ZStransfer"), .term("ZStransfers"), .term("ZStransf")])),
            "a word in the title, in any form"
        ),
        ("+cash transfers", .andMaybe(cash, .or([transfers])), "must, may"),
        ("cash -transfers", .andNot(cash, transfers), "must not"),
        ("-cash", .andNot(.all, cash), "an exclusion alone"),
        ("cash AND transfers", .and([cash, transfers]), "both"),
        ("migra*", .prefix("migra", maxExpansion: 200), "a beginning, bounded"),
        (
            "transf*", .or([.prefix("transf", maxExpansion: 200), .prefix("trañsf", maxExpansion: 200)]),
            "each n may be ñ"
        ),
        (
            "covid-soc*", .and([.term("covid"), .prefix("soc", maxExpansion: 200)]),
            "a hyphen parts words: those before the last must match"
        ),
        (
            "COVID-19-soc*", .and([.term("covid"), .term("19"), .prefix("soc", maxExpansion: 200)]),
            "each of them"
        ),
        ("covid-19*", .or([word("covid"), word("19")]), "a last word without two letters is no beginning"),
        ("l'éduc*", .prefix("educ", maxExpansion: 200), "what elision leaves before a word is none"),
        (
            "title:covid-soc*",
            .and([
                .filter(.term("covid"), .term("Scovid")),
                .filter(.prefix("soc", maxExpansion: 200), .prefix("Ssoc", maxExpansion: 200)),
            ]),
            "and in a field, where all must stand"
        ),
        (
            "title:COVID-1*",
            .and([
                .filter(word("covid"), .or([.term("ZScovid")])), .filter(word("1"), .or([.term("ZS1")])),
            ]), "with the same rule"
        ),
        ("country:\"Taiwan, China\"", .filter(.all, reaches("TWN")), "a value in quotation marks is one value"),
        ("country:KEN,MAR", .filter(.all, .or([reaches("KEN"), reaches("MAR")])), "commas part others"),
        (
            "organisation:\"Foreign, Commonwealth and Development Office\"",
            .filter(.all, .term(IndexSchema.organisation("organisation-fcdo"))), "an organisation with a comma"
        ),
        (
            "organisation:\"World Bank, Independent Evaluation Group\"",
            .filter(.all, .term(IndexSchema.organisation("world bank independent evaluation group"))),
            "one that the taxonomy lacks"
        ),
        ("type:news cash", .filter(cash, .term("Tnews")), "a filter beside a word"),
        ("type:news", .filter(.all, .term("Tnews")), "a filter alone"),
        ("type:banana cash", .filter(cash, .nothing), "an unknown value matches nothing"),
        ("year:2018..2022", .filter(.all, .valueRange(slot: 0, 2018, 2022)), "years"),
        ("year:2018", .filter(.all, .term("Y2018")), "one year is a term"),
        (
            "author:\"Ana Díaz\"",
            .filter(
                .and([.term("ana"), .term("diaz")]),
                .stream(.phrase(["ana", "diaz"], in: .markedFields), [.term("Aana"), .term("Adiaz")])),
            "a name in the author field"
        ),
    ]

    @Test(arguments: table.indices) func `a query is planned as`(row: Int) throws {
        let (query, node, reason) = Self.table[row]
        let planned = try Self.plan(query).node
        #expect(planned == node, "\(query): \(reason); planned is \(planned)")
    }

    @Test func `an undetermined query tries the stems of all languages it may be in, each once`() throws {
        let plan = try Self.plan("pensions", nil)
        let word = try #require(plan.runs.first?.first)
        #expect(word.surface == "pensions")
        #expect(word.stems.count == Set(word.stems).count && !word.stems.isEmpty)
        #expect(plan.units.count == 1)
    }

    @Test func `nothing of an excluded part is marked, expanded or scored`() throws {
        let plan = try Self.plan("rain -\"school feeding\" -pensions", expansion: .concepts)
        #expect(plan.marks.surfaces == ["rain"] && plan.marks.phrases.isEmpty)
        #expect(plan.runs.joined().map(\.surface) == ["rain"])
        #expect(!plan.notes.contains { $0.concepts.contains("school-feeding") })
    }

    /// Query, language, concepts recognised, why the row is here.
    static let recognitions: [(String, Language?, [ConceptID], String)] = [
        ("cash transfers", .english, ["cash-transfers"], "a preferred label"),
        ("transferencias monetarias condicionadas", .spanish, ["conditional-cash-transfers"], "the longest name wins"),
        ("الحماية الاجتماعية في مصر", .arabic, ["social-protection", "EGY"], "a concept and a country"),
        ("school feeding en Bolivie", .french, ["school-feeding", "BOL"], "names of other languages than the query's"),
        ("Banque mondiale", .french, ["organisation-world-bank"], "an organisation"),
        ("the it as", .english, [], "function words are no names"),
        ("rain", .english, [], "no name"),
    ]

    @Test(arguments: recognitions.indices) func `names are recognised in`(row: Int) throws {
        let (query, language, concepts, reason) = Self.recognitions[row]
        let plan = try Self.plan(query, language, expansion: .labels)
        let found = plan.notes.filter { $0.code == .expanded }
        #expect(found.flatMap(\.concepts) == concepts, "\(query): \(reason)")
        #expect(plan.units.count { $0.kind == .concept } == concepts.count)
        for note in found { #expect((note.place?.upperBound ?? 0) <= query.utf8.count) }
    }

    @Test func `an ambiguous form shares its weight`() throws {
        let plan = try Self.plan("cash for work", expansion: .labels)
        let note = try #require(plan.notes.first { $0.code == .expanded })
        #expect(Set(note.concepts) == ["cash-for-work", "public-works"])
        for unit in plan.units where unit.kind == .concept {
            guard case .scale(let share, .term) = unit.node else {
                Issue.record("\(unit.node)")
                continue
            }
            #expect(share == 0.5)
        }
    }

    @Test func `a name said again counts again, as one node`() throws {
        let plan = try Self.plan(String(repeating: "school feeding ", count: 150), expansion: .labels)
        let concepts = plan.units.filter { $0.kind == .concept }
        #expect(concepts.count == 1)
        guard case .scale(150, .term) = try #require(concepts.first).node else {
            Issue.record("\(concepts)")
            return
        }
        #expect(plan.notes.count { $0.code == .expanded } == 1)
    }

    @Test func `beginnings beyond the limit are left out and told`() throws {
        let most = RankingParameters.standard.maximumPrefixes
        let query = (0..<most + 3).map { "word\($0)*" }.joined(separator: " ")
        let plan = try Self.plan(query)
        #expect(plan.units.count == most)
        #expect(plan.notes.count { $0.code == .cutQuery } == 1)
    }

    @Test(arguments: [
        ("covid-19*", 0..<8), ("COVID-1*", 0..<7), ("rain title:covid-19*", 5..<10), ("l'a*", 0..<3),
    ])
    func `a beginning is told where its last word has not letters enough`(_ query: String, _ place: Range<Int>) throws {
        let notes = try Self.plan(query).notes.filter { $0.code == .shortPrefix }
        #expect(notes.map(\.place) == [place])
    }

    @Test func `a beginning of several words is marked as each of them is`() throws {
        let marks = try Self.plan("non-contrib*").marks
        #expect(marks.surfaces == ["non"] && marks.prefixes == ["contrib", "coñtrib"])
        #expect(try Self.plan("rain -non-contrib*").marks.surfaces == ["rain"])
    }

    @Test(arguments: ["title:(", "abstract:(", "("])
    func `words in parentheses are counted with the others`(_ open: String) throws {
        let words = (0..<3_000).map { "w\($0)x" }
        let plan = try Self.plan(open + words.joined(separator: " ").prefix(9_000) + ") rain")
        #expect(plan.words.count == RankingParameters.standard.maximumWords)
        #expect(plan.notes.filter { $0.code == .cutQuery }.count == 1)
    }

    @Test func `labels alone reach no tags`() throws {
        let number = try #require(SearchFixture.taxonomy.concept("school-feeding" as ConceptID)).number
        func nodes(_ expansion: Expansion) throws -> [QueryNode] {
            try Self.plan("school feeding", expansion: expansion).units.filter { $0.kind == .concept }.map(\.node)
        }
        #expect(try nodes(.labels) == [.term("XN\(number)")])
        #expect(try nodes(.concepts) == [.synonym(["XN", "XA", "XB"].map { .term("\($0)\(number)") })])
    }
}
