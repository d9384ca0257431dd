package import Logging
import SabilRecords
package import SabilReview
import SabilSearch
import Synchronization

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
            var found: [UnindexedRecord] = []
            for entry in batch {
                if try await index.record(entry.record) == nil {
                    try await store.markUnindexed(entry.record, reason: Self.absent)
                } else {
                    found.append(entry)
                }
            }
            guard !found.isEmpty else { return }
            let written = Mutex<Set<RecordID>>([])
            let report = try await indexer.replace { [found] () async throws(SearchError) in
                let records = try await decided(found.map(\.record))
                written.withLock { $0 = Set(records.map(\.id)) }
                return records
            }
            for entry in found where !written.withLock({ $0.contains(entry.record) }) {
                try await store.markUnindexed(entry.record, reason: Self.absent)
            }
            found.removeAll { entry in !written.withLock { $0.contains(entry.record) } }
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

    private static let absent = "The record is not in the index; it follows when it is indexed."

    /// Records of the index with the decisions in force, without those that it does not have.
    ///
    /// To be called while no other writer gets in: what was delivered or deleted before is seen, and nothing comes after. And
    /// after the list of open records was read: a decision stored since is written too, and stays listed as open.
    private nonisolated func decided(_ records: [RecordID]) async throws(SearchError) -> [ResourceRecord] {
        do {
            var decided: [ResourceRecord] = []
            for id in records {
                guard let record = try await index.record(id) else { continue }
                decided.append(try await store.decided(about: id).applied(to: record))
            }
            return decided
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(
                code: .source, operation: "read what was decided", message: Problem(describing: error).detail,
                underlying: error)
        }
    }
}
