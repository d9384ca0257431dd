import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilClassification

@Suite struct LabelMatcherTests {
    static let names: [LabelName] = [
        LabelName(label: "cash", language: .english, text: "cash transfers"),
        LabelName(label: "cash", language: .french, text: "transferts monétaires"),
        LabelName(label: "cash", language: .spanish, text: "transferencias monetarias"),
        LabelName(label: "cash", language: .arabic, text: "التحويلات النقدية"),
        LabelName(label: "conditional", language: .english, text: "conditional cash transfers"),
        LabelName(label: "pensions", language: .english, text: "pension"),
        LabelName(label: "pensions", language: .french, text: "régime de pension"),
        LabelName(label: "pensions", language: .spanish, text: "pensión"),
        LabelName(label: "migration", language: .english, text: "migration (demography)"),
        LabelName(label: "ilo", language: .english, text: "ILO"),
        LabelName(label: "aid", language: .english, text: "AID"),
        LabelName(label: "poverty", language: .english, text: "poverty"),
        LabelName(label: "social", language: .english, text: "poverty"),
        LabelName(label: "bolsa", language: .undetermined, text: "Bolsa Família"),
    ]

    @Test(arguments: [
        ("A cash transfer for families", Language.english, ["cash"], "a stem matches its plural"),
        ("Conditional cash transfers work", .english, ["conditional"], "the longest name wins over the one inside it"),
        ("Les transferts monétaires", .french, ["cash"], "French name in French"),
        ("Un transfert de fonds", .french, [], "one word of two is no match"),
        ("Las transferencias monetarias", .spanish, ["cash"], "Spanish name in Spanish"),
        ("برنامج التحويلات النقدية للأسر", .arabic, ["cash"], "Arabic name in Arabic"),
        ("التَّحويلات النَّقديّة", .arabic, ["cash"], "vowel marks do not count"),
        ("Les régimes des pensions", .french, ["pensions"], "function words do not count"),
        ("transferts rapides et monétaires", .french, [], "a content word between breaks the name"),
        ("Migration in the region", .english, ["migration"], "the qualifier in brackets may be missing"),
        ("An ILO report", .english, ["ilo"], "an acronym in capitals"),
        ("Humanitarian aid", .english, [], "a word is not the acronym it spells"),
        ("Poverty falls", .english, ["poverty", "social"], "two labels with one name are both found"),
        ("El programa Bolsa Familia en Brasil", .spanish, ["bolsa"], "a foreign name matches by its folded surface"),
        ("", .english, [], "an empty text has no names"),
    ])
    func `names are found`(text: String, language: Language, labels: [String], reason: String) throws {
        let all = Set(Self.names.map(\.label)).sorted()
        var session = Analyzer().makeSession()
        let positions = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, Int32($0)) })
        let matcher = try LabelMatcher(Self.names, labels: positions, session: &session)
        let analysed = try AnalysedText(title: "", text: text, language: language, session: &session)
        let found = matcher.matches(in: analysed, title: "", body: text)
        #expect(Set(found.map { all[Int($0.label)] }).sorted() == labels, "\(reason)")
    }

    private func model() throws -> ConceptClassifier { try ConceptClassifier.train([], labelNames: Self.names) }

    @Test func `names work without a single example, and say where they stand`() throws {
        let text = "Évaluation : les transferts monétaires au Niger"
        let found = try model().suggest(title: text, text: "", language: .french)
        let best = try #require(found.first)
        #expect(best.label == "cash" && best.isSelected)
        let piece = try #require(best.evidence.first { $0.kind == .label })
        #expect(piece.term == "transferts monétaires" && piece.member == .labelMatcher)
        let place = try #require(piece.places.first)
        #expect(place.field == .title)
        #expect(String(decoding: Array(text.utf8)[place.utf8Range], as: UTF8.self) == "transferts monétaires")
        #expect(found.dropFirst().allSatisfy { !$0.isSelected })
    }

    @Test func `title says more than text, often more than once, one meaning more than two`() throws {
        let model = try model()
        func score(_ title: String, _ text: String, _ label: String) throws -> Double {
            let found = try model.suggest(title: title, text: text, language: .english, limit: 0)
            return try #require(found.first { $0.label == label }).rawScore
        }
        let inTitle = try score("Cash transfers", "A report", "cash")
        let inText = try score("A report", "Cash transfers", "cash")
        let twice = try score("A report", "Cash transfers. Cash transfers", "cash")
        #expect(inTitle > inText)
        #expect(twice > inText)
        #expect(try score("A report", "A pension", "pensions") > score("A report", "Poverty", "poverty"))
    }

    @Test func `a wider concept beside a much likelier narrower one explains instead of being selected`() throws {
        let scheme = try ConceptScheme(
            concepts: [
                Concept(
                    id: ConceptID("assistance"), number: ConceptNumber(1), uri: "a", facet: "programme",
                    prefLabels: [.english: "social assistance"]),
                Concept(
                    id: ConceptID("school-meals"), number: ConceptNumber(2), uri: "b", facet: "programme",
                    prefLabels: [.english: "school meals"], broader: [ConceptID("assistance")]),
                Concept(
                    id: ConceptID("old"), number: ConceptNumber(3), uri: "c", facet: "programme",
                    prefLabels: [.english: "dole"], isDeprecated: true),
            ], version: "v1")
        let model = try ConceptClassifier.train([], scheme: scheme)
        #expect(model.labels == ["assistance", "school-meals"])
        let candidates = CandidateScores(labels: [0, 1], scores: [])
        let content = model.content
        #expect(content.implied(among: [0, 1], candidates: candidates, raw: [0.1, 1.2]) == [0: 1])
        #expect(content.implied(among: [0, 1], candidates: candidates, raw: [0.1, 0.2]) == [:], "hardly likelier")
        #expect(
            content.implied(among: [0], candidates: candidates, raw: [0.1, 1.2]) == [:], "the narrower is not selected")
        let narrow = try model.suggest(title: "School meals", text: "", language: .english)
        #expect(narrow.first?.label == "school-meals" && narrow.first?.ancestors == ["assistance"])
        #expect(narrow.map(\.isSelected) == [true, false])
        let alone = try model.suggest(title: "Social assistance", text: "", language: .english)
        #expect(alone.first?.label == "assistance" && alone.first?.isSelected == true)
    }

    @Test func `names help most where examples are few`() throws {
        var examples = SmallCorpus.examples(60, isSingle: false)
        examples.append(
            TrainingExample(id: "x", text: "Nothing to see here", language: .english, labels: ["unemployment"]))
        let names =
            SmallCorpus.names + [LabelName(label: "unemployment", language: .english, text: "unemployment benefit")]
        let model = try ConceptClassifier.train(examples, labelNames: names)
        let best = try model.suggest(
            title: "Unemployment benefits", text: "An unemployment benefit in the country", language: .english
        ).first
        #expect(best?.label == "unemployment")
    }
}
