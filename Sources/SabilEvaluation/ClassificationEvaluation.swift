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

        /// Harmonic mean of precision and recall; 0 when the label is neither right nor chosen anywhere.
        public var f1: Double {
            let all = 2 * right + wrong + missed
            return all == 0 ? 0 : 2 * Double(right) / Double(all)
        }
    }

    public let count: Int
    /// Examples without a right label: they count in precision and F1, and are left out of nDCG.
    public let countWithoutGold: Int
    /// Counts per label, for every label of the macro mean.
    public let perLabel: [String: LabelCounts]
    private let figures: [Figure]

    private struct Figure: Sendable, Hashable {
        let name: String
        let value: Double
    }

    /// - Parameters:
    ///   - labels: the labels of the macro mean; `nil` takes those that are right or chosen somewhere (as scikit-learn does
    ///     with the labels it sees). A label outside the given ones still counts in the micro figures.
    /// - Throws: `empty` without examples.
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
        var perDocument: [String: [Double]] = [:]
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

            let ranked = prediction.ranking.map(\.label)
            for depth in [1, 3, 5] {
                let top = ranked.prefix(depth)
                let right = top.count { prediction.gold.contains($0) }
                perDocument["P@\(depth)", default: []].append(top.isEmpty ? 0 : Double(right) / Double(top.count))
                if depth == 5 { perDocument["F1@5", default: []].append(Self.f1(right, top.count, prediction)) }
            }
            let right = selected.count { prediction.gold.contains($0) }
            perDocument["F1", default: []].append(Self.f1(right, selected.count, prediction))
            if prediction.gold.isEmpty {
                without += 1
            } else {
                for depth in [5, 10] {
                    perDocument["nDCG@\(depth)", default: []].append(Self.ndcg(ranked, prediction.gold, depth: depth))
                }
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
        let macro = counts.sorted { $0.key < $1.key }.map(\.value.f1).mean
        figures =
            [Figure(name: "micro F1", value: total.f1), Figure(name: "macro F1", value: macro)]
            + ["P@1", "P@3", "P@5", "F1", "F1@5", "nDCG@5", "nDCG@10"].map {
                Figure(name: $0 == "F1" ? "F1 (doc avg)" : $0, value: (perDocument[$0] ?? []).mean)
            }
    }

    /// Over all choices together. For single-label sets with the best label chosen it is the accuracy.
    public var microF1: Double { self["micro F1"] }
    /// Mean of the F1 of each label.
    public var macroF1: Double { self["macro F1"] }
    /// Mean over examples: right ones of the first k suggestions over their number (k, or fewer when fewer were suggested),
    /// as Annif's `Precision@k`. Known for k = 1, 3, 5; 0 for others.
    public func precision(at k: Int) -> Double { self["P@\(k)"] }
    /// Mean over examples of the F1 of the first five suggestions, as Annif's `F1@5`.
    public var f1AtFive: Double { self["F1@5"] }
    /// Mean over examples of the F1 of the chosen labels, as Annif's `F1 score (doc avg)`.
    public var f1PerDocument: Double { self["F1 (doc avg)"] }
    /// Mean over examples with a right label. Known for k = 5, 10; 0 for others.
    public func ndcg(at k: Int) -> Double { self["nDCG@\(k)"] }

    private subscript(name: String) -> Double { figures.first { $0.name == name }?.value ?? 0 }

    /// `measure⇥all⇥value`, a line each, always in the same order.
    public var lines: [String] { figures.map { "\($0.name)\tall\t\(ScoreTable.decimals($0.value))" } }

    private static func f1(_ right: Int, _ chosen: Int, _ prediction: LabelPrediction) -> Double {
        let all = chosen + prediction.gold.count
        return all == 0 ? 0 : 2 * Double(right) / Double(all)
    }

    /// Source: as `Measure.Kind.nDCG` with grades 0 and 1.
    private static func ndcg(_ ranked: [String], _ gold: Set<String>, depth: Int) -> Double {
        var gain = 0.0
        for (position, label) in ranked.prefix(depth).enumerated() where gold.contains(label) {
            gain += 1 / log2(Double(position + 2))
        }
        let best = (0..<min(depth, gold.count)).reduce(0.0) { $0 + 1 / log2(Double($1 + 2)) }
        return best > 0 ? gain / best : 0
    }
}
