import Logging
import SabilClassification
import SabilRecords
import SabilReview
import SabilSearch
import ServiceLifecycle

/// What goes on beside requests: decisions the index still lacks, and suggestions for the review queue.
package actor Upkeep: Service {
    private let services: ServerServices
    private var lastLook: Look?

    /// What was in force when the queue was last brought up to date.
    private struct Look: Equatable {
        var revision: UInt64
        var model: ModelID
    }

    private static let batchSize = 100

    package init(services: ServerServices) { self.services = services }

    package func run() async throws {
        guard services.desk != nil else {
            try await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.round()
                do {
                    try await Task.sleep(for: .seconds(self.services.configuration.upkeepSeconds))
                } catch {
                    return
                }
            }
        }
    }

    /// One look at everything; failures go to the log and are tried again in the next round.
    package func round() async {
        guard let desk = services.desk else { return }
        do {
            if try await !desk.store.unindexed().isEmpty { await desk.follower.round() }
            guard services.models.isConfigured else { return }
            _ = await desk.learner.round()
            try await refreshQueue(desk.store)
        } catch is CancellationError {
            // The server is stopping.
        } catch let problem as Problem where problem.kind == .modelUnavailable || problem.kind == .indexUnavailable {
            // No failure but a state that may last: /readyz says it.
            services.logger.debug("nothing to keep up yet", metadata: ["reason": "\(problem)"])
        } catch {
            services.logger.warning("upkeep failed", metadata: ["reason": "\(error)"])
        }
    }

    /// Makes suggestions for the newest records that the model in force has not seen as they are.
    private func refreshQueue(_ store: DecisionStore) async throws {
        let model = try await services.models.current()
        let first = try await page(offset: 0, limit: 1)
        let look = Look(revision: first.revision, model: model.id)
        guard look != lastLook else { return }
        let shelved = try await store.shelved()
        var seen: Set<RecordID> = []
        var isWhole = false
        var offset = 0
        while offset < services.configuration.queueRecords {
            try Task.checkCancellation()
            let limit = min(Self.batchSize, services.configuration.queueRecords - offset)
            let hits = try await page(offset: offset, limit: limit).hits
            let records = hits.map(\.record)
            seen.formUnion(records.map(\.id))
            try await shelve(records, known: shelved, model: model, in: store)
            offset += limit
            if hits.count < limit {
                isWhole = true
                break
            }
        }
        if isWhole { try await store.unshelve(shelved.keys.filter { !seen.contains($0) }.sorted()) }
        lastLook = look
    }

    private func page(offset: Int, limit: Int) async throws -> FacetedPage {
        try await services.index.search(
            SearchRequest(
                sort: .newest, offset: offset, limit: limit, highlight: false,
                visibility: Set(Visibility.allCases), timeLimitSeconds: 30))
    }

    private func shelve(
        _ records: [ResourceRecord], known: [RecordID: ShelfMark], model: any Suggesting, in store: DecisionStore
    ) async throws {
        let suggested = try await services.pool.run {
            var suggested: [(record: ResourceRecord, suggestions: [Suggestion])] = []
            for record in records {
                let mark = ShelfMark(model: model.id, digest: DecisionStore.shelfDigest(of: record))
                guard known[record.id] != mark else { continue }
                suggested.append(
                    (
                        record,
                        try model.suggest(
                            SuggestionRequest(
                                title: record.title, text: record.textToClassify, language: record.language, limit: 12,
                                evidenceLimit: 0)
                        ).suggestions
                    ))
            }
            return suggested
        }
        if !suggested.isEmpty { try await store.shelve(suggested, model: model.id) }
    }
}

/// Ends threads and files when everything that uses them has ended.
struct Closing: Service {
    let services: ServerServices

    func run() async throws {
        // Cancellation ends the wait as the graceful way does; either way things are closed below.
        try? await gracefulShutdown()
        try await services.pool.stop()
        try services.desk?.store.close()
    }
}
