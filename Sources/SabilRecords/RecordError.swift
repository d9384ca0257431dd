/// What the world (a file, a stream, the catalogue) did to reading records; defects of records are `RecordIssue`s instead.
public struct RecordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, stable for programs.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The named file does not exist.
        public static let notFound = Code(rawValue: "not-found")
        /// The named file exists and may not be read, is a folder, or reading it failed on the way.
        public static let unreadable = Code(rawValue: "unreadable")
        /// The catalogue of content types is not what its format asks for.
        public static let invalidCatalogue = Code(rawValue: "invalid-catalogue")
        /// The bytes are no record as an index stores it.
        public static let invalidStoredForm = Code(rawValue: "invalid-stored-form")
    }

    public let code: Code
    /// What was being done, such as `open records`.
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
