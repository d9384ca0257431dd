import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilClassification

@Suite struct SuggestionRulesTests {
    private static let labels = ["health", "pensions", "school-meals"]

    @Test(arguments: [
        ("", ["health", "pensions", "school-meals"], "no rule keeps nothing out"),
        ("exclude=health", ["pensions", "school-meals"], "one label"),
        ("exclude=*,include=pensions", ["pensions"], "of two rules about a label the later one holds"),
        ("include=pensions,exclude=*", [], "and in the other order none is left"),
        ("exclude=health|pensions", ["school-meals"], "several names"),
        (" exclude = * , include = health ", ["health"], "blanks do not matter"),
        ("exclude_branch=health", ["pensions", "school-meals"], "without a taxonomy a branch is the label alone"),
    ])
    func `rules are read from left to right`(_ text: String, _ expected: [String], _ reason: String) throws {
        #expect(
            try SuggestionRules(text).allowed(among: Self.labels, scheme: nil) == Set(expected), "\(reason)")
    }

    @Test(arguments: [
        ("exclude", "no rule"), ("exclude=", "no rule"), ("exclud=health", "did you mean exclude?"),
        ("exclude=helth", "did you mean \"health\"?"), ("exclude_facet=theme", "no facet"),
        ("exclude_scheme=theme", "no taxonomy"), ("include_type=Place", "no type"),
        ("exclude_collectoin=x", "did you mean exclude_collection?"),
    ])
    func `a rule that means nothing is refused by name`(_ text: String, _ says: String) {
        #expect {
            try SuggestionRules(text).allowed(among: Self.labels, scheme: nil)
        } throws: {
            let error = $0 as? ModelError
            return error?.code == .invalidRules && error?.message.contains(says) == true
        }
    }

    private static let scheme = Result {
        try ConceptScheme(
            concepts: [
                Concept(
                    id: ConceptID("health"), number: ConceptNumber(1), uri: "http://x.org/health", facet: "theme",
                    types: [Concept.skosType, "http://x.org/meta#Individual"],
                    collections: ["http://x.org/c/common", "http://x.org/c/social"]),
                Concept(
                    id: ConceptID("pensions"), number: ConceptNumber(2), uri: "http://x.org/pensions", facet: "branch",
                    types: [Concept.skosType, "http://y.org/Individual"], collections: ["http://x.org/c/common"]),
                Concept(id: ConceptID("school-meals"), number: ConceptNumber(3), uri: "http://x.org/school-meals"),
                Concept(
                    id: ConceptID("old"), number: ConceptNumber(4), uri: "http://x.org/old", facet: "theme",
                    isDeprecated: true),
            ], facets: [Facet(id: "theme", labels: [:]), Facet(id: "branch", labels: [:])])
    }

    @Test(arguments: [
        ("exclude_scheme=theme", ["pensions", "school-meals"], "a scheme is a facet"),
        ("exclude_scheme=http://x.org/scheme/theme", ["pensions", "school-meals"], "by the URI of Annif's vocabulary"),
        ("exclude_facet=theme", ["pensions", "school-meals"], "in our word"),
        ("exclude=*,include_type=http://y.org/Individual", ["pensions"], "a type by its URI"),
        ("exclude_type=Concept", [], "every concept has that type"),
        ("exclude_collection=social", ["pensions", "school-meals"], "a collection by its name"),
        ("exclude=*,include_collection=social|common,exclude=health", ["pensions"], "several, then one label"),
    ])
    func `schemes, types and collections are named as Annif does`(
        _ text: String, _ expected: [String], _ reason: String
    ) throws {
        let allowed = try SuggestionRules(text).allowed(among: Self.labels, scheme: try Self.scheme.get())
        #expect(allowed == Set(expected), "\(reason)")
    }

    @Test(arguments: [
        ("exclude_type=Individual", "write its URI"), ("exclude_type=Place", "there are: http://www.w3.org/2004"),
        ("exclude_collection=rare", "there are: http://x.org/c/common, http://x.org/c/social."),
        ("include_scheme=other", "there are:"), ("exclude_collection=http://other.org/social", "there are:"),
    ])
    func `a scheme, type or collection that is none is refused with those there are`(_ text: String, _ says: String) {
        #expect {
            try SuggestionRules(text).allowed(among: Self.labels, scheme: try Self.scheme.get())
        } throws: {
            ($0 as? ModelError)?.message.contains(says) == true
        }
    }

    @Test func `what a rule keeps out is not suggested, but can be asked about`() throws {
        let model = try Kind(members: [], isSingle: false).train()
        var request = SuggestionRequest(text: "hospital patients clinic medicine insurance", language: .english)
        let before = try model.suggest(request)
        #expect(before.suggestions.first?.label == "health" && before.suggestions.first?.rank == 1)
        request.allowed = try SuggestionRules("exclude=health").allowed(among: model.labels, scheme: nil)
        request.about = ["health", "school-meals", "nowhere"]
        let list = try model.suggest(request)
        #expect(list.suggestions.map(\.label).sorted() == ["pensions", "school-meals"])
        #expect(list.about.map(\.label) == ["health", "school-meals"])
        #expect(list.about.first?.rank == nil && list.about.first?.zone == .leaveOut)
        #expect(list.about.first?.rawScore == before.suggestions.first?.rawScore)
        #expect(list.about.last?.rank == 2 || list.about.last?.rank == 1)
        #expect(list.unknown == ["nowhere"])
        for suggestion in list.about {
            let sum = suggestion.evidence.reduce(0) { $0 + $1.contribution }
            #expect(abs(sum - suggestion.rawScore) < 1e-6 * max(1, abs(suggestion.rawScore)))
        }
    }

    @Test func `rules of a model hold whatever a request allows`() throws {
        try TemporaryFolder.with { folder in
            let options = SmallCorpus.options([], task: .multiLabel)
            let model = try ConceptClassifier.train(
                SmallCorpus.examples(40, isSingle: false), labelNames: SmallCorpus.names, options: options,
                rules: try SuggestionRules("exclude=health"))
            #expect(model.manifest.excluded == ["health"])
            try model.save(to: folder + "/model")
            let back = try ConceptClassifier.load(from: folder + "/model")
            var request = SuggestionRequest(text: "hospital patients clinic", language: .english)
            request.allowed = ["health", "pensions"]
            #expect(try back.suggest(request).suggestions.map(\.label) == ["pensions"])
        }
    }
}
