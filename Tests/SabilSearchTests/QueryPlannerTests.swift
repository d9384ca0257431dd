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

    /// A word as planned: the best of its stem (the stem term and the equal word as one) and itself.
    static func word(_ stem: String, _ surface: String) -> QueryNode {
        let group = QueryNode.synonym([.term("Z" + stem), .term(stem)])
        return stem == surface ? group : .max([group, .term(surface)])
    }

    static let cash = word("cash", "cash")
    static let transfers = word("transfer", "transfers")

    /// Query, plan, why the row is here.
    static let table: [(String, QueryNode, String)] = [
        ("", .all, "no words: every record"),
        ("cash transfers", .or([cash, transfers]), "any of the words"),
        ("what transfers", transfers, "a word that only asks leaves"),
        ("what", word("what", "what"), "unless there is nothing else"),
        (
            "the cash", .or([.filter(word("the", "the"), .or([.term("Len"), .term("Lund")])), cash]),
            "function words stay, in their own language"
        ),
        ("cash cash", .scale(2, cash), "a word said twice counts twice"),
        ("\"cash transfers\"", .phrase(["cash", "transfers"], window: 2), "a phrase goes by the words as written"),
        ("+cash transfers", .andMaybe(cash, .or([transfers])), "must, may"),
        ("cash -transfers", .andNot(cash, transfers), "must not"),
        ("-cash", .andNot(.all, cash), "an exclusion alone"),
        ("cash AND transfers", .and([cash, transfers]), "both"),
        ("transf*", .prefix("transf", maxExpansion: 200), "a beginning, bounded"),
        ("type:news cash", .filter(cash, .term("Tnews")), "a filter beside a word"),
        ("type:news", .filter(.all, .term("Tnews")), "a filter alone"),
        ("type:banana cash", .filter(cash, .nothing), "an unknown value matches nothing"),
        ("year:2018..2022", .filter(.all, .valueRange(slot: 0, 2018, 2022)), "years"),
        ("year:2018", .filter(.all, .term("Y2018")), "one year is a term"),
        (
            "author:\"Ana Díaz\"",
            .filter(.phrase(["ana", "diaz"], window: 2), .phrase(["Aana", "Adiaz"], window: 2)),
            "a name in the author field"
        ),
    ]

    @Test(arguments: table.indices) func `a query is planned as`(row: Int) throws {
        let (query, node, reason) = Self.table[row]
        #expect(try Self.plan(query).node == node, "\(query): \(reason)")
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
            guard case .scale(let share, .synonym) = unit.node else {
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
        guard case .scale(150, .synonym) = try #require(concepts.first).node else {
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

    @Test func `labels alone reach no tags`() throws {
        let number = try #require(SearchFixture.taxonomy.concept("school-feeding" as ConceptID)).number
        func terms(_ expansion: Expansion) throws -> Bool {
            try Self.plan("school feeding", expansion: expansion).units.contains { unit in
                guard case .synonym(let parts) = unit.node, unit.kind == .concept else { return false }
                return parts.contains(.term("XA\(number)"))
            }
        }
        #expect(try !terms(.labels))
        #expect(try terms(.concepts))
    }
}
