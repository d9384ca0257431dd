import Foundation
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilClassification

/// Models trained with one version of a taxonomy and used with the next.
@Suite struct VocabularyChangeTests {
    private struct Entry {
        var id: String
        var label: String
        var broader: String?
        var replacedBy: String?
        var isRetired = false
    }

    private static let before = [
        Entry(id: "pensions", label: "Pensions"), Entry(id: "health", label: "Health insurance"),
        Entry(id: "school-meals", label: "School meals"),
    ]

    private static func scheme(_ entries: [Entry]) throws -> ConceptScheme {
        var turtle = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix dct: <http://purl.org/dc/terms/> .
            @prefix c: <https://example.org/concept/> .
            <https://example.org/scheme> a skos:ConceptScheme .

            """
        for entry in entries {
            turtle += "c:\(entry.id) a skos:Concept ; skos:inScheme <https://example.org/scheme> ; "
            turtle += "skos:prefLabel \"\(entry.label)\"@en"
            if let broader = entry.broader { turtle += " ; skos:broader c:\(broader)" }
            if entry.isRetired { turtle += " ; owl:deprecated true" }
            if let successor = entry.replacedBy { turtle += " ; dct:isReplacedBy c:\(successor)" }
            turtle += " .\n"
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).ttl")
        try turtle.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try ConceptScheme.load(file: file.path)
    }

    private static func model() throws -> ConceptClassifier {
        try ConceptClassifier.train(
            SmallCorpus.examples(60, isSingle: false), scheme: try scheme(before),
            options: SmallCorpus.options([], task: .multiLabel))
    }

    private static let text = "hospital patients clinic medicine insurance"

    @Test func `the same taxonomy changes nothing`() throws {
        let model = try Self.model()
        let (same, change) = try model.adapted(to: Self.scheme(Self.before))
        #expect(change.isEmpty && change.sentences.isEmpty)
        #expect(same === model)
    }

    @Test func `a retired concept is not suggested, and a new one is said to wait`() throws {
        var after = Self.before
        after[1].isRetired = true
        after.append(Entry(id: "child-grants", label: "Child grants"))
        let (model, change) = try Self.model().adapted(to: Self.scheme(after))
        #expect(change.retired == ["health"])
        #expect(change.added == ["child-grants"])
        #expect(model.suggestible == ["pensions", "school-meals"])
        let found = try model.suggest(title: "", text: Self.text, language: .english, limit: 0)
        #expect(found.map(\.label).sorted() == ["pensions", "school-meals"])
        #expect(change.sentences.contains { $0.contains("trained anew") && $0.contains("child-grants") })
    }

    @Test func `a replaced concept stands under its successor's name, as likely as before`() throws {
        var after = Self.before
        after[1].isRetired = true
        after[1].replacedBy = "health-care"
        after.append(Entry(id: "health-care", label: "Health insurance"))
        let old = try Self.model()
        let (model, change) = try old.adapted(to: Self.scheme(after))
        #expect(change.replaced == ["health": "health-care"])
        #expect(change.added.isEmpty && change.retired.isEmpty)
        let before = try old.suggest(title: "", text: Self.text, language: .english).first
        let best = try model.suggest(title: "", text: Self.text, language: .english).first
        #expect(before?.label == "health" && best?.label == "health-care")
        #expect(best?.rawScore == before?.rawScore)
        var request = SuggestionRequest(text: Self.text, language: .english)
        request.about = ["health-care", "health"]
        let list = try model.suggest(request)
        #expect(list.about.map(\.label) == ["health-care"])
        #expect(list.unknown == ["health"])
    }

    @Test func `of two merged concepts the likelier one speaks, once`() throws {
        var after = Self.before
        after[1].isRetired = true
        after[1].replacedBy = "pensions"
        let old = try Self.model()
        let (model, change) = try old.adapted(to: Self.scheme(after))
        #expect(change.replaced == ["health": "pensions"])
        let found = try model.suggest(title: "", text: Self.text, language: .english, limit: 0)
        #expect(found.map(\.label).sorted() == ["pensions", "school-meals"])
        #expect(found.first?.label == "pensions")
        // The names of health are not looked for any more; what its texts taught stays.
        let health = try #require(try old.suggest(title: "", text: Self.text, language: .english).first)
        let pensions = try old.suggest(title: "", text: Self.text, language: .english, limit: 0)
            .first { $0.label == "pensions" }
        let score = try #require(found.first?.rawScore)
        #expect(try score <= health.rawScore + 1e-9 && score > #require(pensions?.rawScore))
    }

    @Test func `a new name and a new place in the hierarchy hold at once`() throws {
        var after = Self.before
        after[2].label = "Canteen lunches"
        after[2].broader = "health"
        let old = try Self.model()
        let (model, change) = try old.adapted(to: Self.scheme(after))
        #expect(change.renamed == ["school-meals"])
        let text = "A report on canteen lunches"
        let found = try model.suggest(title: "", text: text, language: .english, limit: 0)
        let meals = try #require(found.first { $0.label == "school-meals" })
        #expect(meals.evidence.contains { $0.kind == .label && $0.term == "Canteen lunches" })
        #expect(meals.ancestors == ["health"])
        let before = try old.suggest(title: "", text: text, language: .english, limit: 0)
        #expect(try meals.rawScore > #require(before.first { $0.label == "school-meals" }).rawScore)
    }

    @Test func `a taxonomy that knows no label of the model is refused`() throws {
        let model = try Self.model()
        let other = try Self.scheme([Entry(id: "birds", label: "Birds")])
        #expect { try model.adapted(to: other) } throws: { ($0 as? ModelError)?.code == .otherTaxonomy }
        let unnamed = try Kind(members: [.centroid], isSingle: false).train()
        #expect(throws: ModelError.self) { try unnamed.adapted(to: Self.scheme(Self.before)) }
    }

    @Test func `what is decided about a new name is learnt by the labels it stands for`() throws {
        let scheme = try Self.scheme(
            Self.before.map { entry in
                entry.id == "health"
                    ? Entry(id: "health", label: "Health insurance", replacedBy: "insurance", isRetired: true) : entry
            } + [Entry(id: "insurance", label: "Insurance of patients")])
        let (model, change) = try Self.model().adapted(to: scheme)
        #expect(change.replaced == ["health": "insurance"])
        func score(_ model: ConceptClassifier) throws -> Double {
            var request = SuggestionRequest(text: Self.text, language: .english)
            request.about = ["insurance"]
            return try #require(try model.suggest(request).about.first).rawScore
        }
        let refused = TrainingExample(
            id: "r", text: Self.text, language: .english, labels: [], negative: ["insurance"], isComplete: false)
        let outcome = try model.learning([refused])
        #expect(outcome.unknownLabels.isEmpty && outcome.learnt == 1)
        #expect(try score(outcome.model) < score(model))
        let back = try outcome.model.learning([], forgetting: [refused])
        #expect(try score(back.model) == score(model), "unlearnt from the same labels")
    }
}
