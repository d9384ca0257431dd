/// Why a taxonomy file could not be read.
///
/// Defects of content (a cycle, a missing label) are not errors: ``SchemeValidator`` reports them as findings.
public struct TaxonomyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// The file or directory is missing or cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// The file is not of a format known here.
        public static let unknownFormat = Code(rawValue: "unknown-format")
        /// The text breaks the rules of its format; `line` says where.
        public static let syntax = Code(rawValue: "syntax")
        /// The registry is broken, or disagrees with the concepts.
        public static let registry = Code(rawValue: "registry")
        /// Two concepts have one identity: the same local name, URI or number.
        public static let identity = Code(rawValue: "identity")
    }

    public let code: Code
    /// What was being done, such as `reading Turtle`.
    public let operation: String
    /// The file it was done to, as the caller named it.
    public let file: String?
    /// Line of the file, from 1.
    public let line: Int?
    /// Column of the line in characters (Unicode scalars), from 1.
    public let column: Int?
    /// What happened and what to do.
    public let message: String

    public init(
        code: Code, operation: String, file: String? = nil, line: Int? = nil, column: Int? = nil, message: String
    ) {
        self.code = code
        self.operation = operation
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// One sentence: what was being done, to what and where, what happened, what to do.
    public var description: String {
        var place = ""
        if let file {
            place = " " + file
            if let line { place += ":\(line)" }
            if line != nil, let column { place += ":\(column)" }
        }
        return "\(operation)\(place): \(message)"
    }
}
