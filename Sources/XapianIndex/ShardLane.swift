/// One line of shards of a bulk build, written one after the other on a thread of its own.
///
/// A shard takes so many documents and is closed then: the tables of a small shard stay in memory while they grow, those of a
/// large one do not. Of documents with one unique term the last wins, in whatever shard the others are.
actor ShardLane {
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Numbers of the border: shards are of no use after a crash, so nothing is forced to disk before the merge.
    private enum Mode {
        static let create: Int32 = 4
        static let open: Int32 = 5
    }

    private let folder: String
    private let documentsPerShard: Int
    private let flushThreshold: UInt32
    private var handle: WriterHandle?
    private var isOpen = false
    /// Paths of the shards, the open one last.
    private var shards: [String] = []
    /// Digests of the unique terms of the open shard, and of those before it.
    private var recent: Set<UInt64> = []
    private var former: Set<UInt64> = []
    /// Unique terms whose documents in all shards before the given one are to go.
    private var superseded: [(term: String, before: Int)] = []

    init(folder: String, documentsPerShard: Int, flushThreshold: UInt32) {
        self.folder = folder
        self.documentsPerShard = documentsPerShard
        self.flushThreshold = flushThreshold
        executor = QueueExecutor(label: "sabil.index.shards")
    }

    /// Writes documents in their order.
    func add(_ documents: [IndexDocument]) throws(IndexError) {
        for document in documents {
            if recent.count >= documentsPerShard { try close() }
            if !isOpen { try open() }
            let digest = FNV1a.digest(of: document.uniqueTerm.utf8)
            let isNew = recent.insert(digest).inserted
            if former.contains(digest) { superseded.append((document.uniqueTerm, shards.count)) }
            try write(document, isNew: isNew)
        }
    }

    private func open() throws(IndexError) {
        let path = "\(folder)-\(shards.count)"
        handle = try WriterHandle(
            path: path, mode: Mode.create, flushThreshold: flushThreshold)
        shards.append(path)
        isOpen = true
    }

    private func write(_ document: IndexDocument, isNew: Bool) throws(IndexError) {
        switch handle {
        case .some(let handle):
            if isNew { try handle.add(document) } else { try handle.replace(document) }
        case .none:
            throw IndexError(
                code: .closed, operation: "write to the shards \(folder)", message: "no shard is open")
        }
    }

    private func close() throws(IndexError) {
        switch handle {
        case .some(let handle): _ = try handle.commit()
        case .none: return
        }
        handle = nil
        isOpen = false
        former.formUnion(recent)
        recent.removeAll(keepingCapacity: true)
    }

    /// Commits what is open and takes out what later shards replaced.
    /// - Returns: the paths of the shards, in the order of writing.
    func finish() throws(IndexError) -> [String] {
        try close()
        for (number, path) in shards.enumerated() {
            let doomed = superseded.filter { $0.before > number + 1 }
            guard !doomed.isEmpty else { continue }
            let writer = try WriterHandle(
                path: path, mode: Mode.open, flushThreshold: flushThreshold)
            for entry in doomed { try writer.delete(uniqueTerm: entry.term) }
            _ = try writer.commit()
        }
        superseded = []
        return shards
    }

    /// Closes without committing.
    func abandon() {
        handle = nil
        isOpen = false
    }
}
