import Foundation
import SabilClassification
import SabilRecords
import SabilReview

/// Training and suggesting; plain Xapian's analysis of the same text stands for the speed of the machine.
struct ClassificationFigures {
    private static let unitOfSpeed = "TermGenerator over the same text, as a unit of the machine's speed"

    private static let p50 = Subject(name: "suggestion.p50", unit: "ms", beside: [.xapian: unitOfSpeed])
    private static let p99 = Subject(name: "suggestion.p99", unit: "ms", beside: [.xapian: unitOfSpeed])
    private static let training = Subject(name: "training.seconds", unit: "s", beside: [.xapian: unitOfSpeed])
    private static let memory = Subject(name: "training.peak_memory", unit: "MB")

    static var subjects: [Subject] { [p50, p99, training, memory] }

    /// Training takes long: so many rounds of it at most.
    private static let trainingRounds = 3

    static func measure(_ bench: Bench) async throws -> [Figure] {
        let wantsSuggestions = bench.wants(p50.name) || bench.wants(p99.name)
        guard subjects.contains(where: { bench.wants($0.name) }) else { return [] }
        let examples = examples(of: bench.material, quick: bench.settings.quick)
        var figures: [Figure] = []
        var classifier: ConceptClassifier?
        if bench.wants(training.name) {
            var values: [Contestant: [Double]] = [:]
            let analysis = try yardsticks()
            for round in 0..<min(bench.settings.rounds, trainingRounds) {
                for contestant in Sample.turns([.sabil, .xapian], round: round) {
                    bench.tell("training, round \(round + 1): \(contestant.rawValue)")
                    if contestant == .sabil {
                        let started = Clocks.wall
                        classifier = try await ConceptClassifier.trainInBackground(
                            examples, scheme: bench.material.scheme, seed: 1)
                        values[.sabil, default: []].append(Clocks.wall - started)
                    } else {
                        let seconds = try Repetition.seconds(atLeast: 0.3) {
                            for example in examples { try Self.analyse(example, analysis) }
                        }
                        values[.xapian, default: []].append(seconds)
                    }
                }
            }
            figures += training.figures(values)
        }
        if wantsSuggestions {
            let model: ConceptClassifier
            if let classifier {
                model = classifier
            } else {
                bench.tell("training, for suggestions")
                model = try await ConceptClassifier.trainInBackground(examples, scheme: bench.material.scheme, seed: 1)
            }
            figures += try suggestions(model, bench)
        }
        if bench.wants(memory.name) {
            bench.tell("training in a process of its own")
            let worker = Program(
                path: bench.options.itself,
                arguments: ["worker", "train", bench.options.root] + (bench.settings.quick ? ["--quick"] : []))
            let numbers = try worker.run(throughShell: true).numbers()
            figures += memory.figures([.sabil: [(numbers["max_rss_kilobytes"] ?? .nan) * 1.024e-3]])
        }
        return figures
    }

    static func examples(of material: Material, quick: Bool) -> [TrainingExample] {
        let all = TrainingSet(records: material.fixtures, scheme: material.scheme).examples
        return quick ? all.enumerated().filter { $0.offset.isMultiple(of: 5) }.map(\.element) : all
    }

    private static func suggestions(_ model: ConceptClassifier, _ bench: Bench) throws -> [Figure] {
        bench.tell("suggestions")
        let records = bench.material.fixtures.enumerated()
            .filter { $0.offset.isMultiple(of: max(1, bench.material.fixtures.count / bench.settings.queries)) }
            .map(\.element)
        let analysis = try yardsticks()
        var values: [[Contestant: [Double]]] = [[:], [:]]
        for round in -1..<bench.settings.rounds {
            for contestant in Sample.turns([.sabil, .xapian], round: max(0, round)) {
                var milliseconds: [Double] = []
                for record in records {
                    let started = Clocks.wall
                    if contestant == .sabil {
                        _ = try model.suggest(
                            title: record.title, text: record.textToClassify, language: record.language)
                    } else {
                        try Self.analyse(
                            TrainingExample(
                                id: record.id.rawValue, work: record.work.rawValue, title: record.title,
                                text: record.textToClassify, language: record.language, labels: []), analysis)
                    }
                    milliseconds.append((Clocks.wall - started) * 1000)
                }
                guard round >= 0 else { continue }
                values[0][contestant, default: []].append(Sample.median(milliseconds))
                values[1][contestant, default: []].append(Sample.quantile(0.99, of: milliseconds))
            }
        }
        return zip([p50, p99], values).filter { bench.wants($0.0.name) }.flatMap { $0.0.figures($0.1) }
    }

    private static func yardsticks() throws -> [Language: XapianAnalysis] {
        var yardsticks: [Language: XapianAnalysis] = [:]
        for language in Language.known { yardsticks[language] = try XapianAnalysis(language: language.rawValue) }
        return yardsticks
    }

    private static func analyse(_ example: TrainingExample, _ yardsticks: [Language: XapianAnalysis]) throws {
        let yardstick = yardsticks[example.language] ?? yardsticks[.english]
        _ = try yardstick?.terms(in: example.title)
        _ = try yardstick?.terms(in: example.text)
    }
}
