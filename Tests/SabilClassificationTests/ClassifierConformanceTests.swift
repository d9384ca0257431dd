import SabilAnalysis
import SabilRecords
import Testing

@testable import SabilClassification

/// One member alone, or the stack that is the default, for one label per document or several.
struct Kind: Sendable, CustomTestStringConvertible {
    var members: [MemberKind]
    var isSingle: Bool
    var testDescription: String {
        (members.isEmpty ? "default" : members.map(\.rawValue).joined(separator: "+"))
            + (isSingle ? ", one label" : ", several")
    }

    static let all: [Kind] = ([[]] + MemberKind.allCases.map { [$0] } + [MemberKind.allCases]).flatMap {
        [Kind(members: $0, isSingle: true), Kind(members: $0, isSingle: false)]
    }

    func train(_ examples: [TrainingExample]? = nil, threads: Int = 0, seed: UInt64 = 1) throws -> ConceptClassifier {
        var options = SmallCorpus.options(members, task: isSingle ? .singleLabel : .multiLabel)
        options.threads = threads
        return try ConceptClassifier.train(
            examples ?? SmallCorpus.examples(60, isSingle: isSingle), labelNames: SmallCorpus.names,
            meanings: SmallCorpus.meanings, options: options, seed: seed)
    }
}

let probes: [(title: String, text: String, language: Language)] = [
    ("Pensions for the elderly", "Old-age pension contributions and retirement; a pension of the country.", .english),
    ("Régimes de retraite", "La cotisation vieillesse et l'assurance santé à l’hôpital.", .french),
    ("", "La escuela y el comedor: almuerzo de los alumnos", .spanish),
    ("التأمين الصحي", "المرضى في المستشفى، ودواء من العيادة", .arabic),
    ("zzyzx qwrtp", "xkcd vvvv 12345 ﷽ 🙂", .english),
    ("", "", .undetermined),
    ("\u{0}\u{FFFD}", String(repeating: "pension ", count: 3000), .english),
]

@Suite struct ClassifierConformanceTests {
    @Test(arguments: Kind.all)
    func `a model read back gives the same answers`(kind: Kind) throws {
        try TemporaryFolder.with { folder in
            let model = try kind.train()
            try model.save(to: folder + "/model")
            let back = try ConceptClassifier.load(from: folder + "/model")
            #expect(back.manifest == model.manifest)
            for probe in probes {
                let one = try model.suggest(title: probe.title, text: probe.text, language: probe.language)
                let two = try back.suggest(title: probe.title, text: probe.text, language: probe.language)
                #expect(one == two)
                #expect(!one.isEmpty)
            }
        }
    }

    @Test(arguments: Kind.all)
    func `the same seed gives the same bytes on one thread and on three`(kind: Kind) throws {
        let one = try kind.train(threads: 1)
        let three = try kind.train(threads: 3)
        #expect(try one.content.archive() == three.content.archive())
    }

    @Test(arguments: Kind.all)
    func `the order of examples changes nothing`(kind: Kind) throws {
        let examples = SmallCorpus.examples(60, isSingle: kind.isSingle)
        var generator = SeededGenerator(seed: 3)
        let shuffled = examples.shuffled(using: &generator)
        #expect(shuffled != examples)
        #expect(try kind.train(examples).id == kind.train(shuffled).id)
    }

    @Test(arguments: Kind.all)
    func `scores are finite and confidences rise with them`(kind: Kind) throws {
        let model = try kind.train()
        var seen: [Suggestion] = []
        for probe in probes {
            let suggestions = try model.suggest(
                title: probe.title, text: probe.text, language: probe.language, limit: 0)
            #expect(suggestions.map(\.label).sorted() == model.labels)
            seen += suggestions
        }
        seen.sort { $0.rawScore < $1.rawScore }
        for suggestion in seen {
            #expect(suggestion.rawScore.isFinite && 0...1 ~= suggestion.confidence)
        }
        for (lower, upper) in zip(seen, seen.dropFirst()) { #expect(lower.confidence <= upper.confidence) }
    }

    @Test(arguments: Kind.all)
    func `evidence and members add up to the raw score`(kind: Kind) throws {
        let model = try kind.train()
        for probe in probes {
            for limit in [1, 3, 100] {
                for suggestion in try model.suggest(
                    title: probe.title, text: probe.text, language: probe.language, limit: 0, evidenceLimit: limit)
                {
                    let sum = suggestion.evidence.reduce(0) { $0 + $1.contribution }
                    #expect(abs(sum - suggestion.rawScore) < 1e-6 * max(1, abs(suggestion.rawScore)))
                    #expect(suggestion.members.map(\.member) == model.members)
                    #expect(suggestion.evidence.filter { $0.kind != .rest && $0.kind != .prior }.count <= limit)
                }
            }
        }
    }

    @Test(arguments: Kind.all)
    func `ranges of evidence lie on the words`(kind: Kind) throws {
        let model = try kind.train()
        var session = Analyzer().makeSession()
        var pieces = 0
        for probe in probes {
            for suggestion in try model.suggest(
                title: probe.title, text: probe.text, language: probe.language, evidenceLimit: 100)
            {
                for piece in suggestion.evidence where piece.kind == .word {
                    #expect(!piece.places.isEmpty)
                    for place in piece.places.prefix(3) {
                        let bytes = Array((place.field == .title ? probe.title : probe.text).utf8)
                        let words = String(decoding: bytes[place.utf8Range], as: UTF8.self)
                        let tokens = try session.tokens(in: words, language: probe.language)
                        #expect(tokens.map(\.surface) == [piece.term])
                        pieces += 1
                    }
                }
            }
        }
        #expect(kind.members == [.labelMatcher] || pieces > 0)
    }

    @Test(arguments: Kind.all)
    func `learning and forgetting restores every byte`(kind: Kind) throws {
        let model = try kind.train()
        var extra = SmallCorpus.examples(10, isSingle: kind.isSingle, seed: 99)
        for index in extra.indices {
            // As curators' decisions come: some labels known, some rejected, the rest open.
            extra[index].id = "new\(index)"
            extra[index].isComplete = index % 2 == 0
            if index % 3 == 0 { extra[index].negative = ["health"] }
        }
        guard model.canLearn else {
            #expect { try model.learning(extra) } throws: { ($0 as? ModelError)?.code == .cannotLearn }
            return
        }
        let outcome = try model.learning(extra)
        #expect(outcome.learnt == 10 && outcome.repeated.isEmpty)
        #expect(outcome.model.id != model.id)
        #expect(outcome.model.manifest.learnt == .init(added: 10, removed: 0))
        let back = try outcome.model.learning([], forgetting: extra.reversed())
        #expect(back.unlearnt == 10 && back.unknown.isEmpty)
        #expect(back.model.id == model.id)
        #expect(try back.model.content.archive() == model.content.archive())
        #expect(back.model.manifest == model.manifest)
        for probe in probes {
            #expect(
                try back.model.suggest(title: probe.title, text: probe.text, language: probe.language)
                    == model.suggest(title: probe.title, text: probe.text, language: probe.language))
        }
    }

