import Glibc

/// The measures of a classifier on labelled examples: of its ranking and of the labels it chose.
public struct ClassificationEvaluation: Sendable, Hashable {
    /// Right, wrong and missed choices of one label.
    public struct LabelCounts: Sendable, Hashable {
        public var right = 0
        public var wrong = 0
        public var missed = 0

        public init(right: Int = 0, wrong: Int = 0, missed: Int = 0) {
            self.right = right
            self.wrong = wrong
            self.missed = missed
        }

        /// Number of examples for which the label is right.
        public var support: Int { right + missed }
        /// Right ones of the choices; 0 when it was never chosen.
        public var precision: Double { Measure.ratio(right, right + wrong) }
        /// Chosen ones of the examples it is right for; 0 when it is right for none.
        public var recall: Double { Measure.ratio(right, support) }
        /// Harmonic mean of precision and recall; 0 when the label is neither right nor chosen anywhere.
        public var f1: Double { Measure.ratio(2 * right, 2 * right + wrong + missed) }
    }

    public let count: Int
    /// Examples without a right label: they count in precision and F1, are left out of nDCG, and have the NDCG 1.
    public let countWithoutGold: Int
    /// Counts per label, for every label of the macro mean.
    public let perLabel: [String: LabelCounts]
    private let values: [ClassificationMeasure: Double]

    /// - Parameters:
    ///   - labels: the labels of the macro mean, such as all of a vocabulary; `nil` takes those that are right or chosen
    ///     somewhere (as scikit-learn does with the labels it sees). A label outside the given ones still counts in the
    ///     micro figures.
    /// - Throws: `empty` without examples.
    /// - Complexity: O(suggestions + labels).
    public init(
        _ predictions: some Collection<LabelPrediction>, selection: LabelSelection, labels: Set<String>? = nil
    ) throws(EvaluationError) {
        guard !predictions.isEmpty else {
            throw EvaluationError(
                code: .empty, operation: "score classifier",
                message: "Scoring the classifier failed: there is no example. Give labelled examples.")
        }
        var counts: [String: LabelCounts] = [:]
        for label in labels ?? [] { counts[label] = LabelCounts() }
        var sums: [ClassificationMeasure: Double] = [:]
        var without = 0
        for prediction in predictions {
            let selected = selection.selected(from: prediction)
            for label in selected {
                if prediction.gold.contains(label) {
                    counts[label, default: LabelCounts()].right += 1
                } else {
                    counts[label, default: LabelCounts()].wrong += 1
                }
            }
            for label in prediction.gold.subtracting(selected) { counts[label, default: LabelCounts()].missed += 1 }
            if prediction.gold.isEmpty { without += 1 }
            for (measure, value) in Self.figures(of: prediction, selected: selected) {
                sums[measure, default: 0] += value
            }
        }
        count = predictions.count
        countWithoutGold = without

        var total = LabelCounts()
        for (_, label) in counts {
            total.right += label.right
            total.wrong += label.wrong
            total.missed += label.missed
        }
        if let labels { counts = counts.filter { labels.contains($0.key) } }
        perLabel = counts

        let examples = Double(predictions.count)
        var values = sums.mapValues { $0 / examples }
        for (mean, sum) in [(ClassificationMeasure.ndcgAt5, sums[.ndcgAt5]), (.ndcgAt10, sums[.ndcgAt10])] {
            values[mean] = without < predictions.count ? (sum ?? 0) / Double(predictions.count - without) : 0
        }
        // Sorted, so that sums are the same at every run.
        let ofLabels = counts.sorted { $0.key < $1.key }.map(\.value)
        let weights = ofLabels.map { Double($0.support) }
        values[.microF1] = total.f1
        values[.macroF1] = ofLabels.map(\.f1).mean
        values[.annifSubjectPrecision] = ofLabels.map(\.precision).mean
        values[.annifSubjectRecall] = ofLabels.map(\.recall).mean
        values[.annifSubjectF1] = values[.macroF1]
        values[.annifWeightedPrecision] = Self.mean(ofLabels.map(\.precision), weights: weights)
        values[.annifWeightedRecall] = Self.mean(ofLabels.map(\.recall), weights: weights)
        values[.annifWeightedF1] = Self.mean(ofLabels.map(\.f1), weights: weights)
        values[.annifMicroPrecision] = total.precision
        values[.annifMicroRecall] = total.recall
        values[.annifMicroF1] = total.f1
        values[.annifTruePositives] = Double(total.right)
        values[.annifFalsePositives] = Double(total.wrong)
        values[.annifFalseNegatives] = Double(total.missed)
        values[.annifDocuments] = examples
        self.values = values
    }

