/// The only writer of an index; works on a thread of its own.
///
/// Nothing is visible to readers or durable before ``commit()``: a writer that is dropped or killed leaves the index
/// as it was at the last commit. A failed write drops the whole batch: then every call throws `batchLost` until
/// ``rollback()``.
public actor IndexWriter {
    /// What to do about an index that is, or is not, at the path.
    public enum Opening: Sendable, Hashable {
        /// Open it; `notFound` if there is none.
        case existing
        /// Make it; `invalidArgument` or `engine` if there is one.
        case new
        case newOrExisting
        /// Make it anew, whatever was there.
        case overwriting

        var mode: Int32 {
            switch self {
            case .existing: 0
            case .new: 1
            case .newOrExisting: 2
            case .overwriting: 3
            }
        }
    }

    private nonisolated let executor = QueueExecutor(label: "sabil.index.writer")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    public nonisolated let path: String
    private var handle: WriterHandle?
    /// Whether something was written since the last commit.
    public private(set) var hasUncommittedChanges = false

    /// Opens the index for writing.
    /// - Parameter flushThreshold: changes gathered in memory before they go into uncommitted blocks; 250 was the
    ///   fastest measured, larger ones cost memory and time.
    /// - Throws: `locked` if there is another writer, `notFound`, `notAnIndex`, `denied`, `corrupt`, `schemaMismatch`,
    ///   `diskFull`, `engine`.
    public init(path: String, opening: Opening = .newOrExisting, flushThreshold: Int = 250) throws(IndexError) {
        self.path = path
        guard (1...1_000_000).contains(flushThreshold) else {
            throw IndexError(
                code: .invalidArgument, operation: "open the index at \(path) for writing",
                message: "the flush threshold \(flushThreshold) is not within 1 and 1000000")
        }
        if opening == .overwriting || opening != .existing && !IndexPlace.holdsIndex(path) {
            try IndexPlace.check(path)
        }
        handle = try WriterHandle(path: path, mode: opening.mode, flushThreshold: UInt32(flushThreshold))
    }

    /// Writes documents, each in the place of those with the same unique term.
    /// - Throws: `invalidArgument` for a unique term that is empty or too long (nothing is lost then, but documents
    ///   before it in the array are already part of the batch), `diskFull`, `corrupt`, `batchLost`, `closed`.
    public func replace(_ documents: [IndexDocument]) throws(IndexError) {
        for document in documents {
            hasUncommittedChanges = true
            try withHandle("write documents") { (handle) throws(IndexError) in try handle.replace(document) }
        }
    }

    /// Deletes the documents that have one of the unique terms; unknown ones are no error.
    public func delete(uniqueTerms: [String]) throws(IndexError) {
        for term in uniqueTerms {
            hasUncommittedChanges = true
            try withHandle("delete documents") { (handle) throws(IndexError) in try handle.delete(uniqueTerm: term) }
        }
    }

    /// Stores a value under a key of the index; an empty value removes the key.
    public func setMetadata(_ key: String, _ value: [UInt8]) throws(IndexError) {
        hasUncommittedChanges = true
        try withHandle("store metadata") { (handle) throws(IndexError) in try handle.setMetadata(key, value) }
    }

    /// Makes everything since the last commit durable and visible.
    public func commit() throws(IndexError) -> IndexRevision {
        let revision = try withHandle("commit") { (handle) throws(IndexError) in try handle.commit() }
        hasUncommittedChanges = false
        return revision
    }

    /// Forgets everything since the last commit.
    public func rollback() throws(IndexError) {
        try withHandle("roll back") { (handle) throws(IndexError) in try handle.rollback() }
        hasUncommittedChanges = false
    }

    /// Documents in the index, uncommitted ones included.
    public func documentCount() throws(IndexError) -> Int {
        try withHandle("count documents") { (handle) throws(IndexError) in try handle.documentCount() }
    }

    /// Commits and closes; the writer is of no use afterwards.
    @discardableResult
    public func finish() throws(IndexError) -> IndexRevision {
        let revision = try commit()
        handle = nil
        return revision
    }

    /// Closes without committing: what was written since the last commit is dropped.
    public func abandon() {
        handle = nil
        hasUncommittedChanges = false
    }

    private func withHandle<Answer>(
        _ operation: String, _ body: (borrowing WriterHandle) throws(IndexError) -> Answer
    ) throws(IndexError) -> Answer {
        switch handle {
        case .some(let handle):
            return try body(handle)
        case .none:
            throw IndexError(
                code: .closed, operation: "\(operation) in the index at \(path)", message: "the writer is closed")
        }
    }
}