    @Test func `no examples and no names are refused`() {
        for examples in [[], [TrainingExample(id: "a", text: "a text", labels: [])]] {
            #expect { try ConceptClassifier.train(examples) } throws: {
                ($0 as? ModelError)?.code == .emptyTrainingSet
            }
        }
    }

    @Test(arguments: Kind.all)
    func `one concept alone is suggested, and one example is enough`(kind: Kind) throws {
        for count in [1, 2, 12] {
            let examples = SmallCorpus.examples(count, isSingle: true).map {
                TrainingExample(id: $0.id, text: $0.text, language: $0.language, labels: ["only"])
            }
            var options = SmallCorpus.options(kind.members, task: kind.isSingle ? .singleLabel : .multiLabel)
            options.threads = 1
            let model = try ConceptClassifier.train(examples, options: options)
            for probe in probes {
                let found = try model.suggest(title: probe.title, text: probe.text, language: probe.language)
                #expect(found.map(\.label) == ["only"])
                #expect(found.allSatisfy { $0.rawScore.isFinite && 0...1 ~= $0.confidence })
            }
        }
    }

    @Test(arguments: [true, false])
    func `topics are told apart in all four languages`(isSingle: Bool) throws {
        let model = try Kind(members: [], isSingle: isSingle).train()
        for (label, words) in SmallCorpus.topics.sorted(by: { $0.key < $1.key }) {
            for language in Language.known {
                let text = (words[language] ?? []).prefix(4).joined(separator: " ")
                let best = try model.suggest(title: "", text: text, language: language).first
                #expect(best?.label == label, "\(language) \(text)")
                #expect(best?.isSelected == true, "\(language) \(text)")
            }
        }
    }

    @Test func `a rejected label is a negative for that label only`() throws {
        var examples = SmallCorpus.examples(40, isSingle: false)
        let judged = (0..<12).map {
            TrainingExample(
                id: "j\($0)", text: "garden roses tulips \($0)", language: .english, labels: [], negative: ["health"],
                isComplete: false)
        }
        examples += judged
        let model = try Kind(members: [.linear], isSingle: false).train(examples)
        let found = try model.suggest(title: "", text: "garden roses tulips", language: .english)
        let scores = Dictionary(uniqueKeysWithValues: found.map { ($0.label, $0) })
        let own = { (label: String) in scores[label]?.members.first?.raw ?? 0 }
        #expect(own("health") < own("pensions"))
        #expect(own("health") < own("school-meals"))
    }

    @Test func `options out of range are refused by name`() {
        let broken: [(String, (inout TrainingOptions) -> Void)] = [
            ("folds", { $0.folds = 1 }), ("costs", { $0.costs = [] }), ("costs", { $0.costs = [0] }),
            ("characterGramLength", { $0.characterGramLength = 1 }),
            ("naiveBayesSmoothing", { $0.naiveBayesSmoothing = 0 }),
            ("naiveBayesScaling", { $0.naiveBayesScaling = .nan }), ("members", { $0.members = [.linear, .linear] }),
            ("minimumDocumentFrequency", { $0.minimumDocumentFrequency = -1 }), ("threads", { $0.threads = -1 }),
        ]
        for (name, change) in broken {
            var options = TrainingOptions()
            change(&options)
            #expect { try options.check() } throws: {
                let error = $0 as? ModelError
                return error?.code == .invalidOptions && error?.message.hasPrefix(name + " ") == true
            }
        }
    }

    @Test func `training in the background gives the same model`() async throws {
        let examples = SmallCorpus.examples(30, isSingle: true)
        let options = SmallCorpus.options([.linear])
        let here = try ConceptClassifier.train(examples, options: options)
        let there = try await ConceptClassifier.trainInBackground(examples, options: options)
        #expect(here.id == there.id)
    }

    @Test func `many documents at once get what each gets alone`() throws {
        let model = try Kind(members: [], isSingle: false).train()
        let documents = SmallCorpus.examples(70, isSingle: false, seed: 8)
        let together = try model.suggestions(for: documents, limit: 3, threads: 3)
        #expect(together.count == documents.count)
        for (document, suggestions) in zip(documents, together) {
            let alone = try model.suggest(
                title: document.title, text: document.text, language: document.language, limit: 3, evidenceLimit: 0)
            #expect(alone == suggestions)
        }
    }
}
