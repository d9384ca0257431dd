import SabilRecords
import SabilSearch
import Synchronization

/// The index as the server sees it: opened when first needed, and tried again later if it was not there.
package final class IndexAccess: Sendable {
    private struct State {
        var engine: (any SearchEngine)?
        var failure: (any Error)?
        var lastTry: ContinuousClock.Instant?
    }

    private let pool: WorkPool
    private let retryAfter: Duration
    private let opening: @Sendable () throws -> any SearchEngine
    private let state = Mutex(State())

    /// - Parameters:
    ///   - retryAfter: after a failure, requests within this time get the same failure without another try.
    ///   - opening: opens the index; called on a thread of the pool.
    package init(
        pool: WorkPool, retryAfter: Duration = .seconds(1),
        opening: @escaping @Sendable () throws -> any SearchEngine
    ) {
        self.pool = pool
        self.retryAfter = retryAfter
        self.opening = opening
    }

    /// The opened index.
    /// - Throws: the `SearchError` of the last try to open it.
    func engine() async throws -> any SearchEngine {
        let known = try state.withLock { state throws -> (any SearchEngine)? in
            if let engine = state.engine { return engine }
            if let failure = state.failure, let lastTry = state.lastTry, lastTry.duration(to: .now) < retryAfter {
                throw failure
            }
            return nil
        }
        if let known { return known }
        do {
            let engine = try await pool.run { [opening] in try opening() }
            state.withLock { $0.engine = engine }
            return engine
        } catch {
            state.withLock { state in
                state.failure = error
                state.lastTry = .now
            }
            throw error
        }
    }

    func search(_ request: SearchRequest) async throws -> FacetedPage { try await engine().search(request) }
    func records(matching request: SearchRequest) async throws -> RecordStream {
        try await engine().records(matching: request)
    }
    func complete(_ request: CompletionRequest) async throws -> CompletionPage {
        try await engine().complete(request)
    }
    func similar(
        to id: RecordID, limit: Int, readerLanguage: Language, visibility: Set<Visibility>
    ) async throws -> SimilarPage? {
        try await engine().similar(to: id, limit: limit, readerLanguage: readerLanguage, visibility: visibility)
    }
    func confirmed(_ request: ConfirmedRequest) async throws -> [ConceptID: [ConfirmedRecord]] {
        try await engine().confirmed(request)
    }
    func record(_ id: RecordID) async throws -> ResourceRecord? { try await engine().record(id) }
}
