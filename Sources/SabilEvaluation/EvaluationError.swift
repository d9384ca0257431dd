/// What was wrong with the files or values an evaluation was given.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, stable for programs.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The named file does not exist.
        public static let notFound = Code(rawValue: "not-found")
        /// The named file may not be read or reading it failed on the way.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A line or a name is not what its format asks for.
        public static let invalidFormat = Code(rawValue: "invalid-format")
        /// A query or document stands twice where it may stand once.
        public static let duplicate = Code(rawValue: "duplicate")
        /// Nothing to evaluate: no judged query, no example, or two systems without a query in common.
        public static let empty = Code(rawValue: "empty")
    }

    public let code: Code
    /// What was being done, such as `read run`.
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
