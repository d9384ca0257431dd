import FoundationEssentials

/// Builds an index from nothing, faster than one writer can: shards on threads of their own, merged at the end.
///
/// Documents with the same unique term go to the same shard, so the last one written wins as with an ``IndexWriter``.
/// Until ``finish(metadata:)`` succeeds nothing at `path` changes; then the new index takes its place in one step.
/// Document numbers follow the shards, not the order of adding.
public final class BulkIndexBuilder: Sendable {
    public let path: String
    private let workspace: String
    private let shards: [IndexWriter]
    /// The lock of the index to be replaced, if it is held from the beginning.
    private let holder: IndexWriter?

    /// - Parameters:
    ///   - path: where the index shall be; one that is there stays readable until it is replaced.
    ///   - shards: 1…32; as many as cores is a good number.
    ///   - holdsIndex: whether other writers of the index are kept out from the beginning, not only while it is replaced:
    ///     what they committed meanwhile would be lost with the old index.
    /// - Throws: `locked` if another build for this path is going on or a writer has the index that shall be held,
    ///   `notAnIndex` if something else is at the path, `denied`, `diskFull`, `invalidArgument`, `engine`.
    public init(
        path: String, shards count: Int = 2, flushThreshold: Int = 250, holdsIndex: Bool = false
    ) throws(IndexError) {
        guard (1...32).contains(count) else {
            throw IndexError(
                code: .invalidArgument, operation: "build an index at \(path)",
                message: "\(count) shards are not within 1 and 32")
        }
        let path = IndexPlace.normalised(path)
        try IndexPlace.check(path)
        self.path = path
        workspace = path + ".building"
        holder = holdsIndex ? try Self.holdExisting(path) : nil
        do {
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        } catch {
            throw IndexPlace.failure(error, operation: "make the directory \(workspace)")
        }
        var shards: [IndexWriter] = []
        for number in 0..<count {
            shards.append(
                try IndexWriter(
                    path: "\(workspace)/shard\(number)", opening: .overwriting, flushThreshold: flushThreshold))
        }
        self.shards = shards
    }

    /// Writes documents to their shards, all shards at the same time. May be called from several tasks.
    ///
    /// The order of documents with the same unique term is kept within one call only.
    public func add(_ documents: [IndexDocument]) async throws(IndexError) {
        var parts = [[IndexDocument]](repeating: [], count: shards.count)
        for document in documents { parts[shard(of: document.uniqueTerm)].append(document) }
        let work = parts
        try await everyShard { (shard, writer) async throws(IndexError) in
            if !work[shard].isEmpty { try await writer.replace(work[shard]) }
        }
    }

    /// Merges the shards, stores the metadata and puts the index in its place.
    /// - Throws: `locked` while a writer has the index that is to be replaced (finish again when it is done);
    ///   `diskFull`, `engine`: the build is lost, and ``abandon()`` removes what is left of it.
    public func finish(metadata: [String: [UInt8]] = [:]) async throws(IndexError) -> IndexRevision {
        // Whoever writes to the index that is replaced would go on writing to what is thrown away.
        var holder = self.holder
        if holder == nil { holder = try Self.holdExisting(path) }
        // Of metadata with one key the first shard's wins in the merge, and the others have none.
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { try await shards[0].setMetadata(key, value) }
        try await everyShard { (_, writer) async throws(IndexError) in try await writer.finish() }
        let merged = workspace + "/merged"
        try remove(merged)
        let sources = shards.map(\.path)
        let revision = try await offPool { [path] () throws(IndexError) -> IndexRevision in
            try IndexFiles.compact(sources, to: merged)
            _ = try IndexFiles.exchange(merged, with: path)
            return try ReaderHandle(path: path).statistics().revision
        }
        await holder?.abandon()
        try remove(workspace)
        return revision
    }

    /// Stops and removes what was built so far.
    public func abandon() async throws(IndexError) {
        for shard in shards { await shard.abandon() }
        await holder?.abandon()
        try remove(workspace)
    }

    /// The lock of the index to be replaced; nil if there is none, or none that opens.
    private static func holdExisting(_ path: String) throws(IndexError) -> IndexWriter? {
        do throws(IndexError) {
            return try IndexWriter(path: path, opening: .existing)
        } catch {
            // A damaged or outdated index is a reason to build anew, not an obstacle.
            if error.code == .locked { throw error }
            return nil
        }
    }

    /// FNV-1a: the same on every run, unlike `Hasher`.
    private func shard(of uniqueTerm: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in uniqueTerm.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(hash % UInt64(shards.count))
    }

    private func everyShard(
        _ body: @escaping @Sendable (Int, IndexWriter) async throws(IndexError) -> Void
    ) async throws(IndexError) {
        let results = await withTaskGroup(of: (Int, Result<Void, IndexError>).self) { group in
            for (number, writer) in shards.enumerated() {
                group.addTask {
                    do throws(IndexError) {
                        try await body(number, writer)
                        return (number, .success(()))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            var results = [Result<Void, IndexError>](repeating: .success(()), count: shards.count)
            for await (number, result) in group { results[number] = result }
            return results
        }
        for result in results { try result.get() }
    }

    private func remove(_ path: String) throws(IndexError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw IndexPlace.failure(error, operation: "remove \(path)")
        }
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