    /// The measures of each group of examples, such as those of a language.
    ///
    /// - Parameter group: name of an example's group; `nil` leaves the example out.
    /// - Returns: sorted by name; without groups that have no example.
    public static func byGroup(
        _ predictions: some Collection<LabelPrediction>, selection: LabelSelection, labels: Set<String>? = nil,
        group: (LabelPrediction) -> String?
    ) throws(EvaluationError) -> [(group: String, evaluation: ClassificationEvaluation)] {
        var groups: [String: [LabelPrediction]] = [:]
        for prediction in predictions {
            if let name = group(prediction) { groups[name, default: []].append(prediction) }
        }
        var result: [(group: String, evaluation: ClassificationEvaluation)] = []
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            result.append((name, try ClassificationEvaluation(members, selection: selection, labels: labels)))
        }
        return result
    }

    public subscript(measure: ClassificationMeasure) -> Double { values[measure] ?? 0 }

    /// Over all choices together. For single-label sets with the best label chosen it is the accuracy.
    public var microF1: Double { self[.microF1] }
    /// Mean of the F1 of each label.
    public var macroF1: Double { self[.macroF1] }
    /// Mean over examples: right ones of the first k suggestions over their number (k, or fewer when fewer were suggested),
    /// as Annif's `Precision@k`. Known for k = 1, 3, 5; 0 for others.
    public func precision(at k: Int) -> Double {
        k == 1 ? self[.precisionAt1] : k == 3 ? self[.precisionAt3] : k == 5 ? self[.precisionAt5] : 0
    }
    /// Mean over examples of the F1 of the first five suggestions, as Annif's `F1@5`.
    public var f1AtFive: Double { self[.f1At5] }
    /// Mean over examples of the F1 of the chosen labels, as Annif's `F1 score (doc avg)`.
    public var f1PerDocument: Double { self[.documentF1] }
    /// Mean over examples with a right label. Known for k = 5, 10; 0 for others.
    public func ndcg(at k: Int) -> Double { k == 5 ? self[.ndcgAt5] : k == 10 ? self[.ndcgAt10] : 0 }

    /// The default report: `measure⇥all⇥value`, a line each, always in the same order.
    public var lines: [String] { lines(of: ClassificationMeasure.standard) }

    /// `measure⇥group⇥value`, a line each, in the order given; a value has four decimals, a number of things none.
    public func lines(of measures: [ClassificationMeasure], group: String = "all") -> [String] {
        measures.map { measure in
            let value = self[measure]
            return "\(measure.rawValue)\t\(group)\t"
                + (measure.isCount ? "\(Int(value))" : ScoreTable.decimals(value))
        }
    }

    /// What one example adds to the sum of each measure that is a mean over examples.
    private static func figures(
        of prediction: LabelPrediction, selected: [String]
    ) -> [(ClassificationMeasure, Double)] {
        let gold = prediction.gold
        let isRight = prediction.ranking.map { gold.contains($0.label) }
        func right(_ depth: Int) -> LabelCounts {
            let top = isRight.prefix(depth)
            let found = top.count { $0 }
            return LabelCounts(right: found, wrong: top.count - found, missed: gold.count - found)
        }
        let found = selected.count { gold.contains($0) }
        let chosen = LabelCounts(right: found, wrong: selected.count - found, missed: gold.count - found)
        let (one, three, five) = (right(1), right(3), right(5))
        let depths = (ndcg(isRight, gold.count, 5), ndcg(isRight, gold.count, 10))
        return [
            (.precisionAt1, one.precision), (.precisionAt3, three.precision), (.precisionAt5, five.precision),
            (.annifPrecisionAt1, one.precision), (.annifPrecisionAt3, three.precision),
            (.annifPrecisionAt5, five.precision), (.f1At5, five.f1), (.documentF1, chosen.f1),
            (.annifDocumentF1, chosen.f1), (.annifDocumentPrecision, chosen.precision),
            (.annifDocumentRecall, chosen.recall), (.ndcgAt5, depths.0 ?? 0), (.ndcgAt10, depths.1 ?? 0),
            (.annifNDCG, ndcg(isRight, gold.count, .max) ?? 1), (.annifNDCGAt5, depths.0 ?? 1),
            (.annifNDCGAt10, depths.1 ?? 1), (.consistency, selected.isEmpty && gold.isEmpty ? 1 : chosen.f1),
        ]
    }

    /// `nil` where nothing is right. Source: as `Measure.Kind.nDCG` with grades 0 and 1.
    private static func ndcg(_ isRight: [Bool], _ gold: Int, _ depth: Int) -> Double? {
        guard gold > 0 else { return nil }
        var gain = 0.0
        for (position, right) in isRight.prefix(depth).enumerated() where right {
            gain += 1 / log2(Double(position + 2))
        }
        return gain / (0..<min(depth, gold)).reduce(0.0) { $0 + 1 / log2(Double($1 + 2)) }
    }

    private static func mean(_ values: [Double], weights: [Double]) -> Double {
        let whole = weights.reduce(0, +)
        return whole > 0 ? zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole : 0
    }
}
