import SabilAnalysis
import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilClassification

@Suite("Words that mean the same carry what was learnt into other languages")
struct MeaningTests {
    /// Texts of one language on one topic each.
    private static func examples(_ language: Language, count: Int = 60) -> [TrainingExample] {
        SmallCorpus.examples(count * 6, isSingle: true).filter { $0.language == language }.prefix(count).map { $0 }
    }

    private static func train(
        _ examples: [TrainingExample], meanings: [WordEquivalents], task: TrainingOptions.Task
    ) throws -> ConceptClassifier {
        try ConceptClassifier.train(examples, meanings: meanings, options: SmallCorpus.options([], task: task))
    }

    @Test(
        "what English texts taught is found in Arabic ones", arguments: [TrainingOptions.Task.singleLabel, .multiLabel])
    func foundAbroad(task: TrainingOptions.Task) throws {
        let examples = Self.examples(.english)
        let model = try Self.train(examples, meanings: SmallCorpus.meanings, task: task)
        let without = try Self.train(examples, meanings: [], task: task)
        #expect(model.members.contains(.meanings) && !without.members.contains(.meanings))
        for (label, words) in SmallCorpus.topics.sorted(by: { $0.key < $1.key }) {
            let text = (words[.arabic] ?? []).prefix(4).joined(separator: " ")
            let request = SuggestionRequest(title: "", text: text, language: .undetermined)
            let list = try model.suggest(request)
            #expect(list.language == .arabic, "found from the text")
            let best = try #require(list.suggestions.first)
            #expect(best.label == label, "\(text)")
            // The words themselves are told, where they stand, and they add up.
            let told = best.evidence.filter { $0.kind == .word && $0.contribution > 0 }
            #expect(told.count > 1 && told.allSatisfy { !$0.places.isEmpty })
            let sum = best.evidence.reduce(0) { $0 + $1.contribution }
            #expect(abs(sum - best.rawScore) < 1e-9)
            let blind = try without.suggest(title: "", text: text, language: .arabic)
            #expect(blind.allSatisfy { $0.evidence.allSatisfy { $0.kind != .word } }, "no word of it is known")
        }
    }

    @Test("a meaning of several words is one piece of evidence, told whole")
    func phrases() throws {
        let social: [Language: [String]] = [
            .english: ["safety net of last resort"], .french: ["filet de sécurité de dernier recours"],
        ]
        let examples = (0..<12).map { index in
            TrainingExample(
                id: "e\(index)",
                text: index % 2 == 0 ? "A safety net of last resort in the country" : "Roads of the country",
                language: .english, labels: [index % 2 == 0 ? "assistance" : "transport"])
        }
        let model = try Self.train(examples, meanings: [WordEquivalents(forms: social)], task: .singleLabel)
        let text = "Le filet de sécurité de dernier recours"
        let best = try #require(try model.suggest(title: "", text: text, language: .french).first)
        #expect(best.label == "assistance")
        let piece = try #require(best.evidence.first { $0.kind == .phrase })
        #expect(piece.term == "filet de securite de dernier recours")
        let place = try #require(piece.places.first)
        #expect(String(decoding: Array(text.utf8)[place.utf8Range], as: UTF8.self) == String(text.dropFirst(3)))
    }

