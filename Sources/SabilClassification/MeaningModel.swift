/// What the meanings of a text say of labels.
enum MeaningModel: Sendable, Equatable {
    case bayes(NaiveBayes)
    case centroids(CentroidModel)

    /// From whole numbers, as the other members that learn.
    ///
    /// Both look at TF-IDF weights: a meaning is often said in many ways in one text, and occurrences of it say less each time.
    /// - Parameter counts: of weights.
    init(
        _ counts: FeatureLabelCounts, isSingleLabel: Bool, smoothing: Double, threads: Int
    ) throws(ModelError) {
        self =
            isSingleLabel
            ? .bayes(
                NaiveBayes(counts, kind: .complement, smoothing: smoothing * FeatureLabelCounts.weightUnit))
            : .centroids(try CentroidModel(counts, limit: TrainingLimits.weightsPerLabel, threads: threads))
    }

    /// By meaning and label.
    var weights: LabelWeights {
        switch self {
        case .bayes(let model): model.deltas
        case .centroids(let model): model.weights
        }
    }

    func scores(_ row: FeatureRow, labelCount: Int) -> [Double] {
        switch self {
        case .bayes(let model): model.scores(row, values: row.values)
        case .centroids(let model): model.scores(row, labelCount: labelCount)
        }
    }
}
