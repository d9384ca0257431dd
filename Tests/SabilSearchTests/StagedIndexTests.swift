import SabilRecords
import SabilTaxonomy
import Testing

@testable import SabilSearch

@Suite struct StagedIndexTests {
    private func record(_ id: String) -> ResourceRecord {
        ResourceRecord(id: RecordID(id), type: "news", language: .english, title: "A note")
    }

    private func build(_ ids: [String], _ indexer: Indexer, _ placement: Indexer.Placement) async throws {
        var batches = [ids.map(record)][...]
        _ = try await indexer.rebuild(placement: placement) { () throws(SearchError) in batches.popFirst() }
    }

    private func count(_ path: String) async throws -> Int { try await SearchFixture.service(path).recordCount() }

    @Test func `a staged index waits beside the one in use until the switch`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            try await build(["a"], indexer, .replacing)
            try await build(["a", "b", "c"], indexer, .staged)
            try await build(["a", "b"], indexer, .staged)
            #expect(try await count(path) == 1)
            let switched = try await indexer.switchToStaged(keepsPrevious: true)
            #expect(switched.records == 2 && !switched.lacksLaterChanges && switched.previous == path + ".previous")
            #expect(try await count(path) == 2)
            #expect(try await count(path + ".previous") == 1)
            await #expect(throws: SearchError.self) { _ = try await indexer.switchToStaged(keepsPrevious: true) }
        }
    }

    @Test func `what was written meanwhile is never lost in silence`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let indexer = SearchFixture.indexer(path)
            try await build(["a"], indexer, .replacing)
            try await build(["a", "b"], indexer, .staged)
            _ = try await indexer.update([record("late")])
            let error = await #expect(throws: SearchError.self) {
                _ = try await indexer.switchToStaged(keepsPrevious: false)
            }
            #expect(error?.message.contains("was written to after") == true, "\(String(describing: error))")
            let switched = try await indexer.switchToStaged(keepsPrevious: true)
            #expect(switched.lacksLaterChanges)
            #expect(try await SearchFixture.service(path + ".previous").record("late") != nil)
        }
    }

    @Test func `an index of another taxonomy is not put in place`() async throws {
        try await SearchFixture.withDirectory { directory in
            let path = directory + "/index"
            let other = SearchFixture.indexer(path, taxonomy: try ConceptScheme(concepts: [], version: "other"))
            try await build(["a"], SearchFixture.indexer(path), .replacing)
            try await build(["b"], other, .staged)
            do throws(SearchError) {
                _ = try await SearchFixture.indexer(path).switchToStaged(keepsPrevious: true)
                Issue.record("it was put in place")
            } catch {
                #expect(error.code == .mismatch)
            }
            #expect(try await count(path) == 1)
        }
    }
}
