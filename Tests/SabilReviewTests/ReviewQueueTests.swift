import SabilClassification
import SabilRecords
import Testing

@testable import SabilReview

@Suite struct ReviewQueueTests {
    private let model = ModelID("m1")

    private func record(_ id: String, year: Int, tags: [ConceptTag] = []) -> ResourceRecord {
        ResourceRecord(
            id: RecordID(id), type: "news", title: id, date: PartialDate(year: year), concepts: tags)
    }

    private func suggestions(_ values: [(String, Double)]) -> [Suggestion] {
        values.map {
            Suggestion(label: $0.0, rawScore: 0, confidence: $0.1, isSelected: $0.1 > 0.5, model: model)
        }
    }

    @Test func `the least certain come first, then the newest, then by id`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            try await store.shelve(
                [
                    (record("sure", year: 2024), suggestions([("a", 0.98)])),
                    (record("older", year: 2019), suggestions([("a", 0.6), ("b", 0.9)])),
                    (record("newer", year: 2023), suggestions([("a", 0.4)])),
                    (record("newer-b", year: 2023), suggestions([("a", 0.4)])),
                    (record("toss-up", year: 2001), suggestions([("c", 0.5)])),
                    (record("faint", year: 2025), suggestions([("a", 0.01)])),
                ], model: model)
            let page = try await store.queue(model: model)
            #expect(page.entries.map(\.record.rawValue) == ["toss-up", "newer", "newer-b", "older", "sure"])
            #expect(page.entries.map { ($0.certainty * 10).rounded() / 10 } == [0, 0.1, 0.1, 0.1, 0.5])
            #expect(page.entries[3].open.map(\.concept.rawValue) == ["b", "a"], "best first")
            #expect(page.total == 5)
            #expect(page.lookedAt == 6)
            let second = try await store.queue(model: model, offset: 1, limit: 2)
            #expect(second.entries.map(\.record.rawValue) == ["newer", "newer-b"])
            #expect(second.total == 5)
        }
    }

    @Test func `what is decided, tagged by people or of another model is not open`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            var tagged = record(
                "r", year: 2020,
                tags: [ConceptTag(ConceptID("a"), source: .human), ConceptTag(ConceptID("b"), source: .machine)])
            tagged.populationGroups = [ConceptID("d")]
            try await store.shelve(
                [(tagged, suggestions([("a", 0.5), ("b", 0.5), ("c", 0.6), ("d", 0.5)]))], model: model)
            #expect(try await store.queue(model: model).entries.first?.open.map(\.concept.rawValue) == ["c", "b"])
            #expect(try await store.queue(model: ModelID("m2")).total == 0)
            try await store.append(
                Decision(record: tagged.id, concept: ConceptID("b"), verdict: .reject, by: "Amal"))
            #expect(try await store.queue(model: model).entries.first?.open.map(\.concept.rawValue) == ["c"])
            try await store.append(
                Decision(record: tagged.id, concept: ConceptID("c"), verdict: .accept, by: "Amal"))
            #expect(try await store.queue(model: model).total == 0)
        }
    }

    @Test func `new suggestions take the place of the old, removed records leave the shelf`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            var record = record("r", year: 2020)
            try await store.shelve([(record, suggestions([("a", 0.5)]))], model: model)
            let mark = try await store.shelved()[record.id]
            record.body = "more"
            #expect(mark != ShelfMark(model: model, digest: DecisionStore.shelfDigest(of: record)))
            try await store.shelve([(record, suggestions([("b", 0.7)]))], model: model)
            #expect(try await store.queue(model: model).entries.first?.open.map(\.concept.rawValue) == ["b"])
            try await store.unshelve([record.id])
            #expect(try await store.queue(model: model) == QueuePage(entries: [], total: 0, lookedAt: 0))
        }
    }
}
