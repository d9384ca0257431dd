import SabilEvaluation
import SabilRecords

/// The figures of a classifier's suggestions in the form of a result.
struct ClassificationReport {
    let measures: [String: ExperimentResult.MeasuredValues]
    /// By language, such as `lang=fr`.
    let groups: [String: [String: ExperimentResult.GroupMean]]
    let perConcept: [ExperimentResult.ConceptScores]
    let reliability: [ExperimentResult.ReliabilityBin]
    let ece: Double?
    /// By language, where there are several.
    let calibrations: [String: ExperimentResult.Calibration]
    let precisionRecall: [ExperimentResult.PrecisionRecallPoint]
    let confusion: [ExperimentResult.Confusion]
    let notes: [String]

    /// Pairs of labels that are told; the others are counted in a note.
    private static let toldConfusions = 200
    /// Means over documents: only these have a value for each of them.
    private static let perDocument: Set<ClassificationMeasure> = [
        .documentF1, .f1At5, .precisionAt1, .precisionAt3, .precisionAt5, .ndcgAt5, .ndcgAt10, .consistency,
        .annifDocumentPrecision, .annifDocumentRecall, .annifDocumentF1, .annifNDCG, .annifNDCGAt5, .annifNDCGAt10,
        .annifPrecisionAt1, .annifPrecisionAt3, .annifPrecisionAt5,
    ]

    init(
        _ outcomes: [ClassificationTrial.Outcome], measures: [ClassificationMeasure]
    ) throws(EvaluationError) {
        let predictions = outcomes.map(\.prediction)
        let selection = outcomes.selection
        let evaluation = try ClassificationEvaluation(predictions, selection: selection)
        var values: [String: ExperimentResult.MeasuredValues] = [:]
        for measure in measures { values[measure.rawValue] = .init(mean: evaluation[measure]) }
        for outcome in outcomes {
            let prediction = outcome.prediction
            let own = try ClassificationEvaluation(
                CollectionOfOne(prediction), selection: .given([prediction.id: outcome.selected]))
            for measure in measures where Self.perDocument.contains(measure) {
                // Documents without a right label are no part of these means.
                if prediction.gold.isEmpty, measure == .ndcgAt5 || measure == .ndcgAt10 { continue }
                values[measure.rawValue]?.perQuery[prediction.id] = own[measure]
            }
        }
        self.measures = values

        let languages = Dictionary(
            outcomes.map { ($0.prediction.id, $0.language.rawValue) }, uniquingKeysWith: { first, _ in first })
        var groups: [String: [String: ExperimentResult.GroupMean]] = [:]
        let parts = try ClassificationEvaluation.byGroup(
            predictions, selection: selection, group: { languages[$0.id] })
        for (language, part) in parts {
            for measure in measures {
                groups["lang=\(language)", default: [:]][measure.rawValue] = .init(
                    mean: part[measure], queries: part.count)
            }
        }
        self.groups = groups

        perConcept = try ConceptTable(predictions, selection: selection).rows.map {
            .init(
                concept: $0.label, support: $0.counts.support, precision: $0.counts.precision, recall: $0.counts.recall,
                f1: $0.counts.f1, threshold: $0.threshold)
        }
        let calibration = ConfidenceCalibration(of: predictions).map(ExperimentResult.Calibration.init)
        reliability = calibration?.bins ?? []
        ece = calibration?.ece
        var calibrations: [String: ExperimentResult.Calibration] = [:]
        if parts.count > 1 {
            for (language, part) in Dictionary(grouping: predictions, by: { languages[$0.id] ?? "" }) {
                calibrations["lang=\(language)"] =
                    ConfidenceCalibration(of: part).map(ExperimentResult.Calibration.init)
            }
        }
        self.calibrations = calibrations
        precisionRecall = Self.curve(of: predictions)

        var notes: [String] = []
        if evaluation.countWithoutGold > 0 {
            notes.append("\(evaluation.countWithoutGold) of \(evaluation.count) documents have no right label.")
        }
        let confusions = Self.confusions(outcomes)
        if confusions.count > Self.toldConfusions {
            notes.append(
                "Of \(confusions.count) pairs of labels taken for one another the \(Self.toldConfusions) most frequent "
                    + "are given.")
        }
        confusion = Array(confusions.prefix(Self.toldConfusions))
        self.notes = notes
    }

    /// At thresholds from 0.95 down to 0.05, over all suggestions of all documents.
    private static func curve(of predictions: [LabelPrediction]) -> [ExperimentResult.PrecisionRecallPoint] {
        let gold = predictions.reduce(0) { $0 + $1.gold.count }
        guard gold > 0 else { return [] }
        return stride(from: 19, through: 1, by: -1).map { twentieth in
            let threshold = Double(twentieth) / 20
            var chosen = 0
            var right = 0
            for prediction in predictions {
                for suggestion in prediction.ranking where suggestion.score >= threshold {
                    chosen += 1
                    if prediction.gold.contains(suggestion.label) { right += 1 }
                }
            }
            return .init(
                threshold: threshold, precision: chosen == 0 ? 1 : Double(right) / Double(chosen),
                recall: Double(right) / Double(gold))
        }
    }

    /// Each missed label with each wrongly chosen one of the same document.
    private static func confusions(_ outcomes: [ClassificationTrial.Outcome]) -> [ExperimentResult.Confusion] {
        struct Pair: Hashable {
            let gold: String
            let predicted: String
        }
        var counts: [Pair: Int] = [:]
        for outcome in outcomes {
            let gold = outcome.prediction.gold
            let wrong = outcome.selected.filter { !gold.contains($0) }
            for missed in gold.subtracting(outcome.selected) {
                for label in wrong { counts[Pair(gold: missed, predicted: label), default: 0] += 1 }
            }
        }
        return counts.map { .init(gold: $0.key.gold, predicted: $0.key.predicted, count: $0.value) }
            .sorted { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }
    }
}

extension ExperimentResult.Calibration {
    fileprivate init(_ calibration: ConfidenceCalibration) {
        self.init(
            ece: calibration.expectedError,
            bins: calibration.bins.map {
                .init(low: $0.low, high: $0.high, count: $0.count, confidence: $0.confidence, accuracy: $0.accuracy)
            })
    }
}
