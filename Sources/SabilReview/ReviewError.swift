import GRDB

/// Why decisions could not be stored or read.
public struct ReviewError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; more may be added.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// A value of the decision is missing or out of range.
        public static let invalidDecision = Code(rawValue: "invalid-decision")
        /// Another decision has the same id.
        public static let conflict = Code(rawValue: "conflict")
        /// Another process holds the database for longer than was waited.
        public static let locked = Code(rawValue: "locked")
        /// The file or its folder may not be written.
        public static let readOnly = Code(rawValue: "read-only")
        /// The file is no database, or a damaged one.
        public static let corrupt = Code(rawValue: "corrupt")
        /// The file cannot be opened or made.
        public static let unreadable = Code(rawValue: "unreadable")
        /// A newer version of the program has written the file.
        public static let newerSchema = Code(rawValue: "newer-schema")
        /// A map of concepts contradicts itself or the taxonomy.
        public static let invalidMap = Code(rawValue: "invalid-map")
        /// No space is left.
        public static let diskFull = Code(rawValue: "disk-full")
        /// The caller stopped waiting; nothing was stored.
        public static let cancelled = Code(rawValue: "cancelled")
        /// SQLite failed in another way.
        public static let database = Code(rawValue: "database")
    }

    public let code: Code
    /// What was being done, such as `store a decision`.
    public let operation: String
    /// One sentence: what was being done, to what, what happened, what to do.
    public let message: String

    public init(code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    public var description: String { message }

    /// Puts a failure of SQLite into words; values of the statement (names, notes) are left out.
    init(_ error: any Error, operation: String, path: String) {
        if let error = error as? ReviewError {
            self = error
            return
        }
        let (code, reason) = Self.reading(error)
        self.init(code: code, operation: operation, message: "Could not \(operation) in \(path): \(reason)")
    }

    private static func reading(_ error: any Error) -> (Code, String) {
        if error is CancellationError { return (.cancelled, "the caller stopped waiting; ask again.") }
        guard let error = error as? DatabaseError else { return (.database, "\(type(of: error)); see the log.") }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return (.locked, "another process holds the database; try again when it has finished.")
        case .SQLITE_READONLY, .SQLITE_PERM:
            return (.readOnly, "the database may not be written; check the rights of the file and of its folder.")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return (.corrupt, "the file is no sound SQLite database; put a backup in its place.")
        case .SQLITE_CANTOPEN:
            return (.unreadable, "the file cannot be opened; check that its folder exists and may be written.")
        case .SQLITE_FULL: return (.diskFull, "no space is left; make room and try again.")
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: return (.cancelled, "the caller stopped waiting; ask again.")
        default:
            return (.database, "SQLite says \(error.resultCode.rawValue), \(error.message ?? "nothing more").")
        }
    }
}
