import Foundation
import SabilEvaluation
import SabilRecords

/// Results with figures of every kind, made from a seed.
enum SampleResults {
    static let finished = Date(timeIntervalSince1970: 1_790_000_000)

    static func ranking(
        _ name: String = "rank-one", collection: String = "one", language: String = "ar", queries: Int = 60,
        gain: Double = 0.2,
        seed: UInt64 = 7
    ) -> ExperimentResult {
        var random = SeededGenerator(seed: seed)
        var own: [String: Double] = [:]
        var other: [String: Double] = [:]
        for number in 0..<queries {
            let value = Double(random.nextIndex(below: 1000)) / 1000
            other["q\(number)"] = value * (1 - gain)
            own["q\(number)"] = number.isMultiple(of: 3) ? value * (1 - gain) : value
        }
        let mean = { (values: [String: Double]) in values.values.reduce(0, +) / Double(max(1, values.count)) }
        var result = ExperimentResult(
            experiment: name, digest: "00ff", kind: .rank, collection: collection, language: language, engine: "0.1.0",
            commit: "abc1234", finished: finished,
            counts: ExperimentResult.Counts(documents: 1231, queries: queries, judgements: 90),
            measures: [
                "nDCG@10": ExperimentResult.MeasuredValues(mean: mean(own), perQuery: own),
                "AP@100": ExperimentResult.MeasuredValues(mean: 0.31, perQuery: own.mapValues { $0 / 2 }),
                "Judged@10": ExperimentResult.MeasuredValues(mean: 0.75, perQuery: own),
            ])
        result.baseline = ExperimentResult.Baseline(
            name: "lucene",
            measures: [
                "nDCG@10": ExperimentResult.MeasuredValues(mean: mean(other), perQuery: other),
                "AP@100": ExperimentResult.MeasuredValues(mean: 0.25, perQuery: own.mapValues { $0 / 2 }),
                "Judged@10": ExperimentResult.MeasuredValues(mean: 0.7, perQuery: other),
            ])
        result.groups = [
            "lang=fr": ["nDCG@10": ExperimentResult.GroupMean(mean: 0.512345, queries: 57)],
            "kind=word": ["nDCG@10": ExperimentResult.GroupMean(mean: 0.25, queries: 3)],
        ]
        result.cost = ExperimentResult.Cost(
            indexSeconds: 0.3, searchSeconds: 1.5, cpuSeconds: 2.25, indexBytes: 14_230_000, maxRSSKilobytes: 51_200)
        return result
    }

    static func classification(_ name: String = "classify-one", concepts: [String] = ["cash", "pensions", "work"])
        -> ExperimentResult
    {
        var result = ExperimentResult(
            experiment: name, digest: "00aa", kind: .classify, collection: "sets", language: "many", engine: "0.1.0",
            finished: finished, counts: ExperimentResult.Counts(documents: 200, training: 800, labels: concepts.count),
            measures: [
                "micro F1": ExperimentResult.MeasuredValues(mean: 0.61239),
                "macro F1": ExperimentResult.MeasuredValues(mean: 0.5),
                "True positives": ExperimentResult.MeasuredValues(mean: 1234),
            ])
        result.perConcept = concepts.enumerated().map { position, concept in
            ExperimentResult.ConceptScores(
                concept: concept, support: position * 10, precision: 0.5, recall: 1 / Double(position + 2), f1: 0.25,
                threshold: position == 0 ? nil : 0.31)
        }
        for tenth in 0..<10 {
            let low = Double(tenth) / 10
            let count = tenth == 4 ? 0 : 100 / (tenth + 1)
            result.reliability.append(
                ExperimentResult.ReliabilityBin(
                    low: low, high: Double(tenth + 1) / 10, count: count, confidence: low + 0.05, accuracy: low))
        }
        result.ece = 0.04321
        result.calibrations = ["lang=ar", "lang=en"].reduce(into: [:]) {
            $0[$1] = ExperimentResult.Calibration(ece: 0.0567, bins: result.reliability)
        }
        result.precisionRecall = [
            ExperimentResult.PrecisionRecallPoint(threshold: 0.2, precision: 0.4, recall: 0.9),
            ExperimentResult.PrecisionRecallPoint(threshold: 0.5, precision: 0.7, recall: 0.6),
            ExperimentResult.PrecisionRecallPoint(threshold: 0.9, precision: 0, recall: 0),
        ]
        result.learningCurve = [
            ExperimentResult.LearningCurvePoint(examples: 50, microF1: 0.4, low: 0.38, high: 0.42),
            ExperimentResult.LearningCurvePoint(examples: 12_800, microF1: 0.6, low: 0.57, high: 0.63),
        ]
        result.confusion = concepts.indices.dropLast().map {
            ExperimentResult.Confusion(gold: concepts[$0], predicted: concepts[$0 + 1], count: $0 + 1)
        }
        return result
    }

    static func context(
        queries: [String: [String: String]] = [:], history: SpeedHistory? = nil, measures: [String] = [],
        changes: Int = 10
    ) -> EvaluationReport.Context {
        EvaluationReport.Context(
            queries: queries, history: history, written: finished, measures: measures, changes: changes,
            sampling: ComparisonReport.Sampling(permutations: 500, resamples: 200))
    }
}
