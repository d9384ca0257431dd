public import SabilAnalysis
public import SabilRecords

/// What a model folder says about itself in `manifest.json`; no date or host, so that equal models have equal bytes.
public struct ModelManifest: Sendable, Hashable, Codable {
    /// The format this build writes and reads.
    public static let currentFormat = 1

    /// Format of the folder.
    public var format: Int
    /// Name of the model: digest of the weights and of all below.
    public var id: ModelID
    /// What the analyzer did to the training texts.
    public var analyzer: AnalyzerFingerprint
    /// `ConceptScheme.version` of the taxonomy; `nil` without one.
    public var taxonomy: String?
    /// Digest of the examples, whatever their order.
    public var trainingDigest: String
    public var seed: UInt64
    public var exampleCount: Int
    public var labelCount: Int
    /// Labels with at least one example.
    public var trainedLabelCount: Int
    public var featureCount: Int
    public var isSingleLabel: Bool
    /// Examples per language tag.
    public var languages: [String: Int]
    /// Out-of-fold figures of the training set: `microF1`, `nDCG@5`, `cost`, …; 0…1 but for `cost`.
    public var measures: [String: Double]
    public var options: TrainingOptions
    /// What was learnt and unlearnt since training; `nil` when nothing was. The linear member knows none of it.
    public var learnt: Learnt?
    /// Place in the log of the last decision that training knew; `nil` when it was told of no log.
    public var decisionsThrough: Int64?
    /// Rules of the model, as written, and the labels it never suggests for them; `nil` without rules.
    public var rules: String?
    public var excluded: [String]?
    /// Digest of `weights.bin`.
    public var weightsDigest: String

    /// Examples that came to the model, or left it, after training.
    public struct Learnt: Sendable, Hashable, Codable {
        public var added: Int
        public var removed: Int

        public init(added: Int, removed: Int) {
            self.added = added
            self.removed = removed
        }
    }

    /// How much of what the model knows is newer than its linear member: changes since training per example, 0 when nothing is.
    public var newerShare: Double {
        guard let learnt else { return 0 }
        return Double(learnt.added + learnt.removed) / Double(max(1, exampleCount + learnt.added))
    }
}