    @Test("forms of a language are looked for in its texts only, proper names in all")
    func ownLanguage() throws {
        // French "chat" is a cat; English "chat" is none.
        let meanings = [
            WordEquivalents(forms: [.english: ["cat"], .french: ["chat"]]),
            WordEquivalents(forms: [.undetermined: ["Bolsa Família"]]),
        ]
        var session = Analyzer().makeSession()
        let matcher = try MeaningReader.matcher(meanings, session: &session)
        func found(_ text: String, _ language: Language) throws -> [Int] {
            let read = try AnalysedText(title: "", text: text, language: language, session: &session)
            return MeaningReader.occurrences(in: read, title: "", body: text, matcher: matcher).map { Int($0.key >> 1) }
        }
        #expect(try found("un chat", .french) == [0])
        #expect(try found("a chat", .english) == [])
        #expect(try found("three cats", .english) == [0])
        for language in Language.known { #expect(try found("Bolsa Família", language) == [1], "\(language)") }
    }

    /// label, own examples, all examples, what is to come out, why
    private static let foreignness: [(own: Int, all: Int, value: Double, reason: String)] = [
        (0, 0, 0, "nothing is known anywhere"),
        (0, 100, 1 - 3.0 / 28, "a hundred, none of them here"),
        (0, 4, 1 - 3.0 / 4, "a quarter of four is one"),
        (25, 100, 0, "its share"),
        (60, 100, 0, "more than its share"),
        (5, 100, 3.0 / 8 - 3.0 / 28, "a fifth of its share"),
    ]

    @Test("a label is foreign to a language as far as its share of examples is wanting")
    func foreign() {
        for row in Self.foreignness {
            var counts = LanguageCounts(labelCount: 2)
            for _ in 0..<row.own { counts.add([1], language: .arabic) }
            for _ in row.own..<row.all { counts.add([1], language: .english) }
            let value = counts.foreignness(label: 1, language: .arabic)
            #expect(abs(value - row.value) < 1e-12, "\(row.reason): \(value)")
            #expect(counts.foreignness(label: 0, language: .arabic) == 0, "another label")
            #expect(counts.foreignness(label: 1, language: .undetermined) == 0)
            // Half of it where the text is known, all of it where nothing is.
            #expect(counts.moved([1], language: .arabic, known: 0.6) == [value / 2])
            #expect(counts.moved([1], language: .arabic, known: 0) == [value])
        }
    }

    @Test("words pass a share of their weight on to meanings, and nothing is lost")
    func weightsAbroad() {
        var stack = Stack(
            untrained: [.linear, .labelMatcher, .centroid, .meanings], isSingleLabel: false, exampleCounts: [3])
        stack.weights = [2, 1, 0.5, 0.25]
        #expect(stack.weights(scarcity: 0, moved: 0) == [2, 1, 0.5, 0.25])
        #expect(stack.weights(scarcity: 0, moved: 0.5) == [1, 1, 0.25, 1.5])
        #expect(stack.weights(scarcity: 0, moved: 0.25) == [1.5, 1, 0.375, 0.875])
        var wordsOnly = Stack(untrained: [.linear, .centroid], isSingleLabel: false, exampleCounts: [3])
        wordsOnly.weights = [2, 1]
        #expect(wordsOnly.weights(scarcity: 0, moved: 1) == [2, 1], "nobody to pass it on to")
    }

    @Test("a fit without a member gives it no weight and is the fit of the others")
    func frozen() throws {
        func stack(_ members: [MemberKind], frozen: Set<MemberKind>) throws -> Stack {
            var generator = SeededGenerator(seed: 12)
            var table = ScoreTable()
            for document in 0..<200 {
                let right = generator.nextIndex(below: 3)
                let scores = members.map { _ in
                    (0..<3).map { ($0 == right ? 1 : 0) + generator.nextUnit() }
                }
                table.rows.append(
                    ScoreTable.Row(
                        scores: CandidateScores(labels: [0, 1, 2], scores: scores),
                        truth: (0..<3).map { $0 == right ? .fits : .doesNot }, scarcity: [0.5, 0.1, 0.2],
                        missedPositives: 0, half: document % 2))
            }
            var stack = Stack(untrained: members, isSingleLabel: true, exampleCounts: [9, 9, 9])
            try stack.fit(table, frozen: frozen, seed: 1)
            return stack
        }
        let both = try stack([.linear, .meanings], frozen: [])
        let one = try stack([.linear, .meanings], frozen: [.meanings])
        #expect(both.weights[1] > 0.1)
        #expect(one.weights[1] == 0 && one.scarceWeights[1] == 0)
        #expect(one.weights[0] > both.weights[0], "it has to say what two said")
    }

    @Test("a model of layout 2 has no meanings and calls no language foreign")
    func olderLayout() throws {
        let model = try Kind(members: [.linear, .centroid], isSingle: false).train()
        var bytes = try model.content.archive()
        // The layout's number follows the magic; the section that layout 2 had not is renamed away.
        bytes[8] = 2
        let name = Array("examples.languages".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[start] = UInt8(ascii: "E")
        let content = try ModelContent(WeightsReader(bytes, operation: "test"), operation: "test")
        #expect(content.meanings == nil && content.languageCounts == LanguageCounts(labelCount: content.labels.count))
        // It learns and unlearns as it did, and what it then writes can be read.
        let old = ConceptClassifier(manifest: model.manifest, content: content, analyzer: model.analyzer)
        let less = try old.learning([], forgetting: [SmallCorpus.examples(60, isSingle: false)[0]]).model
        let back = try ModelContent(WeightsReader(less.content.archive(), operation: "test"), operation: "test")
        #expect(back.exampleCounts == less.exampleCounts)
    }
}
