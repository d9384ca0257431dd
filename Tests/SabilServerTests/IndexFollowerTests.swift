import SabilRecords
import SabilReview
import SabilSearch
import Synchronization
import Testing

@testable import SabilServer

/// Decisions on their way into an index that others write to as well.
@Suite struct IndexFollowerTests {
    /// An indexer that is overtaken by another writer before it has the index to itself.
    private struct Overtaken: RecordIndexing {
        let indexer: Indexer
        let between: @Sendable (Indexer) async throws(SearchError) -> Void

        func replace(
            _ records: @Sendable () async throws(SearchError) -> [ResourceRecord]
        ) async throws(SearchError) -> IndexingReport {
            try await between(indexer)
            return try await indexer.replace(records)
        }
    }

    /// Stores a decision about `en/1` and follows it while another process does something with the index.
    /// - Returns: the record afterwards, and what the index still lacks.
    private static func follow(
        while between: @escaping @Sendable (Indexer) async throws(SearchError) -> Void
    ) async throws -> (record: ResourceRecord?, open: [UnindexedRecord]) {
        let found = Mutex<(record: ResourceRecord?, open: [UnindexedRecord])>((nil, []))
        // A server without decisions of its own: nobody else follows them.
        try await ServerFixture.run(hasDecisions: false) { _, fixture in
            let store = try DecisionStore(path: fixture.directory + "/followed.sqlite")
            try await store.append(
                Decision(record: RecordID("en/1"), concept: ConceptID("cash-transfers"), verdict: .accept, by: "A"))
            let indexer = Indexer(
                path: fixture.indexPath, taxonomy: fixture.services.taxonomy,
                contentTypes: fixture.services.contentTypes)
            let follower = IndexFollower(
                store: store, index: fixture.services.index, indexer: Overtaken(indexer: indexer, between: between),
                logger: ServerFixture.logger)
            await follower.round()
            let record = try await fixture.services.index.record(RecordID("en/1"))
            let open = try await store.unindexed()
            found.withLock { $0 = (record, open) }
            try store.close()
        }
        return found.withLock { $0 }
    }

    @Test func `a record delivered meanwhile stays as it was delivered`() async throws {
        let (record, open) = try await Self.follow { indexer throws(SearchError) in
            var newer = Records.all[0]
            newer.title = "Cash transfers in Egypt, second edition"
            _ = try await indexer.update([newer])
        }
        #expect(record?.title == "Cash transfers in Egypt, second edition")
        #expect(record?.concepts.first { $0.concept.rawValue == "cash-transfers" }?.source == .confirmed)
        #expect(open == [])
    }

    @Test func `a record deleted meanwhile stays away`() async throws {
        let (record, open) = try await Self.follow { indexer throws(SearchError) in
            _ = try await indexer.delete([RecordID("en/1")])
        }
        #expect(record == nil)
        #expect(open.map(\.record.rawValue) == ["en/1"])
        #expect(open.first?.reason?.contains("not in the index") == true, "\(open.first?.reason ?? "")")
    }
}
