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
    ])
    func `a rule that means nothing is refused by name`(_ text: String, _ says: String) {
        #expect {
            try SuggestionRules(text).allowed(among: Self.labels, scheme: nil)
        } throws: {
            let error = $0 as? ModelError
            return error?.code == .invalidRules && error?.message.contains(says) == true
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
