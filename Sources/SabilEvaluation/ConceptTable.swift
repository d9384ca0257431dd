/// How well each label was chosen and ranked: a row a label, the one with most right examples first.
public struct ConceptTable: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public let label: String
        public let counts: ClassificationEvaluation.LabelCounts
        /// Average precision of the examples ordered by the label's score, equal scores at once; `nil` where it is right for
        /// no example. Right examples for which it was not suggested count as never found.
        public let averagePrecision: Double?
        /// The label's threshold. Where the classifier chose by itself the lowest score of a choice here; `nil` where that
        /// says nothing, because the best label is chosen or this one was chosen nowhere.
        public let threshold: Double?
    }

    public static let columns = [
        "label", "support", "true_positives", "false_positives", "false_negatives", "precision", "recall", "f1_score",
        "average_precision", "threshold",
    ]

    public let rows: [Row]

    /// - Parameters:
    ///   - predictions: with scores that can be compared between examples.
    ///   - labels: those that get a row; `nil` is every label that is right or chosen somewhere.
    /// - Throws: `empty` without examples.
    /// - Complexity: O(s log s), s = number of suggestions.
    public init(
        _ predictions: some Collection<LabelPrediction>, selection: LabelSelection, labels: Set<String>? = nil
    ) throws(EvaluationError) {
        let evaluation = try ClassificationEvaluation(predictions, selection: selection, labels: labels)
        var scores: [String: [Suggestion]] = [:]
        var lowest: [String: Double] = [:]
        for prediction in predictions {
            let selected = Set(selection.selected(from: prediction))
            for scored in prediction.ranking where evaluation.perLabel[scored.label] != nil {
                let isRight = prediction.gold.contains(scored.label)
                scores[scored.label, default: []].append(Suggestion(score: scored.score, isRight: isRight))
                if selected.contains(scored.label) {
                    lowest[scored.label] = min(lowest[scored.label] ?? .infinity, scored.score)
                }
            }
        }
        rows = evaluation.perLabel
            .map { label, counts in
                let threshold: Double? =
                    switch selection {
                    case .top: nil
                    case .threshold(let global, let own): own[label] ?? global
                    case .given: lowest[label]
                    }
                return Row(
                    label: label, counts: counts,
                    averagePrecision: Self.averagePrecision(scores[label] ?? [], support: counts.support),
                    threshold: threshold)
            }
            .sorted {
                $0.counts.support == $1.counts.support
                    ? $0.label.utf8.lexicographicallyPrecedes($1.label.utf8)
                    : $0.counts.support > $1.counts.support
            }
    }

    /// The header and a line a row, columns with tabs between; what is not known is empty.
    public var lines: [String] {
        [Self.columns.joined(separator: "\t")]
            + rows.map { row in
                let counts = row.counts
                let numbers = [counts.support, counts.right, counts.wrong, counts.missed].map(String.init)
                let figures = [counts.precision, counts.recall, counts.f1, row.averagePrecision, row.threshold]
                // A label is free text; a tab or line end in it would break the table.
                let label = String(row.label.map { $0.isNewline || $0 == "\t" ? " " : $0 })
                return ([label] + numbers + figures.map { $0.map(ScoreTable.decimals) ?? "" }).joined(separator: "\t")
            }
    }

    private struct Suggestion {
        let score: Double
        let isRight: Bool
    }

    /// Source: scikit-learn `average_precision_score`: the sum over distinct scores of precision times gained recall.
    private static func averagePrecision(_ suggestions: [Suggestion], support: Int) -> Double? {
        guard support > 0 else { return nil }
        let sorted = suggestions.sorted { $0.score > $1.score }
        var sum = 0.0
        var found = 0
        var foundAbove = 0
        for (position, suggestion) in sorted.enumerated() {
            if suggestion.isRight { found += 1 }
            if position + 1 < sorted.count, sorted[position + 1].score == suggestion.score { continue }
            sum += Double(found - foundAbove) * Double(found) / Double(position + 1)
            foundAbove = found
        }
        return sum / Double(support)
    }
}
