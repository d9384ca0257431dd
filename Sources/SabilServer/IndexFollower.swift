package import Logging
import SabilRecords
package import SabilReview
import SabilSearch

/// Brings what curators decided into the index, many decisions in one commit where they come fast.
package actor IndexFollower {
    /// Whether the index holds the decisions about a record.
    package enum Outcome: Sendable, Hashable {
        case updated
        /// The decision is stored; the index follows later, for the reason given.
        case pending(reason: String)
    }

    private let store: DecisionStore
    private let index: IndexAccess
    private let indexer: any RecordIndexing
    private let logger: Logger
    private var running: Task<Void, Never>?
    private var next: Task<Void, Never>?

    /// Records written in one commit.
    private static let batchSize = 500

    package init(store: DecisionStore, index: IndexAccess, indexer: any RecordIndexing, logger: Logger) {
        self.store = store
        self.index = index
        self.indexer = indexer
        self.logger = logger
    }

    /// Brings all that is open into the index and says whether this record is in.
    ///
    /// Calls that come while a round runs share the round after it: the index has one writer.
    func follow(_ record: RecordID) async -> Outcome {
        await round()
        do {
            guard let open = try await store.unindexed().first(where: { $0.record == record }) else { return .updated }
            return .pending(reason: open.reason ?? "It is being written.")
        } catch {
            return .pending(reason: error.message)
        }
    }

    /// Brings all that is open into the index.
    func round() async {
        if let next { return await next.value }
        let before = running
        let task = Task {
            await before?.value
            begin()
            await write()
        }
        next = task
        await task.value
    }

    /// From here on, decisions that come wait for another round.
    private func begin() {
        running = next
        next = nil
    }

    private func write() async {
        do {
            let open = try await store.unindexed()
            for start in stride(from: 0, to: open.count, by: Self.batchSize) {
                try await write(Array(open[start..<min(start + Self.batchSize, open.count)]))
            }
        } catch {
            logger.error("decisions cannot be brought into the index", metadata: ["reason": "\(error)"])
        }
    }

    private func write(_ batch: [UnindexedRecord]) async throws {
        do {
            var records: [ResourceRecord] = []
            var found: [UnindexedRecord] = []
            for entry in batch {
                guard let record = try await index.record(entry.record) else {
                    try await store.markUnindexed(
                        entry.record, reason: "The record is not in the index; it follows when it is indexed.")
                    continue
                }
                // Read after the list of open records: a decision stored since is written too, and stays listed as open.
                let decided = try await store.decided(about: entry.record)
                records.append(decided.applied(to: record))
                found.append(entry)
            }
            guard !records.isEmpty else { return }
            let report = try await indexer.replace(records)
            if let failure = report.learningFailure {
                logger.warning(
                    "the records are in, but what is learnt from the whole index is as it was",
                    metadata: ["reason": "\(failure)"])
            }
            let refused = Dictionary(report.refused.map { ($0.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
            try await store.markIndexed(found.filter { refused[$0.record] == nil })
            for entry in found {
                if let reason = refused[entry.record] { try await store.markUnindexed(entry.record, reason: reason) }
            }
        } catch let error as SearchError {
            let reason =
                error.code == .locked
                ? "Another process is writing the index; it follows when that has finished." : error.message
            for entry in batch { try await store.markUnindexed(entry.record, reason: reason) }
            logger.warning("the index follows later", metadata: ["reason": "\(error.message)"])
        }
    }
}
