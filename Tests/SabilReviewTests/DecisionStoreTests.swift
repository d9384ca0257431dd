import Foundation
import GRDB
import SabilRecords
import Testing

@testable import SabilReview

@Suite struct DecisionStoreTests {
    /// A decision at a second of one day, so that tests need no clock.
    private func decision(
        _ verdict: Verdict, _ concept: String, on record: String = "r1", second: Int64 = 0, by: String = "Amal",
        note: String? = nil
    ) -> Decision {
        Decision(
            record: RecordID(record), concept: ConceptID(concept), verdict: verdict, by: by,
            at: Instant(milliseconds: 1_790_000_000_000 + second * 1_000), score: 0.25, model: ModelID("m"), note: note)
    }

    @Test func `what is stored comes back equal and in order`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            let first = decision(.accept, "a", second: 5, by: "أمل", note: "l'eau \"d'ici\"")
            let second = decision(.reject, "b", second: 1)
            let third = decision(.add, "c", on: "r2", second: 5)
            var bare = decision(.remove, "d", second: 9)
            bare.score = nil
            bare.model = nil
            let places = try await store.append([first, second, third, bare])
            #expect(places == [1, 2, 3, 4])
            #expect(try await store.decisions() == [second, first, third, bare])
            #expect(try await store.decisions(about: RecordID("r2")) == [third])
            #expect(try await store.decisions(upTo: second.at) == [second])
            #expect(try await store.decisions(about: RecordID("r1"), upTo: first.at) == [second, first])
            #expect(try await store.decision(first.id) == first)
            #expect(try await store.count() == 4)
            try store.close()
            let again = try DecisionStore(path: directory + "/d.sqlite")
            #expect(try await again.decisions() == [second, first, third, bare])
        }
    }

    @Test func `the same decision twice is stored once, another with its id is refused`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            let first = decision(.accept, "a")
            #expect(try await store.append(first) == 1)
            #expect(try await store.append(first) == 1)
            var later = first
            later.at = Instant(milliseconds: first.at.milliseconds + 1)
            #expect(try await store.append(later) == 1, "the moment is the log's to say")
            var other = first
            other.verdict = .reject
            let error = await #expect(throws: ReviewError.self) { try await store.append(other) }
            #expect(error?.code == .conflict)
            #expect(try await store.decisions() == [first])
        }
    }

    @Test func `of many decisions all are stored or none`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            let first = decision(.accept, "a")
            var clash = decision(.reject, "b")
            clash.id = first.id
            let error = await #expect(throws: ReviewError.self) { try await store.append([first, clash]) }
            #expect(error?.code == .conflict)
            #expect(try await store.count() == 0)
            #expect(try await store.unindexed().isEmpty)
        }
    }

    @Test(arguments: [
        ("UPDATE decision SET verdict = 'accept'", "change"), ("DELETE FROM decision", "delete"),
        (
            """
            INSERT OR REPLACE INTO decision (sequence, id, record, concept, verdict, by, at)
            SELECT sequence, id, record, concept, 'accept', by, at FROM decision
            """, "replace"
        ),
        (
            """
            INSERT INTO decision (id, record, concept, verdict, by, at)
            VALUES ('x', 'r', 'c', 'perhaps', 'A', '2026-11-21T09:30:00.250Z')
            """, "a verdict that does not exist"
        ),
        (
            """
            INSERT INTO decision (id, record, concept, verdict, by, at)
            VALUES ('x', 'r', 'c', 'accept', 'A', 'yesterday')
            """, "a moment that is none"
        ),
    ])
    func `another program cannot rewrite the log`(_ statement: String, _ what: String) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            let store = try DecisionStore(path: path)
            let first = decision(.reject, "a")
            try await store.append(first)
            let other = try DatabaseQueue(path: path)
            await #expect(throws: DatabaseError.self, "\(what)") {
                try await other.write { try $0.execute(sql: statement) }
            }
            #expect(try await store.decisions() == [first])
        }
    }

    @Test func `a file of the first version keeps its decisions and gains the new tables`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            let first = decision(.accept, "a")
            do {
                let old = try DatabaseQueue(path: path)
                try DecisionSchema.migrator.migrate(old, upTo: DecisionSchema.decisions)
                try await old.write { database in
                    try database.execute(
                        sql: """
                            INSERT INTO decision (id, record, concept, verdict, by, at, score, model, note)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """, arguments: DecisionRow.arguments(first))
                }
                try old.close()
            }
            let error = #expect(throws: ReviewError.self) { try DecisionStore(path: path, isReadOnly: true) }
            #expect(error?.code == .readOnly)
            let store = try DecisionStore(path: path)
            #expect(try await store.decisions() == [first])
            #expect(try await store.unindexed().isEmpty)
            try await store.append(decision(.reject, "b"))
            #expect(try await store.unindexed().count == 1)
        }
    }

    @Test func `the backlog keeps what was decided after it was read`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            try await store.append(decision(.accept, "a"))
            try await store.append(decision(.accept, "a", on: "r2"))
            let open = try await store.unindexed()
            #expect(open.map(\.record.rawValue) == ["r1", "r2"])
            try await store.append(decision(.reject, "b"))
            try await store.markIndexed(open)
            #expect(try await store.unindexed().map(\.record.rawValue) == ["r1"])
            try await store.markUnindexed(RecordID("r1"), reason: "busy")
            #expect(try await store.unindexed().first?.reason == "busy")
            try await store.markIndexed(try await store.unindexed())
            #expect(try await store.unindexed().isEmpty)
        }
    }

    @Test func `a reader beside the writer sees what is committed`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            let store = try DecisionStore(path: path)
            try await store.append(decision(.accept, "a"))
            let reader = try DecisionStore(path: path, isReadOnly: true)
            #expect(try await reader.count() == 1)
            let error = await #expect(throws: ReviewError.self) { try await reader.append(decision(.reject, "b")) }
            #expect(error?.code == .readOnly)
        }
    }
}
