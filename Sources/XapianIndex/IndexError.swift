/// Why an operation on an index failed.
///
/// `description` is one sentence for an operator: what was being done, what happened, what to do. It never holds the
/// text of a query or of a document.
public struct IndexError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, on which a caller decides.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        public let name: String
        let remedy: String

        public var description: String { name }

        public static func == (left: Code, right: Code) -> Bool { left.name == right.name }
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }

        /// Another writer holds the index.
        public static let locked = Code(name: "locked", remedy: "wait for the other writer or stop it")
        /// There is no index at the path, or no such document.
        public static let notFound = Code(name: "notFound", remedy: "check the path, or build the index first")
        /// The snapshot was overwritten while it was read, twice in a row.
        public static let modifiedDuringRead = Code(name: "modifiedDuringRead", remedy: "refresh and ask again")
        /// The index has a format or schema that this version does not read.
        public static let schemaMismatch = Code(name: "schemaMismatch", remedy: "build the index anew")
        /// Files of the index are damaged.
        public static let corrupt = Code(name: "corrupt", remedy: "restore the index from a copy or build it anew")
        /// No space is left, or a quota or file size limit was reached.
        public static let diskFull = Code(
            name: "diskFull", remedy: "free some space; the last commit is still readable")
        /// The rights of a file or directory, or a read-only file system, do not allow it.
        public static let denied = Code(
            name: "denied", remedy: "check who may read and write the files, and whether the disk is read-only")
        /// Something else lies where the index shall be; it would be deleted.
        public static let notAnIndex = Code(
            name: "notAnIndex", remedy: "name a directory that is empty, is an index, or is not there yet")
        /// The index was written to after the one that shall take its place was begun.
        public static let outdated = Code(
            name: "outdated", remedy: "build the next one anew, or keep the present one as the previous")
        /// The hard time limit of a search passed.
        public static let timedOut = Code(name: "timedOut", remedy: "narrow the query or allow more time")
        /// Too many searches are waiting.
        public static let overloaded = Code(name: "overloaded", remedy: "try again in a moment")
        /// The caller stopped waiting before the search began.
        public static let cancelled = Code(name: "cancelled", remedy: "ask again if the answer is still wanted")
        /// A program, buffer, term or limit is out of range.
        public static let invalidArgument = Code(name: "invalidArgument", remedy: "correct the argument")
        /// An earlier failure dropped the changes since the last commit.
        public static let batchLost = Code(
            name: "batchLost", remedy: "roll back, then repeat the changes since the last commit")
        /// The writer was finished, or could not be opened again.
        public static let closed = Code(name: "closed", remedy: "open another writer")
        /// Anything else the engine reports.
        public static let engine = Code(name: "engine", remedy: "see the engine's message")
    }

    public let code: Code
    /// What was being done, as an infinitive: "open the index at /var/lib/…".
    public let operation: String
    /// The engine's own name of the failure; nil if it arose on this side of the border.
    public let engineType: String?
    /// What happened, in the engine's or our words.
    public let message: String

    public init(code: Code, operation: String, engineType: String? = nil, message: String) {
        self.code = code
        self.operation = operation
        self.engineType = engineType
        self.message = message
    }

    public var description: String {
        let source = engineType.map { " [\($0)]" } ?? ""
        return "Could not \(operation): \(message)\(source); \(code.remedy)."
    }
}
