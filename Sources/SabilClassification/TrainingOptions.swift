/// Everything a training run can be told, as data; the defaults are what measured best.
public struct TrainingOptions: Sendable, Hashable, Codable {
    /// Whether a document has exactly one label.
    public enum Task: String, Sendable, Hashable, Codable {
        /// Single if every example has exactly one label, else multiple.
        case automatic
        case singleLabel
        case multiLabel
    }
    /// How raw scores become confidences.
    public enum CalibrationMethod: String, Sendable, Hashable, Codable {
        /// The logistic curve of the stack, rescaled on out-of-fold scores.
        case sigmoid
        /// Pool-adjacent-violators on out-of-fold scores, straight between the steps.
        case isotonic
    }
    /// What the cuts between selected and not selected are chosen for.
    public enum ThresholdGoal: String, Sendable, Hashable, Codable {
        /// One cut for all labels: best micro F1.
        case microF1
        /// A cut per label, drawn to the global one where examples are few: better macro F1.
        case macroF1
    }

    public var task: Task = .automatic
    /// The members of the stack; empty = linear with complement Naive Bayes (single label) or centroids (multi-label),
    /// and the label matcher with the likeness of names where names are known; single label without that likeness where
    /// each label has 60 examples.
    public var members: [MemberKind] = []

    /// Features in fewer documents are left out; 0 = what cross-validation on the training sets found best: 2 from 100 examples
    /// on with several labels, 2 from 5,000 on with one label, else 1.
    public var minimumDocumentFrequency: Int = 0
    /// Length of the character grams within words; 0 = none, else 2…8.
    public var characterGramLength: Int = 4
    /// Weight of the block of character grams against the words' 1.
    public var characterGramWeight: Double = 0.6
    /// Whether pairs of neighbouring words are features.
    public var usesWordPairs: Bool = true

    /// Costs of the linear member to choose from by out-of-fold score; the middle one if there are too few examples to choose.
    public var costs: [Double] = [0.3, 1, 3]
    /// When the solver stops (liblinear's ε).
    public var solverTolerance: Double = 0.1
    /// How much of a feature's scale comes from its Naive Bayes log ratio; 0 = no scaling.
    public var naiveBayesScaling: Double = 0.25
    /// Additive smoothing of that log ratio.
    public var scalingSmoothing: Double = 0.1
    /// Weights smaller than this are dropped; it costs no accuracy and most of the size.
    public var weightFloor: Double = 0.01
    /// Additive smoothing of the Naive Bayes members.
    public var naiveBayesSmoothing: Double = 0.3
    /// Above so many labels × examples the linear member learns only against examples the centroid confuses with the label.
    public var exhaustiveLimit: Int = 20_000_000
    /// How many labels per document are then candidates.
    public var candidateLabels: Int = 100

    /// Number of folds by work for the stack, the calibration and the cuts; ≥ 2.
    public var folds: Int = 5
    public var calibration: CalibrationMethod = .isotonic
    public var thresholdGoal: ThresholdGoal = .microF1
    /// Examples at which a label's own cut weighs as much as the global one (macro F1).
    public var thresholdShrinkage: Double = 50
    /// Below so many examples the label's names are added as small documents; 0 = never.
    public var namesAsExamplesBelow: Int = 10
    /// Threads for training; 0 = as many as the machine has cores, at most 8.
    public var threads: Int = 0

    public init() {}
}

extension TrainingOptions {
    /// Whether every value can be used, as training asks before it begins.
    ///
    /// - Throws: `invalidOptions` naming the first value out of range.
    public func check() throws(ModelError) {
        func refuse(_ condition: Bool, _ name: String, _ range: String) throws(ModelError) {
            if condition { return }
            throw ModelError(
                code: .invalidOptions, operation: "train a model",
                message: "\(name) must be \(range); change the options.")
        }
        try refuse(minimumDocumentFrequency >= 0, "minimumDocumentFrequency", "0 or more")
        try refuse(characterGramLength == 0 || 2...8 ~= characterGramLength, "characterGramLength", "0 or 2…8")
        try refuse(characterGramWeight >= 0 && characterGramWeight.isFinite, "characterGramWeight", "0 or more")
        try refuse(
            !costs.isEmpty && costs.allSatisfy { $0 > 0 && $0.isFinite }, "costs", "one or more numbers above 0")
        try refuse(solverTolerance > 0 && solverTolerance.isFinite, "solverTolerance", "above 0")
        try refuse(0...1 ~= naiveBayesScaling, "naiveBayesScaling", "0…1")
        try refuse(scalingSmoothing > 0 && scalingSmoothing.isFinite, "scalingSmoothing", "above 0")
        try refuse(weightFloor >= 0 && weightFloor.isFinite, "weightFloor", "0 or more")
        try refuse(naiveBayesSmoothing > 0 && naiveBayesSmoothing.isFinite, "naiveBayesSmoothing", "above 0")
        try refuse(exhaustiveLimit >= 0, "exhaustiveLimit", "0 or more")
        try refuse(candidateLabels >= 1, "candidateLabels", "1 or more")
        try refuse(2...100 ~= folds, "folds", "2…100")
        try refuse(thresholdShrinkage >= 0 && thresholdShrinkage.isFinite, "thresholdShrinkage", "0 or more")
        try refuse(0...1_000_000 ~= namesAsExamplesBelow, "namesAsExamplesBelow", "0…1,000,000")
        try refuse(0...256 ~= threads, "threads", "0…256")
        try refuse(Set(members).count == members.count, "members", "named once each")
    }
}
