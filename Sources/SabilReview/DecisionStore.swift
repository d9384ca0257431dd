import Foundation
import GRDB
public import SabilRecords

/// The log of all decisions, in one SQLite file: decisions are appended and read, never changed or deleted.
///
/// Triggers in the file refuse any other program's changes too. Reads and writes run on threads of their own; one writer at
/// a time, any number of readers beside it (WAL).
public final class DecisionStore: Sendable {
    public let path: String
    public let isReadOnly: Bool
    private let database: any DatabaseWriter

    /// Opens the file, making it if it is not there, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - isReadOnly: opens an existing file without changing it, not even its tables.
    ///   - waitingSeconds: how long a write waits for another process.
    /// - Throws: `unreadable`, `readOnly`, `corrupt`, `locked`, `newerSchema`, `diskFull`, `database`.
    public init(path: String, isReadOnly: Bool = false, waitingSeconds: Double = 5) throws(ReviewError) {
        self.path = path
        self.isReadOnly = isReadOnly
        let operation = "open the decisions"
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(waitingSeconds)
            configuration.label = "decisions"
            configuration.readonly = isReadOnly
            if isReadOnly {
                database = try DatabaseQueue(path: path, configuration: configuration)
            } else {
                database = try DatabasePool(path: path, configuration: configuration)
            }
            let migrator = DecisionSchema.migrator
            let (isNewer, isCurrent) = try database.read { database in
                (try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database))
            }
            if isNewer {
                throw ReviewError(
                    code: .newerSchema, operation: operation,
                    message: "Could not \(operation) in \(path): a newer version of Sabil has written the file; "
                        + "use that version.")
            }
            if isReadOnly, !isCurrent {
                throw ReviewError(
                    code: .readOnly, operation: operation,
                    message: "Could not \(operation) in \(path): its tables are of an older version; "
                        + "open it once for writing, which brings them up to date.")
            }
            if !isReadOnly { try migrator.migrate(database) }
        } catch {
            throw ReviewError(error, operation: operation, path: path)
        }
    }

    /// Ends all work with the file; the store must not be used afterwards.
    public func close() throws(ReviewError) {
        do {
            try database.close()
        } catch {
            throw ReviewError(error, operation: "close the decisions", path: path)
        }
    }

    // MARK: Appending

    /// Stores a decision and notes that the index has to follow.
    ///
    /// - Returns: the place of the decision in the log, growing. The same decision (id and content, whatever the moment) sent
    ///   again gives the place it has.
    /// - Throws: `invalidDecision`, `conflict` if the id names another decision, `locked`, `readOnly`, `diskFull`,
    ///   `database`.
    @discardableResult
    public func append(_ decision: Decision) async throws(ReviewError) -> Int64 {
        try await append([decision])[0]
    }

    /// Stores decisions, all or none; see ``append(_:)-(Decision)``.
    @discardableResult
    public func append(_ decisions: [Decision]) async throws(ReviewError) -> [Int64] {
        for decision in decisions { try Self.check(decision) }
        return try await write(Self.storing) { database in
            try decisions.map { decision in
                try Self.stored(decision, in: database)?.sequence ?? Self.insert(decision, in: database)
            }
        }
    }

    /// Stores a decision as the last one about its concept on its record.
    ///
    /// What holds goes by the moment, since decisions that a map carries over keep theirs and are stored later. So where the
    /// clock was set back, the new decision gets the moment after the last one's: else it would be stored and have no effect.
    /// - Returns: the decision as it stands in the log, and whether it stood there already: the same (id and content, whatever
    ///   the moment) sent again changes nothing.
    /// - Throws: as ``append(_:)-(Decision)``.
    public func take(_ decision: Decision) async throws(ReviewError) -> (logged: LoggedDecision, isRepeated: Bool) {
        try Self.check(decision)
        return try await write(Self.storing) { database in
            if let stored = try Self.stored(decision, in: database) { return (stored, true) }
            var decision = decision
            let last = try String.fetchOne(
                database, sql: "SELECT max(at) FROM decision WHERE record = ? AND concept = ?",
                arguments: [decision.record.rawValue, decision.concept.rawValue])
            if let last = last.flatMap({ Instant($0) }), decision.at <= last {
                decision.at = Instant(milliseconds: last.milliseconds + 1)
            }
            let sequence = try Self.insert(decision, in: database)
            return (LoggedDecision(sequence: sequence, decision: decision), false)
        }
    }

    private static let storing = "store a decision"

    private static func check(_ decision: Decision) throws(ReviewError) {
        if let defect = decision.defects.first {
            throw ReviewError(
                code: .invalidDecision, operation: storing,
                message: "Could not \(storing): \(defect.value) is wrong. \(defect.reason)")
        }
    }

    /// The same decision if it is stored; the moment is the log's to say, so one sent again may bring another.
    private static func stored(_ decision: Decision, in database: Database) throws -> LoggedDecision? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM decision WHERE id = ?", arguments: [decision.id.rawValue])
        guard let row else { return nil }
        let stored = LoggedDecision(sequence: row["sequence"], decision: DecisionRow.decision(row))
        var sent = decision
        sent.at = stored.decision.at
        guard stored.decision == sent else {
            throw ReviewError(
                code: .conflict, operation: storing,
                message: "Could not \(storing): the id \(decision.id) names another decision already; "
                    + "give each decision an id of its own.")
        }
        return stored
    }

    private static func insert(_ decision: Decision, in database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO decision (id, record, concept, verdict, by, at, score, model, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, arguments: DecisionRow.arguments(decision))
        let sequence = database.lastInsertedRowID
        try database.execute(
            sql: """
                INSERT INTO unindexed (record, sequence) VALUES (?, ?)
                ON CONFLICT (record) DO UPDATE SET sequence = excluded.sequence
                """, arguments: [decision.record.rawValue, sequence])
        return sequence
    }

    // MARK: Reading

    /// Decisions in the order in which they were taken; those of the same moment in the order in which they were stored.
    ///
    /// - Parameters:
    ///   - record: only those about this record.
    ///   - instant: only those taken then or before.
    public func decisions(
        about record: RecordID? = nil, upTo instant: Instant? = nil
    ) async throws(ReviewError) -> [Decision] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        if let record {
            conditions.append("record = ?")
            arguments += [record.rawValue]
        }
        if let instant {
            conditions.append("at <= ?")
            arguments += [instant.description]
        }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let sql = "SELECT * FROM decision\(filter) ORDER BY at, sequence"
        return try await read("read decisions") { [arguments] database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map(DecisionRow.decision)
        }
    }

    /// What holds for each record and concept: the last decision about it.
    public func decided(
        about record: RecordID? = nil, upTo instant: Instant? = nil
    ) async throws(ReviewError) -> DecidedConcepts {
        DecidedConcepts(try await decisions(about: record, upTo: instant))
    }

    /// The decision of that name.
    public func decision(_ id: DecisionID) async throws(ReviewError) -> Decision? {
        try await read("read a decision") { database in
            try Row.fetchOne(database, sql: "SELECT * FROM decision WHERE id = ?", arguments: [id.rawValue])
                .map(DecisionRow.decision)
        }
    }

    /// Decisions stored.
    public func count() async throws(ReviewError) -> Int {
        try await read("count decisions") { try Int.fetchOne($0, sql: "SELECT count(*) FROM decision") ?? 0 }
    }

    // MARK: Access

    func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ReviewError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw ReviewError(error, operation: operation, path: path)
        }
    }

    func write<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ReviewError) -> Value {
        do {
            return try await database.write(body)
        } catch {
            throw ReviewError(error, operation: operation, path: path)
        }
    }
}

/// How a decision stands in a row of the table.
enum DecisionRow {
    static func arguments(_ decision: Decision) -> StatementArguments {
        [
            decision.id.rawValue, decision.record.rawValue, decision.concept.rawValue, decision.verdict.rawValue,
            decision.by, decision.at.description, decision.score, decision.model?.rawValue, decision.note,
        ]
    }

    /// - Note: the table's checks keep other verdicts and times out; should a later version add some, the decision reads
    ///   as the removal it is not allowed to be mistaken for an approval of.
    static func decision(_ row: Row) -> Decision {
        Decision(
            id: DecisionID(row["id"] as String), record: RecordID(row["record"] as String),
            concept: ConceptID(row["concept"] as String), verdict: Verdict(rawValue: row["verdict"]) ?? .remove,
            by: row["by"], at: Instant(row["at"] as String) ?? Instant(milliseconds: 0), score: row["score"],
            model: (row["model"] as String?).map { ModelID($0) }, note: row["note"])
    }
}
