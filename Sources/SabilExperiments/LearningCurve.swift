import SabilClassification
import SabilEvaluation
import SabilRecords

/// How good a classifier gets with how many examples.
extension ClassificationTrial {
    /// Trains on growing parts of the examples and measures each on the same test documents.
    ///
    /// - Parameter whole: what was suggested after training on all examples; it is the last point.
    /// - Returns: points by number of examples; empty when the experiment asks for no curve. A part as large as the whole
    ///   has no point of its own.
    func learningCurve(
        _ experiment: Experiment, whole: [Outcome], stage: (String) -> Void
    ) async throws -> [ExperimentResult.LearningCurvePoint] {
        guard !experiment.learningCurve.isEmpty else { return [] }
        var points: [ExperimentResult.LearningCurvePoint] = []
        for step in experiment.learningCurve {
            let part = examples(perLabel: step, seed: experiment.seed)
            guard part.count < examples.count else { break }
            stage("training on \(step) of each label")
            let classifier = try await train(on: part, options: experiment.training, seed: experiment.seed)
            let outcomes = try await suggest(with: classifier, limit: experiment.depth)
            points.append(Self.point(outcomes, examples: part.count, perLabel: step, seed: experiment.seed))
        }
        return points + [Self.point(whole, examples: examples.count, perLabel: nil, seed: experiment.seed)]
    }

    /// Examples in a random order, each taken while one of its labels has fewer than so many.
    ///
    /// Every label then has at least so many examples, or all that there are. Frequent ones have more: examples are taken
    /// whole, since one without some of its labels would teach that they are wrong.
    /// - Returns: in the order of ``examples``, without those that have no label.
    func examples(perLabel count: Int, seed: UInt64) -> [TrainingExample] {
        var order = Array(examples.indices)
        var random = SeededGenerator(seed: seed)
        for position in order.indices.reversed() where position > 0 {
            order.swapAt(position, random.nextIndex(below: position + 1))
        }
        var counts: [String: Int] = [:]
        var taken: [Int] = []
        for place in order {
            let labels = examples[place].labels
            guard labels.contains(where: { counts[$0, default: 0] < count }) else { continue }
            for label in labels { counts[label, default: 0] += 1 }
            taken.append(place)
        }
        return taken.sorted().map { examples[$0] }
    }

    private static func point(
        _ outcomes: [Outcome], examples: Int, perLabel: Int?, seed: UInt64
    ) -> ExperimentResult.LearningCurvePoint {
        let labels = outcomes.reduce(into: Set<String>()) { $0.formUnion($1.prediction.gold.union($1.selected)) }
        // The classifier as a second reader: its agreement with the labels is micro F1, with an interval.
        let agreement = LabelAgreement(
            outcomes.map(\.prediction), selection: outcomes.selection, labels: labels, seed: seed)
        let figure = agreement?.microF1
        let value = figure?.value ?? 0
        return .init(
            examples: examples, perLabel: perLabel, microF1: value, low: figure?.low ?? value,
            high: figure?.high ?? value)
    }
}
