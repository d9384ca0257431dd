/// Why an experiment could not be read or run.
public struct ExperimentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; more may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file of the experiment, or a value in it, is not what the format asks for.
        public static let invalidExperiment = Code(rawValue: "invalid-experiment")
        /// A file or folder is missing or cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A result cannot be written.
        public static let unwritable = Code(rawValue: "unwritable")
        /// What was read for the result changed while it was made.
        public static let changed = Code(rawValue: "changed")
        /// A log of trials belongs to another search.
        public static let otherSearch = Code(rawValue: "other-search")
        /// The gate's baseline is not in its format, or nobody accepted it with a reason.
        public static let invalidBaseline = Code(rawValue: "invalid-baseline")
        /// The experiment needs something that the call did not give.
        public static let invalidRequest = Code(rawValue: "invalid-request")
    }

    public let code: Code
    /// What was being done, such as `read experiment`.
    public let operation: String
    /// One sentence: what was being done, to what, what happened, what to do.
    public let message: String

    public init(code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    public var description: String { message }
}
