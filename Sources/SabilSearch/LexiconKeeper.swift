import Synchronization
import XapianIndex

/// Takes words of an index piece by piece and makes of them what is kept.
protocol LexiconBuilder: Sendable {
    associatedtype List: Sendable

    /// With which the terms begin that are read.
    static var prefix: String { get }
    /// The term that the next piece comes after; nil when there is none.
    var after: String? { get }
    var list: List { get }

    /// - Parameter documents: how many the collection has.
    init(documents: Int)
    mutating func add(_ piece: Lexicon)
}

extension LexiconBuilder {
    /// Terms read at once: some ten milliseconds.
    static var pieceSize: Int { 20_000 }
}

/// What tells one state of an index from another.
struct LexiconStamp: Sendable, Hashable {
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

/// The words that spelling goes by.
typealias WordListKeeper = LexiconKeeper<WordList.Builder>

/// Keeps what is made of the words of an index near its last commit; reads them in pieces between searches.
final class LexiconKeeper<Builder: LexiconBuilder>: Sendable {
    private struct State {
        var list: Builder.List?
        var stamp: LexiconStamp?
        var making: Task<Builder.List?, Never>?
        var notBefore: ContinuousClock.Instant?
    }

    /// A list is made again after this many times what making it took, where commits come faster.
    private static var rest: Int { 10 }

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
    func follow(_ stamp: LexiconStamp?) {
        guard isAhead else { return }
        state.withLock { state in
            if state.list != nil, state.stamp == stamp || stamp == nil { return }
            if let notBefore = state.notBefore, ContinuousClock.now < notBefore { return }
            begin(&state)
        }
    }

    /// Begins to make the list of this state of the index, whose making nobody waits for.
    func want(_ stamp: LexiconStamp) {
        state.withLock { state in
            if let notBefore = state.notBefore, ContinuousClock.now < notBefore { return }
            if state.stamp != stamp { begin(&state) }
        }
    }

    /// The list, as ``list(of:)`` gives it, if it is there.
    func ready(for stamp: LexiconStamp) -> Builder.List? {
        state.withLock { isAhead || $0.stamp == stamp ? $0.list : nil }
    }

    /// The list: one of before while the next is being made where that is allowed, else that of the last commit.
    func list(of stamp: LexiconStamp) async -> Builder.List? {
        let (list, making) = state.withLock { state -> (Builder.List?, Task<Builder.List?, Never>?) in
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

    private func make() async -> Builder.List? {
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

    private func read() async throws(IndexError) -> (list: Builder.List, stamp: LexiconStamp) {
        let stamp = try await pool.read { (reader) throws(IndexError) in try LexiconStamp(reader) }
        var builder = Builder(documents: stamp.documents)
        while let after = builder.after {
            builder.add(
                try await pool.read { (reader) throws(IndexError) in
                    try reader.lexicon(prefix: Builder.prefix, after: after, limit: Builder.pieceSize)
                })
        }
        return (builder.list, stamp)
    }
}
