import Foundation
import GRDB

/// SQLite's full-text index on the same records: one column a field, texts kept once, porter over unicode61, bm25.
final class FTSYardstick {
    private let database: DatabaseQueue

    init(path: String) throws {
        database = try DatabaseQueue(path: path)
    }

    static func version() throws -> String {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "?" }
    }

    // MARK: Indexing

    private static let schema = """
        CREATE TABLE records (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT, language TEXT, year INTEGER,
            title TEXT, abstract TEXT, body TEXT, line TEXT NOT NULL);
        CREATE TABLE labels (record INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (record, kind, value)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE texts USING fts5 (title, abstract, body, content='records', content_rowid='number',
            tokenize='porter unicode61');
        """

    /// Reads JSON Lines with SQLite's own reader of JSON, in one transaction, and merges the index at the end.
    ///
    /// - Returns: how many records.
    static func build(records: String, at path: String) throws -> Int {
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let queue = try DatabaseQueue(path: path)
        var count = 0
        try queue.write { database in
            try database.execute(sql: schema)
            let record = try database.makeStatement(
                sql: """
                    INSERT INTO records (number, id, type, language, year, title, abstract, body, line)
                    SELECT ?1, ?2 ->> '$.id', ?2 ->> '$.type', ?2 ->> '$.language',
                        CAST(substr(?2 ->> '$.date', 1, 4) AS INTEGER), ?2 ->> '$.title', ?2 ->> '$.abstract',
                        ?2 ->> '$.body', json_remove(?2, '$.title', '$.abstract', '$.body')
                    """)
            let text = try database.makeStatement(
                sql: """
                    INSERT INTO texts (rowid, title, abstract, body)
                    SELECT number, title, abstract, body FROM records WHERE number = ?
                    """)
            let labels = try database.makeStatement(
                sql: """
                    INSERT OR IGNORE INTO labels (record, kind, value)
                    SELECT ?1, 'country', value FROM json_each(?2, '$.countries')
                    UNION ALL SELECT ?1, 'concept', value ->> '$.id' FROM json_each(?2, '$.concepts')
                    """)
            for line in try Lines(path: records) {
                count += 1
                try record.execute(arguments: [count, line])
                try text.execute(arguments: [count])
                try labels.execute(arguments: [count, line])
            }
            try database.execute(sql: "INSERT INTO texts (texts) VALUES ('optimize')")
        }
        try queue.close()
        return count
    }

    // MARK: Asking

    /// - Returns: how many hits were fetched.
    func answer(_ query: TimedQuery, facets: Bool, highlights: Bool) throws -> Int {
        let match =
            query.isPhrase
            ? "\"\(query.words.joined(separator: " "))\"" : query.words.map { "\"\($0)\"" }.joined(separator: " OR ")
        return try database.read { database in
            let sql = highlights ? Self.highlighting : Self.plain
            let hits = try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [match])
            if facets {
                _ = try Row.fetchAll(database.cachedStatement(sql: Self.facets), arguments: [match])
            }
            return hits.count
        }
    }

    private static let plain = """
        SELECT records.*, bm25(texts) AS score FROM texts JOIN records ON number = texts.rowid
        WHERE texts MATCH ? ORDER BY rank LIMIT 10
        """

    private static let highlighting = """
        SELECT records.*, bm25(texts) AS score, highlight(texts, 0, '<b>', '</b>'), snippet(texts, 1, '<b>', '</b>', '…', 30)
        FROM texts JOIN records ON number = texts.rowid WHERE texts MATCH ? ORDER BY rank LIMIT 10
        """

    private static let facets = """
        WITH found (number) AS MATERIALIZED (SELECT rowid FROM texts WHERE texts MATCH ?)
        SELECT 'type', type, count(*) FROM found JOIN records USING (number) GROUP BY type
        UNION ALL SELECT 'language', language, count(*) FROM found JOIN records USING (number) GROUP BY language
        UNION ALL SELECT 'year', year, count(*) FROM found JOIN records USING (number) GROUP BY year
        UNION ALL SELECT kind, value, count(*) FROM found JOIN labels ON record = number GROUP BY kind, value
        """
}
