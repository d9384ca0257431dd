import GRDB
public import SabilClassification
public import SabilRecords
import SabilTaxonomy

/// A suggestion nobody has decided on yet.
public struct OpenSuggestion: Sendable, Hashable {
    public var concept: ConceptID
    /// 0…1.
    public var confidence: Double
    /// Whether the model would assign the concept by itself.
    public var isSelected: Bool

    public init(concept: ConceptID, confidence: Double, isSelected: Bool) {
        self.concept = concept
        self.confidence = confidence
        self.isSelected = isSelected
    }
}

/// A record with suggestions to decide on.
public struct QueueEntry: Sendable, Hashable {
    public var record: RecordID
    public var model: ModelID
    /// Best first.
    public var open: [OpenSuggestion]

    public init(record: RecordID, model: ModelID, open: [OpenSuggestion]) {
        self.record = record
        self.model = model
        self.open = open
    }

    /// How far the least certain suggestion is from a toss-up: 0 (confidence 0.5) … 0.5.
    public var certainty: Double { open.map { abs($0.confidence - 0.5) }.min() ?? 0.5 }
}

/// A page of the review queue.
public struct QueuePage: Sendable, Hashable {
    /// Least certain first, then newest, then by id.
    public var entries: [QueueEntry]
    /// Records with open suggestions.
    public var total: Int
    /// Records the model has looked at so far.
    public var lookedAt: Int

    public init(entries: [QueueEntry], total: Int, lookedAt: Int) {
        self.entries = entries
        self.total = total
        self.lookedAt = lookedAt
    }
}

extension DecisionStore {
    /// Suggestions below this confidence do not ask for a curator's time; the record's own page shows them all the same.
    public static let queueConfidence = 0.25

    /// What tells whether a record has changed since suggestions were put on the shelf.
    public static func shelfDigest(of record: ResourceRecord) -> String {
        ContentDigest.hex(of: [Array(record.jsonLine())])
    }

    /// The model and the digest of each record that has its suggestions on the shelf.
    public func shelved() async throws(ReviewError) -> [RecordID: ShelfMark] {
        try await read("read the shelf of suggestions") { database in
            var shelved: [RecordID: ShelfMark] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT record, model, digest FROM suggested_record") {
                shelved[RecordID(row["record"] as String)] = ShelfMark(
                    model: ModelID(row["model"] as String), digest: row["digest"])
            }
            return shelved
        }
    }

    /// Keeps what a model suggests for records, in place of what was kept for them before.
    ///
    /// Concepts and population groups a person put on the record and suggestions below ``queueConfidence`` are left out.
    public func shelve(
        _ suggested: [(record: ResourceRecord, suggestions: [Suggestion])], model: ModelID
    ) async throws(ReviewError) {
        try await write("keep suggestions") { database in
            for (record, suggestions) in suggested {
                let byPerson = record.conceptsByPeople
                try database.execute(
                    sql: "DELETE FROM suggested_record WHERE record = ?", arguments: [record.id.rawValue])
                try database.execute(
                    sql: "INSERT INTO suggested_record (record, model, digest, date) VALUES (?, ?, ?, ?)",
                    arguments: [
                        record.id.rawValue, model.rawValue, Self.shelfDigest(of: record), record.date?.ordinal ?? 0,
                    ])
                for suggestion in suggestions
                where suggestion.confidence >= Self.queueConfidence && !byPerson.contains(ConceptID(suggestion.label)) {
                    try database.execute(
                        sql: """
                            INSERT OR REPLACE INTO suggestion (record, concept, confidence, selected)
                            VALUES (?, ?, ?, ?)
                            """,
                        arguments: [
                            record.id.rawValue, suggestion.label, suggestion.confidence, suggestion.isSelected,
                        ])
                }
            }
        }
    }

    /// Takes records off the shelf that are no longer in the index.
    public func unshelve(_ records: [RecordID]) async throws(ReviewError) {
        try await write("forget suggestions") { database in
            for record in records {
                try database.execute(
                    sql: "DELETE FROM suggested_record WHERE record = ?", arguments: [record.rawValue])
            }
        }
    }

    /// The records whose suggestions by this model are not all decided on.
    ///
    /// - Parameters:
    ///   - offset: entries to skip, ≥ 0.
    ///   - limit: entries to give, ≥ 0.
    public func queue(model: ModelID, offset: Int = 0, limit: Int = 20) async throws(ReviewError) -> QueuePage {
        let open = """
            FROM suggestion s JOIN suggested_record r ON r.record = s.record
            WHERE r.model = ?
            AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.record = s.record AND d.concept = s.concept)
            """
        return try await read("read the review queue") { database in
            let total =
                try Int.fetchOne(
                    database, sql: "SELECT count(DISTINCT s.record) \(open)", arguments: [model.rawValue]) ?? 0
            let records = try String.fetchAll(
                database,
                sql: """
                    SELECT s.record \(open) GROUP BY s.record
                    ORDER BY min(abs(s.confidence - 0.5)), r.date DESC, s.record LIMIT ? OFFSET ?
                    """, arguments: [model.rawValue, max(0, limit), max(0, offset)])
            let entries = try records.map { record in
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT s.* \(open) AND s.record = ? ORDER BY s.confidence DESC, s.concept",
                    arguments: [model.rawValue, record])
                return QueueEntry(
                    record: RecordID(record), model: model,
                    open: rows.map {
                        OpenSuggestion(
                            concept: ConceptID($0["concept"] as String), confidence: $0["confidence"],
                            isSelected: $0["selected"])
                    })
            }
            let lookedAt =
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM suggested_record WHERE model = ?", arguments: [model.rawValue])
                ?? 0
            return QueuePage(entries: entries, total: total, lookedAt: lookedAt)
        }
    }
}

/// Which model looked at which state of a record.
public struct ShelfMark: Sendable, Hashable {
    public var model: ModelID
    public var digest: String

    public init(model: ModelID, digest: String) {
        self.model = model
        self.digest = digest
    }
}
