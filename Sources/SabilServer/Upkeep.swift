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
        } catch  where Task.isCancelled {
            // The server is stopping: whatever failed, it is no news.
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
        let request = SearchRequest(
            sort: .newest, limit: 0, highlight: false, visibility: Set(Visibility.allCases), timeLimitSeconds: 30)
        let look = Look(revision: try await services.index.search(request).revision, model: model.id)
        guard look != lastLook else { return }
        let shelved = try await store.shelved()
        var stream = try await services.index.records(matching: request)
        var seen: Set<RecordID> = []
        var left = services.configuration.queueRecords
        while left > 0, let records = try await stream.next() {
            let records = Array(records.prefix(left))
            left -= records.count
            seen.formUnion(records.map(\.id))
            for start in stride(from: 0, to: records.count, by: Self.batchSize) {
                try Task.checkCancellation()
                try await shelve(
                    Array(records[start..<min(start + Self.batchSize, records.count)]), known: shelved, model: model,
                    in: store)
            }
        }
        // What is no longer among these records, deleted or pushed out by newer ones, would stay as an older model saw it.
        try await store.unshelve(shelved.keys.filter { !seen.contains($0) }.sorted())
        lastLook = look
        if stream.count > services.configuration.queueRecords {
            services.logger.notice(
                "the review queue holds the newest records only; --queue-records says how many",
                metadata: ["queue": "\(services.configuration.queueRecords)", "records": "\(stream.count)"])
        }
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
