import GRDB
public import SabilRecords

/// A record whose tags in the index are older than its last decision.
public struct UnindexedRecord: Sendable, Hashable {
    public var record: RecordID
    /// Place in the log of the last decision about it.
    public var sequence: Int64
    /// Why the index could not follow when it was last tried.
    public var reason: String?

    public init(record: RecordID, sequence: Int64, reason: String? = nil) {
        self.record = record
        self.sequence = sequence
        self.reason = reason
    }
}

extension DecisionStore {
    /// Records that the index has still to follow, in the order of their last decisions.
    public func unindexed() async throws(ReviewError) -> [UnindexedRecord] {
        try await read("read what the index lacks") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM unindexed ORDER BY sequence").map { row in
                UnindexedRecord(
                    record: RecordID(row["record"] as String), sequence: row["sequence"], reason: row["reason"])
            }
        }
    }

    /// Notes that the index holds a record's decisions up to a place of the log; later ones stay open.
    public func markIndexed(_ records: [UnindexedRecord]) async throws(ReviewError) {
        try await write("note what the index holds") { database in
            for entry in records {
                try database.execute(
                    sql: "DELETE FROM unindexed WHERE record = ? AND sequence <= ?",
                    arguments: [entry.record.rawValue, entry.sequence])
            }
        }
    }

    /// Notes why the index could not follow a record's decisions yet.
    public func markUnindexed(_ record: RecordID, reason: String) async throws(ReviewError) {
        try await write("note what the index lacks") { database in
            try database.execute(
                sql: "UPDATE unindexed SET reason = ? WHERE record = ?", arguments: [reason, record.rawValue])
        }
    }

    /// Opens the records again that were decided on after a place of the log: for an index that was built before.
    /// - Returns: how many.
    /// - Complexity: O(d), d = decisions after that place.
    @discardableResult
    public func reopen(after sequence: Int64) async throws(ReviewError) -> Int {
        try await write("note what the index lacks") { database in
            try database.execute(
                sql: """
                    INSERT INTO unindexed (record, sequence)
                    SELECT record, max(sequence) FROM decision WHERE sequence > ? GROUP BY record
                    ON CONFLICT (record) DO UPDATE SET sequence = excluded.sequence
                    """, arguments: [sequence])
            return database.changesCount
        }
    }
}
