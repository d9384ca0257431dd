import Foundation
import SabilRecords
import SabilReview

/// What curators decided, as far as an index run needs it: nothing when there is no file of decisions yet.
struct DecidedTags: Sendable {
    let concepts: DecidedConcepts
    /// Place in the log of the last of these decisions; 0 without any.
    let through: Int64
    private let path: String
    private let unindexed: [UnindexedRecord]

    /// - Parameter last: place in the log of the last decision to look at; `nil` looks at all.
    init(decisionsAt path: String, through last: Int64? = nil) async throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            concepts = DecidedConcepts()
            through = 0
            unindexed = []
            return
        }
        let store = try DecisionStore(path: path)
        // In this order: a decision that comes between is heeded and stays open, not the other way about.
        unindexed = try await store.unindexed()
        let log = try await store.log().filter { $0.sequence <= last ?? .max }
        concepts = DecidedConcepts(log.map(\.decision))
        through = log.last?.sequence ?? 0
        try store.close()
    }

    /// Notes that the index now holds the decisions about these records.
    func markIndexed(_ records: Set<RecordID>) async throws {
        let done = unindexed.filter { records.contains($0.record) }
        guard !done.isEmpty else { return }
        let store = try DecisionStore(path: path)
        try await store.markIndexed(done)
        try store.close()
    }

    /// Opens records again that were decided on after a place of the log: the index now in use was built without that.
    /// - Returns: how many.
    static func reopen(decisionsAt path: String, after sequence: Int64) async throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let store = try DecisionStore(path: path)
        let count = try await store.reopen(after: sequence)
        try store.close()
        return count
    }
}
