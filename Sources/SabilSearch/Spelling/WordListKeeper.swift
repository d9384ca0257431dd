import Synchronization
import XapianIndex

/// Keeps the ``WordList`` of an index near its last commit; reads it in pieces between searches.
final class WordListKeeper: Sendable {
    /// What tells one state of an index from another.
    struct Stamp: Sendable, Hashable {
        var revision: UInt64
        var documents: Int
        var averageLength: Double

        init(_ reader: borrowing IndexReader) throws(IndexError) {
            let statistics = try reader.statistics()
            revision = statistics.revision.rawValue
            documents = statistics.documentCount
            averageLength = statistics.averageLength
        }
    }

    private struct State {
        var list: WordList?
        var stamp: Stamp?
        var making: Task<WordList?, Never>?
        var notBefore: ContinuousClock.Instant?
    }

    /// A list is made again after this many times what making it took, where commits come faster.
    private static let rest = 10

    private let pool: ReaderPool
    /// Whether a list of the commit before serves until the next is there.
    private let isAhead: Bool
    private let state = Mutex(State())

    init(_ pool: ReaderPool, isAhead: Bool) {
        self.pool = pool
        self.isAhead = isAhead
    }

    deinit { state.withLock { $0.making?.cancel() } }

    /// Begins to make the list if it is not that of this state of the index.
    func follow(_ stamp: Stamp?) {
        guard isAhead else { return }
        state.withLock { state in
            if state.list != nil, state.stamp == stamp || stamp == nil { return }
            if let notBefore = state.notBefore, ContinuousClock.now < notBefore { return }
            begin(&state)
        }
    }

    /// The list, as ``list(of:)`` gives it, if it is there.
    func ready(for stamp: Stamp) -> WordList? {
        state.withLock { isAhead || $0.stamp == stamp ? $0.list : nil }
    }

    /// The list: one of before while the next is being made where that is allowed, else that of the last commit.
    func list(of stamp: Stamp) async -> WordList? {
        let (list, making) = state.withLock { state -> (WordList?, Task<WordList?, Never>?) in
            if let list = state.list, isAhead || state.stamp == stamp { return (list, nil) }
            begin(&state)
            return (nil, state.making)
        }
        if let list { return list }
        return await making?.value
    }

    private func begin(_ state: inout State) {
        guard state.making == nil else { return }
        state.making = Task { await self.make() }
    }

    private func make() async -> WordList? {
        let clock = ContinuousClock()
        let start = clock.now
        let made = try? await read()
        return state.withLock { state in
            state.making = nil
            if let made {
                state.list = made.list
                state.stamp = made.stamp
            }
            // What fails is tried again when next asked for: a search that needs it says why itself.
            let now = clock.now
            state.notBefore = now + (now - start) * Self.rest
            return state.list
        }
    }

    private func read() async throws(IndexError) -> (list: WordList, stamp: Stamp) {
        let stamp = try await pool.read { (reader) throws(IndexError) in try Stamp(reader) }
        var builder = WordList.Builder(documents: stamp.documents)
        while let after = builder.after {
            builder.add(
                try await pool.read { (reader) throws(IndexError) in
                    try reader.lexicon(prefix: "", after: after, limit: WordList.Builder.pieceSize)
                })
        }
        return (builder.list, stamp)
    }
}
