/// Why a model could not be trained, saved, loaded or used.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; cases may be added.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// No examples, or none with a label, and no label names either.
        public static let emptyTrainingSet = Code(rawValue: "empty-training-set")
        /// A value of the options is outside its range.
        public static let invalidOptions = Code(rawValue: "invalid-options")
        /// The text could not be analysed.
        public static let analysis = Code(rawValue: "analysis")
        /// The linear solver failed: out of memory, most likely.
        public static let solver = Code(rawValue: "solver")
        /// Rules of suggestion cannot be read, or name what is not there.
        public static let invalidRules = Code(rawValue: "invalid-rules")
        /// No member of the model can learn without training.
        public static let cannotLearn = Code(rawValue: "cannot-learn")
        /// The folder has no `manifest.json`.
        public static let missingManifest = Code(rawValue: "missing-manifest")
        /// `manifest.json` is not what this library writes.
        public static let malformedManifest = Code(rawValue: "malformed-manifest")
        /// The folder is of a format this build does not read.
        public static let otherFormat = Code(rawValue: "other-format")
        /// The model was trained with another analyzer: its features would not meet those of a text.
        public static let otherFingerprint = Code(rawValue: "other-fingerprint")
        /// The model was trained with another version of the taxonomy.
        public static let otherTaxonomy = Code(rawValue: "other-taxonomy")
        /// The folder has no `weights.bin`.
        public static let missingWeights = Code(rawValue: "missing-weights")
        /// `weights.bin` does not begin with the magic bytes.
        public static let wrongMagic = Code(rawValue: "wrong-magic")
        /// `weights.bin` has a layout this build does not read.
        public static let otherWeightsVersion = Code(rawValue: "other-weights-version")
        /// `weights.bin` ends before its content does.
        public static let truncatedWeights = Code(rawValue: "truncated-weights")
        /// `weights.bin` is not the one the manifest was written for, or its content contradicts itself.
        public static let corruptWeights = Code(rawValue: "corrupt-weights")
        /// A file or folder could not be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A file or folder could not be written, synced or renamed.
        public static let unwritable = Code(rawValue: "unwritable")
        /// The store has no such model, or none is promoted.
        public static let notFound = Code(rawValue: "not-found")
    }

    public let code: Code
    /// What was being done, such as `load the model in var/model`.
    public let operation: String
    /// What happened, and what to do about it.
    public let message: String

    public init(code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    public var description: String { "Could not \(operation): \(message)" }
}
