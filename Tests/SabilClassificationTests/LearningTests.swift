import SabilRecords
import Testing

@testable import SabilClassification

@Suite struct LearningTests {
    private static func model(isSingle: Bool = false) throws -> ConceptClassifier {
        try Kind(members: [], isSingle: isSingle).train()
    }

    private static func scores(_ model: ConceptClassifier, _ text: String) throws -> [String: Double] {
        Dictionary(
            try model.suggest(title: "", text: text, language: .english, limit: 0).map { ($0.label, $0.rawScore) },
            uniquingKeysWith: { first, _ in first })
    }

    private static let text = "hospital pension clinic retirement medicine"

    @Test(arguments: [true, false])
    func `an accepted label rises at once`(isSingle: Bool) throws {
        let model = try Self.model(isSingle: isSingle)
        let accepted = TrainingExample(
            id: "r", text: Self.text, language: .english, labels: ["school-meals"], isComplete: false)
        let learnt = try model.learning([accepted]).model
        let before = try Self.scores(model, Self.text)
        let after = try Self.scores(learnt, Self.text)
        #expect(try #require(after["school-meals"]) > #require(before["school-meals"]))
        #expect(learnt.exampleCounts != model.exampleCounts)
    }

    @Test(arguments: [true, false])
    func `a rejected label falls at once, and no other label of several moves`(isSingle: Bool) throws {
        let model = try Self.model(isSingle: isSingle)
        let rejected = TrainingExample(
            id: "r", text: Self.text, language: .english, labels: [], negative: ["health"], isComplete: false)
        let learnt = try model.learning([rejected]).model
        let before = try Self.scores(model, Self.text)
        let after = try Self.scores(learnt, Self.text)
        #expect(try #require(after["health"]) < #require(before["health"]))
        // With one label per document the odds of one are those against all others.
        if !isSingle {
            #expect(after["pensions"] == before["pensions"])
            #expect(after["school-meals"] == before["school-meals"])
        }
        #expect(learnt.exampleCounts == model.exampleCounts, "a rejection is no example")
    }

    @Test func `learning counts as far as the stack weighs a member that learns`() throws {
        let model = try Self.model()
        #expect(model.learningCounts)
        func weighing(_ weigh: (MemberKind) -> (Double, Double)) -> ConceptClassifier {
            var content = model.content
            content.stack.weights = content.stack.members.map { weigh($0).0 }
            content.stack.scarceWeights = content.stack.members.map { weigh($0).1 }
            return ConceptClassifier(manifest: model.manifest, content: content, analyzer: model.analyzer)
        }
        let learns: (MemberKind) -> Bool = {
            [MemberKind.centroid, .complementNaiveBayes, .multinomialNaiveBayes, .meanings].contains($0)
        }
        #expect(!weighing { learns($0) ? (0, 0) : (1, 0) }.learningCounts, "only members that need training")
        #expect(!weighing { learns($0) ? (0, -0.5) : (1, 0) }.learningCounts, "never below nothing")
        #expect(weighing { learns($0) ? (0, 0.5) : (1, 0) }.learningCounts, "for labels of few examples")
        #expect(weighing { learns($0) ? (0.5, -0.5) : (1, 0) }.learningCounts, "for labels of many examples")
    }

    @Test func `counts after learning are those of training on everything with the same features`() throws {
        let all = SmallCorpus.examples(60, isSingle: false)
        var seed: UInt64 = 21
        for round in 0..<4 {
            seed += 1
            var generator = SeededGenerator(seed: seed)
            var examples = all
            for index in examples.indices {
                examples[index].isComplete = generator.nextIndex(below: 3) > 0
                if generator.nextIndex(below: 3) == 0 { examples[index].negative = ["health"] }
            }
            let whole = try Kind(members: MemberKind.allCases, isSingle: false).train(examples)
            let some = examples.filter { _ in generator.nextIndex(below: 2) == 0 }
            let less = try whole.learning([], forgetting: some).model
            let back = try less.learning(some.shuffled(using: &generator)).model
            #expect(less.id != whole.id, "round \(round), seed \(seed)")
            #expect(back.content.counts == whole.content.counts, "round \(round), seed \(seed)")
            #expect(back.id == whole.id, "round \(round), seed \(seed)")
        }
    }

    @Test func `nothing is counted twice, and nothing is taken away that was not there`() throws {
        let model = try Self.model()
        let known = SmallCorpus.examples(60, isSingle: false)[3]
        let stranger = TrainingExample(id: "x", text: "pension", language: .english, labels: ["pensions", "nowhere"])
        #expect(model.hasLearnt(known) && !model.hasLearnt(stranger))
        let outcome = try model.learning([known, stranger, stranger], forgetting: [stranger])
        #expect(outcome.repeated == [known.id, "x"])
        #expect(outcome.unknown == ["x"])
        #expect(outcome.unknownLabels == ["nowhere"])
        #expect((outcome.learnt, outcome.unlearnt) == (1, 0))
        var changed = known
        changed.text += "."
        #expect(try model.learning([], forgetting: [changed]).unknown == [known.id], "not as it was learnt")
    }

    @Test func `a learnt model in memory answers as the saved one does`() throws {
        try TemporaryFolder.with { folder in
            let model = try Self.model()
            let extra = SmallCorpus.examples(8, isSingle: false, seed: 77).map { example in
                var example = example
                example.id = "n" + example.id
                example.isComplete = false
                example.negative = ["school-meals"]
                return example
            }
            let inMemory = try model.learning(extra, isSealed: false).model
            #expect(inMemory.id == model.id)
            let sealed = try model.learning(extra).model
            try sealed.save(to: folder + "/model")
            let back = try ConceptClassifier.load(from: folder + "/model")
            #expect(back.manifest.learnt == .init(added: 8, removed: 0))
            #expect(back.manifest.newerShare == 8.0 / 68)
            for probe in probes {
                let one = try inMemory.suggest(title: probe.title, text: probe.text, language: probe.language)
                let two = try back.suggest(title: probe.title, text: probe.text, language: probe.language)
                #expect(one.map(\.rawScore) == two.map(\.rawScore))
                #expect(one.map(\.evidence) == two.map(\.evidence))
            }
        }
    }
}
