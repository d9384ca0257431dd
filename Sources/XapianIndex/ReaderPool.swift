import Synchronization

/// Readers of one index on threads of their own, for any number of callers at once.
///
/// Each search sees the last commit: its lane refreshes first, and once more if the snapshot was overwritten
/// meanwhile. Searches go to the lane with the fewest waiting; where every lane has `maximumWaiting`, the next is
/// refused as `overloaded` at once.
public final class ReaderPool: Sendable {
    public let path: String
    private let lanes: [ReaderLane]
    private let maximumWaiting: Int
    /// Searches waiting or running, per lane.
    private let pending: Mutex<[Int]>

    /// Opens the index once per lane.
    /// - Parameters:
    ///   - lanes: searches that run at the same time, 1…64; as many as cores is a good number.
    ///   - maximumWaiting: searches that may wait or run on one lane.
    /// - Throws: `notFound`, `corrupt`, `schemaMismatch`, `invalidArgument`, `engine`.
    public init(path: String, lanes count: Int = 4, maximumWaiting: Int = 64) throws(IndexError) {
        guard (1...64).contains(count), maximumWaiting >= 1 else {
            throw IndexError(
                code: .invalidArgument, operation: "open readers of the index at \(path)",
                message: "\(count) lanes with \(maximumWaiting) waiting are not within 1…64 and 1…")
        }
        self.path = path
        self.maximumWaiting = maximumWaiting
        var lanes: [ReaderLane] = []
        for number in 0..<count { lanes.append(try ReaderLane(path: path, number: number)) }
        self.lanes = lanes
        pending = Mutex([Int](repeating: 0, count: count))
    }

    /// Answers a query from the last commit.
    /// - Throws: as ``IndexReader/search(_:)``, and `overloaded`, `cancelled`.
    public func search(_ query: IndexQuery) async throws(IndexError) -> ResultPage {
        let program = try QueryProgram(query.query)
        return try await read { (reader) throws(IndexError) in try reader.search(query, program: program) }
    }

    /// Runs several reads on one lane, all on the same commit.
    ///
    /// `body` runs on the lane's thread and may run twice: once more from the start if the snapshot was overwritten.
    public func read<Answer: Sendable>(
        _ body: @Sendable (borrowing IndexReader) throws(IndexError) -> Answer
    ) async throws(IndexError) -> Answer {
        let lane = try admit()
        defer { pending.withLock { $0[lane] -= 1 } }
        return try await lanes[lane].read(body)
    }

    /// The document that has the unique term; nil if there is none.
    public func document(uniqueTerm: String, valueSlots: [UInt32] = []) async throws(IndexError) -> Hit? {
        try await read { (reader) throws(IndexError) in
            try reader.document(uniqueTerm: uniqueTerm, valueSlots: valueSlots)
        }
    }

    public func metadata(_ key: String) async throws(IndexError) -> [UInt8]? {
        try await read { (reader) throws(IndexError) in try reader.metadata(key) }
    }

    public func statistics() async throws(IndexError) -> CollectionStatistics {
        try await read { (reader) throws(IndexError) in try reader.statistics() }
    }

    public func documentCount() async throws(IndexError) -> Int { try await statistics().documentCount }

    public func frequencies(of terms: [String]) async throws(IndexError) -> [TermFrequency] {
        try await read { (reader) throws(IndexError) in try reader.frequencies(of: terms) }
    }

    public func lexicon(prefix: String, after: String = "", limit: Int) async throws(IndexError) -> Lexicon {
        try await read { (reader) throws(IndexError) in
            try reader.lexicon(prefix: prefix, after: after, limit: limit)
        }
    }

    /// Searches that wait or run now, on all lanes.
    public var waiting: Int { pending.withLock { $0.reduce(0, +) } }

    private func admit() throws(IndexError) -> Int {
        let lane = pending.withLock { pending -> Int? in
            var least = 0
            for lane in pending.indices where pending[lane] < pending[least] { least = lane }
            guard pending[least] < maximumWaiting else { return nil }
            pending[least] += 1
            return least
        }
        guard let lane else {
            throw IndexError(
                code: .overloaded, operation: "search the index at \(path)",
                message: "\(lanes.count) lanes have \(maximumWaiting) searches each")
        }
        return lane
    }
}

/// One reader on one queue.
actor ReaderLane {
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let reader: IndexReader

    init(path: String, number: Int) throws(IndexError) {
        executor = QueueExecutor(label: "sabil.index.reader.\(number)")
        reader = try IndexReader(path: path)
    }

    func read<Answer: Sendable>(
        _ body: @Sendable (borrowing IndexReader) throws(IndexError) -> Answer
    ) throws(IndexError) -> Answer {
        guard !Task.isCancelled else {
            throw IndexError(
                code: .cancelled, operation: "search the index", message: "the task was cancelled while it waited")
        }
        do {
            try reader.refresh()
            return try body(reader)
        } catch {
            guard error.code == .modifiedDuringRead else { throw error }
        }
        try reader.refresh()
        return try body(reader)
    }
}
