import Foundation
import SabilClassification
import SabilEvaluation
import SabilRecords
import Testing

@testable import SabilExperiments

/// Curves of how good a classifier gets with how many examples.
struct LearningCurveTests {
    private static let words = [
        "pension": "old age retirement contributory elderly", "school": "meals pupils classroom feeding lunch",
        "cash": "transfer household poor payment mobile", "health": "insurance clinic hospital care premium",
    ]

    /// Examples of four labels, the first with far more than the others; words of the label among others.
    private static func entries(_ count: Int, seed: UInt64) throws -> String {
        var random = SeededGenerator(seed: seed)
        let labels = words.keys.sorted()
        let noise = "the programme report of a country in year new study with data from survey".split(separator: " ")
        return (0..<count).map { place in
            let label = place % 3 == 0 ? labels[0] : labels[random.nextIndex(below: labels.count)]
            let own = (words[label] ?? "").split(separator: " ")
            let text = (0..<12).map { _ in
                random.nextIndex(below: 4) == 0
                    ? own[random.nextIndex(below: own.count)] : noise[random.nextIndex(below: noise.count)]
            }
            return
                #"{"_id": "\#(seed)-\#(place)", "title": "", "text": "\#(text.joined(separator: " "))", "lang": "en", "#
                + #""labels": ["\#(label)"]}"# + "\n"
        }.joined()
    }

    private static func trial() throws -> ClassificationTrial {
        func read(_ text: String) throws -> [BEIREntry] {
            let path = FileManager.default.temporaryDirectory.appending(path: "sabil-curve-\(UUID().uuidString).jsonl")
            try Data(text.utf8).write(to: path)
            defer { try? FileManager.default.removeItem(at: path) }
            return try BEIRReader.all(of: path.path)
        }
        return ClassificationTrial(
            training: try read(entries(200, seed: 1)), test: try read(entries(80, seed: 2)), scheme: nil)
    }

    @Test func aPartHoldsSoManyOfEachLabelAndGrows() throws {
        let trial = try Self.trial()
        var before: Set<String> = []
        for step in [1, 5, 20, 1000] {
            let part = trial.examples(perLabel: step, seed: 7)
            for label in Set(trial.examples.flatMap(\.labels)) {
                let whole = trial.examples.count { $0.labels.contains(label) }
                // One label each: no label has more than was asked for.
                #expect(part.count { $0.labels.contains(label) } == min(step, whole), "\(label) at \(step)")
            }
            let ids = Set(part.map(\.id))
            #expect(before.isSubset(of: ids), "a larger part holds the smaller one")
            before = ids
            #expect(part.map(\.id) == trial.examples.map(\.id).filter(ids.contains), "in the examples' order")
        }
        #expect(before.count == trial.examples.count)
        #expect(trial.examples(perLabel: 5, seed: 7).map(\.id) == trial.examples(perLabel: 5, seed: 7).map(\.id))
        #expect(trial.examples(perLabel: 5, seed: 8).map(\.id) != trial.examples(perLabel: 5, seed: 7).map(\.id))
    }

    @Test func pointsGoUpToTheWholeAndAPartAsLargeHasNone() async throws {
        let trial = try Self.trial()
        let text = """
            name: curve
            kind: classify
            collection: nowhere
            language: en
            learning-curve: [1000, 3, 25, all]
            """
        let experiment = try ExperimentFile(bytes: [UInt8](text.utf8), path: "curve.yaml").experiment
        #expect(experiment.learningCurve == [3, 25, 1000])
        let classifier = try await trial.train(seed: experiment.seed)
        let whole = try await trial.suggest(with: classifier, limit: experiment.depth)
        let curve = try await trial.learningCurve(experiment, whole: whole) { _ in }
        #expect(curve.map(\.perLabel) == [3, 25, nil])
        #expect(curve.map(\.examples) == [12, curve[1].examples, 200])
        #expect(curve.allSatisfy { $0.low <= $0.microF1 && $0.microF1 <= $0.high })
        #expect(curve[0].microF1 < curve[2].microF1, "three examples a label teach less than all")
    }

    @Test func numbersOfExamplesAreChecked() {
        for value in ["[0]", "[many]", "[-5, all]"] {
            let text = "name: c\nkind: classify\ncollection: x\nlanguage: en\nlearning-curve: \(value)\n"
            #expect(throws: ExperimentError.self) { try ExperimentFile(bytes: [UInt8](text.utf8), path: "c.yaml") }
        }
    }
}
