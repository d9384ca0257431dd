/// What a classifier said about one example, beside what is right.
public struct LabelPrediction: Sendable, Hashable {
    public struct Scored: Sendable, Hashable {
        public var label: String
        public var score: Double

        public init(_ label: String, score: Double) {
            self.label = label
            self.score = score
        }
    }

    /// Name of the example.
    public let id: String
    /// The right labels.
    public let gold: Set<String>
    /// Suggested labels, the best first.
    public let ranking: [Scored]

    /// Takes suggestions in the classifier's own order, whatever their scores: two may share a calibrated confidence.
    ///
    /// - Parameter ranked: the best first; of a label given twice the first counts, one whose score is no number is dropped.
    public init(id: String, gold: some Sequence<String>, ranked: some Sequence<Scored>) {
        self.id = id
        self.gold = Set(gold)
        var seen: Set<String> = []
        ranking = ranked.filter { !$0.score.isNaN && seen.insert($0.label).inserted }
    }

    /// Takes suggestions in any order and ranks them by score, equal scores by label in byte order.
    ///
    /// - Parameter scores: of a label given twice the better score counts, one that is no number is dropped.
    public init(id: String, gold: some Sequence<String>, scores: some Sequence<Scored>) {
        self.init(
            id: id, gold: gold,
            ranked: scores.filter { !$0.score.isNaN }.sorted {
                $0.score == $1.score ? $0.label.utf8.lexicographicallyPrecedes($1.label.utf8) : $0.score > $1.score
            })
    }
}

/// How labels are chosen from scores.
public enum LabelSelection: Sendable, Hashable {
    /// The best one: for sets where every example has exactly one label.
    case top
    /// Every label whose score is at least its threshold; labels without one of their own use the global one.
    case threshold(Double, perLabel: [String: Double])
    /// What the classifier itself chose, by the name of the example; an example without an entry has no label chosen.
    case given([String: [String]])

    /// Whether every example has exactly one right label, so that the best label is the answer.
    public static func isSingleLabel(_ predictions: some Collection<LabelPrediction>) -> Bool {
        !predictions.isEmpty && predictions.allSatisfy { $0.gold.count == 1 }
    }

    /// The chosen labels, the best first.
    public func selected(from prediction: LabelPrediction) -> [String] {
        switch self {
        case .top: prediction.ranking.prefix(1).map(\.label)
        case .threshold(let global, let perLabel):
            prediction.ranking.filter { $0.score >= perLabel[$0.label] ?? global }.map(\.label)
        case .given(let chosen): chosen[prediction.id] ?? []
        }
    }
}

extension LabelAgreement {
    /// How far a classifier agrees with those who labelled the examples: the classifier is the second reader.
    ///
    /// - Parameter cluster: examples with the same name here, such as the versions of one work, are drawn together.
    /// - Returns: `nil` without examples.
    public init?(
        _ predictions: some Collection<LabelPrediction>, selection: LabelSelection, labels: Set<String>,
        cluster: (LabelPrediction) -> String = { $0.id }, resamples: Int = 1000, seed: UInt64 = 1
    ) {
        let readings = predictions.map {
            Reading(cluster: cluster($0), first: $0.gold, second: Set(selection.selected(from: $0)))
        }
        self.init(readings, labels: labels, resamples: resamples, seed: seed)
    }
}
