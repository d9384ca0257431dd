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

    private let shardsPerMerge: Int

    /// - Parameters:
    ///   - path: where the index shall be; one that is there stays readable until it is replaced.
    ///   - lanes: 1…32 threads; as many as cores is a good number.
    ///   - flushThreshold: see ``IndexWriter``.
    ///   - documentsPerShard: smaller shards are written faster (2,500: −6 %, 10,000: +20 % of the time) and leave a larger
    ///     index (2,500: +3 %, 10,000: −3 %), since the merge joins lists without packing them anew.
    ///   - shardsPerMerge: 2… shards merged at one time, by all lanes together; more of them take several passes, each of which
    ///     copies everything. A merge holds two files of each shard open, of the 1,024 that a process may have as a rule.
    ///   - holdsIndex: whether other writers of the index are kept out from the beginning, not only while it is replaced:
    ///     what they committed meanwhile would be lost with the old index.
    ///   - keepsPrevious: whether the index that is replaced is kept beside the new one, as ``IndexGenerations/previous``.
    /// - Throws: `locked` if another build for this path is going on or a writer has the index that shall be held,
    ///   `notAnIndex` if something else is at the path or where the previous index shall be, `denied`, `diskFull`,
    ///   `invalidArgument`, `engine`.
    public init(
        path: String, lanes count: Int = 2, flushThreshold: Int = 250, documentsPerShard: Int = 5_000,
        shardsPerMerge: Int = 240, holdsIndex: Bool = false, keepsPrevious: Bool = false
    ) throws(IndexError) {
        guard (1...32).contains(count), documentsPerShard > 0, shardsPerMerge > 1,
            (1...1_000_000).contains(flushThreshold)
        else {
            throw IndexError(
                code: .invalidArgument, operation: "build an index at \(path)",
                message:
                    "\(count) lanes are not within 1 and 32, or \(documentsPerShard) documents a shard not above 0, "
                    + "or the flush threshold \(flushThreshold) is not within 1 and 1000000, "
                    + "or \(shardsPerMerge) shards a merge are not above 1")
        }
        let path = IndexPlace.normalised(path)
        try IndexPlace.check(path)
        if keepsPrevious { try IndexPlace.check(IndexGenerations(path: path).previous) }
        self.path = path
        self.keepsPrevious = keepsPrevious
        self.shardsPerMerge = shardsPerMerge
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

    /// Documents parted by the lanes they go to; in each in the order in which they were given.
    public struct PartedDocuments: Sendable {
        fileprivate let parts: [[IndexDocument]]
    }

    public var laneCount: Int { lanes.count }

    /// Parts documents by their unique terms, for ``add(_:lane:)``.
    public func parted(_ documents: [IndexDocument]) -> PartedDocuments {
        var parts = [[IndexDocument]](repeating: [], count: lanes.count)
        for document in documents {
            parts[Int(FNV1a.digest(of: document.uniqueTerm.utf8) % UInt64(lanes.count))].append(document)
        }
        return PartedDocuments(parts: parts)
    }

    /// Writes what belongs to one lane, `0..<laneCount`, on its thread.
    ///
    /// Lanes know nothing of each other: one may be batches ahead. Whoever adds to a lane in the same order gets the same index.
    public func add(_ documents: PartedDocuments, lane: Int) async throws(IndexError) {
        let part = documents.parts[lane]
        if !part.isEmpty { try await lanes[lane].add(part) }
    }

    /// Writes documents to their shards, all lanes at the same time. May be called from several tasks.
    ///
    /// The order of documents with the same unique term is kept within one call only.
    public func add(_ documents: [IndexDocument]) async throws(IndexError) {
        let parted = parted(documents)
        _ = try await everyLane { (_, lane) async throws(IndexError) in
            try await self.add(parted, lane: lane)
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
        let shards = try await everyLane { (lane, _) async throws(IndexError) in try await lane.finish() }.joined()
        let sources = try await mergedInPart([header.path] + shards)
        let merged = workspace + "/merged"
        let revision = try await offPool { [path, keepsPrevious] () throws(IndexError) -> IndexRevision in
            try IndexFiles.compact(sources, to: merged)
            try IndexGenerations(path: path).putInPlace(merged, keepsPrevious: keepsPrevious)
            return try ReaderHandle(path: path).statistics().revision
        }
        await holder?.abandon()
        await header.abandon()
        try IndexPlace.remove(workspace)
        return revision
    }

    /// Merges neighbours, as many groups at a time as there are lanes, until few enough are left for one pass.
    /// - Returns: the paths of what is left, in the order of the sources.
    private func mergedInPart(_ sources: [String]) async throws(IndexError) -> [String] {
        var level = sources
        var round = 0
        while level.count > shardsPerMerge {
            let groups = Self.mergeGroups(of: level.count, shardsPerMerge: shardsPerMerge, lanes: laneCount)
                .map { [level] in Array(level[$0]) }
            let parts = groups.indices.map { [workspace, round] in "\(workspace)/merged\(round)-\($0)" }
            _ = try await everyLane { (_, number) async throws(IndexError) in
                for group in stride(from: number, to: groups.count, by: self.laneCount) {
                    try await offPool { () throws(IndexError) in
                        try IndexFiles.compact(groups[group], to: parts[group], isDurable: false)
                        // The header, first of all, holds the lock until the end.
                        for path in groups[group] where path != self.header.path { try IndexPlace.remove(path) }
                    }
                }
            }
            level = parts
            round += 1
        }
        return level
    }

    /// Neighbours to be merged, each group by one lane: what all lanes have open at one time stays within `shardsPerMerge`.
    static func mergeGroups(of count: Int, shardsPerMerge: Int, lanes: Int) -> [Range<Int>] {
        let width = max(2, shardsPerMerge / lanes)
        return stride(from: 0, to: count, by: width).map { $0..<min($0 + width, count) }
    }

    /// Stops and removes what was built so far.
    public func abandon() async throws(IndexError) {
        for lane in lanes { await lane.abandon() }
        await holder?.abandon()
        await header.abandon()
        try IndexPlace.remove(workspace)
    }

    private func everyLane<Answer: Sendable>(
        _ body: @escaping @Sendable (ShardLane, Int) async throws(IndexError) -> Answer
    ) async throws(IndexError) -> [Answer] {
        let results = await withTaskGroup(of: (Int, Result<Answer, IndexError>).self) { group in
            for (number, lane) in lanes.enumerated() {
                group.addTask {
                    do throws(IndexError) {
                        return (number, .success(try await body(lane, number)))
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
