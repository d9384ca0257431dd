public import SabilAnalysis
public import XapianIndex

/// Why records could not be searched or indexed; what a reader typed is never a reason.
public struct SearchError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no index at the path.
        public static let notFound = Code(rawValue: "notFound")
        /// The index was built with another schema, analyzer or taxonomy: rebuild it.
        public static let mismatch = Code(rawValue: "mismatch")
        /// Another writer holds the index.
        public static let locked = Code(rawValue: "locked")
        /// Too many searches are waiting.
        public static let overloaded = Code(rawValue: "overloaded")
        /// The search took longer than its hard limit.
        public static let timedOut = Code(rawValue: "timedOut")
        /// The caller stopped waiting.
        public static let cancelled = Code(rawValue: "cancelled")
        /// No space is left.
        public static let diskFull = Code(rawValue: "diskFull")
        /// A number of the request is out of range.
        public static let invalidRequest = Code(rawValue: "invalidRequest")
        /// The cursor is not one of this request.
        public static let invalidCursor = Code(rawValue: "invalidCursor")
        /// The list that the cursor belongs to is no longer there: begin again.
        public static let staleCursor = Code(rawValue: "staleCursor")
        /// The file of placements has defects; all are told, with their lines.
        public static let invalidPlacements = Code(rawValue: "invalidPlacements")
        /// The file of boosts has defects; all are told, with their lines.
        public static let invalidBoosts = Code(rawValue: "invalidBoosts")
        /// The index failed in another way: see `underlying`.
        public static let index = Code(rawValue: "index")
        /// A record in the index cannot be read back.
        public static let unreadableRecord = Code(rawValue: "unreadableRecord")
        /// The text could not be analysed.
        public static let analysis = Code(rawValue: "analysis")
        /// The source of the records failed.
        public static let source = Code(rawValue: "source")
    }

    public let code: Code
    /// What was being done, such as `open the index`.
    public let operation: String
    /// One sentence: what was being done, to what, what happened, what to do.
    public let message: String
    public let underlying: (any Error)?

    public init(code: Code, operation: String, message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.operation = operation
        self.message = message
        self.underlying = underlying
    }

    public var description: String { message }

    /// Wraps a failure of the index.
    public init(_ error: IndexError) {
        let code: Code =
            switch error.code {
            case .notFound: .notFound
            case .locked: .locked
            case .overloaded: .overloaded
            case .timedOut: .timedOut
            case .cancelled: .cancelled
            case .diskFull: .diskFull
            default: .index
            }
        self.init(code: code, operation: error.operation, message: error.description, underlying: error)
    }

    /// Wraps a failure of the analysis.
    public init(_ error: AnalysisError) {
        self.init(code: .analysis, operation: error.operation, message: error.description, underlying: error)
    }
}
