import FoundationEssentials

/// Builds an index from nothing, faster than one writer can: small shards on threads of their own, merged at the end.
///
/// Documents with the same unique term go to the same line of shards, so the last one written wins as with an
/// ``IndexWriter``. Until ``finish(metadata:)`` succeeds nothing at `path` changes; then the new index takes its place in
/// one step. Document numbers follow the shards, not the order of adding; the same calls give the same numbers.
public final class BulkIndexBuilder: Sendable {
    public let path: String
    private let workspace: String
    private let lanes: [ShardLane]
    /// Keeps other builds of the same path out, and carries the metadata into the merge.
    private let header: IndexWriter
    /// The lock of the index to be replaced, if it is held from the beginning.
    private let holder: IndexWriter?
    private let keepsPrevious: Bool

    /// Shards merged at once: each holds some five files open.
    private static let fanIn = 48

    /// - Parameters:
    ///   - path: where the index shall be; one that is there stays readable until it is replaced.
    ///   - lanes: 1…32 threads; as many as cores is a good number.
    ///   - flushThreshold: see ``IndexWriter``.
    ///   - documentsPerShard: smaller shards are written faster (2,500: −6 %, 10,000: +20 % of the time) and leave a larger
    ///     index (2,500: +3 %, 10,000: −3 %), since the merge joins lists without packing them anew.
    ///   - holdsIndex: whether other writers of the index are kept out from the beginning, not only while it is replaced:
    ///     what they committed meanwhile would be lost with the old index.
    ///   - keepsPrevious: whether the index that is replaced is kept beside the new one, as ``IndexGenerations/previous``.
    /// - Throws: `locked` if another build for this path is going on or a writer has the index that shall be held,
    ///   `notAnIndex` if something else is at the path or where the previous index shall be, `denied`, `diskFull`,
    ///   `invalidArgument`, `engine`.
    public init(
        path: String, lanes count: Int = 2, flushThreshold: Int = 250, documentsPerShard: Int = 5_000,
        holdsIndex: Bool = false, keepsPrevious: Bool = false
    ) throws(IndexError) {
        guard (1...32).contains(count), documentsPerShard > 0, (1...1_000_000).contains(flushThreshold) else {
            throw IndexError(
                code: .invalidArgument, operation: "build an index at \(path)",
                message:
                    "\(count) lanes are not within 1 and 32, or \(documentsPerShard) documents a shard not above 0, "
                    + "or the flush threshold \(flushThreshold) is not within 1 and 1000000")
        }
        let path = IndexPlace.normalised(path)
        try IndexPlace.check(path)
        if keepsPrevious { try IndexPlace.check(IndexGenerations(path: path).previous) }
        self.path = path
        self.keepsPrevious = keepsPrevious
        let workspace = path + ".building"
        self.workspace = workspace
        holder = holdsIndex ? try IndexGenerations.hold(path) : nil
        do {
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        } catch {
            throw IndexPlace.failure(error, operation: "make the directory \(workspace)")
        }
        header = try IndexWriter(path: "\(workspace)/header", opening: .overwriting, flushThreshold: flushThreshold)
        // With the lock in hand, what a killed build left may go.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: workspace)) ?? [] where name != "header" {
            try IndexPlace.remove("\(workspace)/\(name)")
        }
        lanes = (0..<count).map { number in
            ShardLane(
                folder: "\(workspace)/shard\(number)", documentsPerShard: documentsPerShard,
                flushThreshold: UInt32(flushThreshold))
        }
    }

    /// Writes documents to their shards, all lanes at the same time. May be called from several tasks.
    ///
    /// The order of documents with the same unique term is kept within one call only.
    public func add(_ documents: [IndexDocument]) async throws(IndexError) {
        var parts = [[IndexDocument]](repeating: [], count: lanes.count)
        for document in documents {
            parts[Int(FNV1a.digest(of: document.uniqueTerm.utf8) % UInt64(lanes.count))].append(document)
        }
        let work = parts
        _ = try await everyLane { (number, lane) async throws(IndexError) in
            if !work[number].isEmpty { try await lane.add(work[number]) }
        }
    }

    /// Merges the shards, stores the metadata and puts the index in its place.
    /// - Throws: `locked` while a writer has the index that is to be replaced (finish again when it is done);
    ///   `diskFull`, `engine`: the build is lost, and ``abandon()`` removes what is left of it.
    public func finish(metadata: [String: [UInt8]] = [:]) async throws(IndexError) -> IndexRevision {
        // Whoever writes to the index that is replaced would go on writing to what is thrown away.
        var holder = self.holder
        if holder == nil { holder = try IndexGenerations.hold(path) }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { try await header.setMetadata(key, value) }
        _ = try await header.commit()
        let shards = try await everyLane { (_, lane) async throws(IndexError) in try await lane.finish() }.joined()
        let sources = [header.path] + shards
        let workspace = workspace
        let revision = try await offPool { [path, keepsPrevious] () throws(IndexError) -> IndexRevision in
            let merged = try Self.merge(sources, in: workspace)
            try IndexGenerations(path: path).putInPlace(merged, keepsPrevious: keepsPrevious)
            return try ReaderHandle(path: path).statistics().revision
        }
        await holder?.abandon()
        await header.abandon()
        try IndexPlace.remove(workspace)
        return revision
    }

    /// Merges indexes in their order, not too many at once.
    /// - Returns: the path of the one they became.
    private static func merge(_ sources: [String], in workspace: String) throws(IndexError) -> String {
        var level = sources
        var round = 0
        while level.count > fanIn {
            var next: [String] = []
            for start in stride(from: 0, to: level.count, by: fanIn) {
                let group = Array(level[start..<min(start + fanIn, level.count)])
                let part = "\(workspace)/merged\(round)-\(next.count)"
                try IndexFiles.compact(group, to: part, isDurable: false)
                // The header's lock is held until the end.
                for path in group where path != sources.first { try IndexPlace.remove(path) }
                next.append(part)
            }
            level = next
            round += 1
        }
        let merged = workspace + "/merged"
        try IndexFiles.compact(level, to: merged)
        return merged
    }

    /// Stops and removes what was built so far.
    public func abandon() async throws(IndexError) {
        for lane in lanes { await lane.abandon() }
        await holder?.abandon()
        await header.abandon()
        try IndexPlace.remove(workspace)
    }

    private func everyLane<Answer: Sendable>(
        _ body: @escaping @Sendable (Int, ShardLane) async throws(IndexError) -> Answer
    ) async throws(IndexError) -> [Answer] {
        let results = await withTaskGroup(of: (Int, Result<Answer, IndexError>).self) { group in
            for (number, lane) in lanes.enumerated() {
                group.addTask {
                    do throws(IndexError) {
                        return (number, .success(try await body(number, lane)))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            var results: [(Int, Result<Answer, IndexError>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }
        }
        var answers: [Answer] = []
        for (_, result) in results { answers.append(try result.get()) }
        return answers
    }
}

/// Runs blocking work on a thread of its own.
func offPool<Answer: Sendable>(
    _ body: @escaping @Sendable () throws(IndexError) -> Answer
) async throws(IndexError) -> Answer {
    try await BlockingWork().run(body)
}

/// An actor on a queue of its own, for one piece of blocking work.
private actor BlockingWork {
    private nonisolated let executor = QueueExecutor(label: "sabil.index.work")
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    func run<Answer: Sendable>(_ body: @Sendable () throws(IndexError) -> Answer) throws(IndexError) -> Answer {
        try body()
    }
}
