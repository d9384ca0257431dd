import Foundation
import GRDB
import SabilRecords
import Testing

@testable import SabilReview

@Suite struct ReviewFaultTests {
    private let decision = Decision(record: RecordID("r"), concept: ConceptID("c"), verdict: .accept, by: "Amal")

    @Test func `a database that another process writes is reported as locked`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            let store = try DecisionStore(path: path, waitingSeconds: 0.05)
            let other = try DatabaseQueue(path: path)
            let error = try await other.writeWithoutTransaction { database in
                try database.execute(sql: "BEGIN IMMEDIATE")
                defer { try? database.execute(sql: "ROLLBACK") }
                return Self.waitingForError { try await store.append(decision) }
            }
            #expect(error?.code == .locked)
            #expect(error?.message.contains("another process holds the database") == true)
            #expect(try await store.append(decision) == 1, "after the lock is gone")
        }
    }

    /// Runs asynchronous work from the closure that holds the lock; the thread is the database's own.
    private static func waitingForError(_ work: @escaping @Sendable () async throws -> Void) -> ReviewError? {
        let done = DispatchSemaphore(value: 0)
        let result = Box()
        Task {
            do {
                try await work()
            } catch {
                result.error = error as? ReviewError
            }
            done.signal()
        }
        done.wait()
        return result.error
    }

    // Safety: written before the semaphore is signalled, read after it was waited for.
    private final class Box: @unchecked Sendable {
        var error: ReviewError?
    }

    @Test func `a file that is no database is reported as corrupt and left alone`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            let bytes = Data("this is a letter, not a database, and long enough to be taken for one".utf8)
            try bytes.write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: ReviewError.self) { try DecisionStore(path: path) }
            #expect(error?.code == .corrupt)
            #expect(error?.message.contains(path) == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        }
    }

    @Test func `a folder that is not there is reported as unreadable`() async throws {
        try await withTemporaryDirectory { directory in
            let error = #expect(throws: ReviewError.self) { try DecisionStore(path: directory + "/no/d.sqlite") }
            #expect(error?.code == .unreadable)
            let missing = #expect(throws: ReviewError.self) {
                try DecisionStore(path: directory + "/d.sqlite", isReadOnly: true)
            }
            #expect(missing?.code == .unreadable)
        }
    }

    @Test func `a file of a newer version is refused`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/d.sqlite"
            do {
                let newer = try DatabaseQueue(path: path)
                var migrator = DecisionSchema.migrator
                migrator.registerMigration("99 to come") { try $0.execute(sql: "CREATE TABLE future (x)") }
                try migrator.migrate(newer)
                try newer.close()
            }
            let error = #expect(throws: ReviewError.self) { try DecisionStore(path: path) }
            #expect(error?.code == .newerSchema)
        }
    }

    @Test(arguments: [
        (ResultCode.SQLITE_BUSY, ReviewError.Code.locked), (.SQLITE_LOCKED, .locked), (.SQLITE_READONLY, .readOnly),
        (.SQLITE_PERM, .readOnly), (.SQLITE_NOTADB, .corrupt), (.SQLITE_CORRUPT, .corrupt),
        (.SQLITE_CANTOPEN, .unreadable), (.SQLITE_FULL, .diskFull), (.SQLITE_INTERRUPT, .cancelled),
        (.SQLITE_IOERR, .database),
    ])
    func `every failure of SQLite has a sentence that says what to do`(
        _ result: ResultCode, _ code: ReviewError.Code
    ) {
        let error = ReviewError(DatabaseError(resultCode: result), operation: "store a decision", path: "d.sqlite")
        #expect(error.code == code)
        #expect(error.message.hasPrefix("Could not store a decision in d.sqlite: "))
        #expect(error.message.hasSuffix("."))
    }

    @Test func `what is wrong with a decision is said before the file is touched`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try DecisionStore(path: directory + "/d.sqlite")
            var nameless = decision
            nameless.by = ""
            let error = await #expect(throws: ReviewError.self) { try await store.append(nameless) }
            #expect(error?.code == .invalidDecision)
            #expect(error?.message == "Could not store a decision: by is wrong. It must name who decides.")
        }
    }
}
