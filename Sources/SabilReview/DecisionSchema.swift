import GRDB

/// The tables of the decision database, as numbered steps; a step once released is never changed.
enum DecisionSchema {
    static let decisions = "1 decisions"
    static let indexingAndShelf = "2 indexing and shelf"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(decisions) { database in
            try database.execute(
                sql: """
                    CREATE TABLE decision (
                        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        record TEXT NOT NULL CHECK (record <> ''),
                        concept TEXT NOT NULL CHECK (concept <> ''),
                        verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'add', 'remove')),
                        by TEXT NOT NULL CHECK (by <> ''),
                        at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
                        score REAL CHECK (score BETWEEN 0 AND 1),
                        model TEXT,
                        note TEXT
                    ) STRICT;
                    CREATE INDEX decision_by_record ON decision (record, concept, at, sequence);
                    CREATE INDEX decision_by_time ON decision (at, sequence);
                    CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
                    BEGIN SELECT RAISE(ABORT, 'decisions are append-only: a decision is never changed'); END;
                    CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
                    BEGIN SELECT RAISE(ABORT, 'decisions are append-only: a decision is never deleted'); END;
                    -- INSERT OR REPLACE deletes without firing the trigger above.
                    CREATE TRIGGER decision_is_never_replaced BEFORE INSERT ON decision
                    WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR sequence = NEW.sequence)
                    BEGIN SELECT RAISE(ABORT, 'decisions are append-only: the id is taken'); END;
                    """)
        }
        migrator.registerMigration(indexingAndShelf) { database in
            try database.execute(
                sql: """
                    -- Records whose tags in the index are older than their last decision.
                    CREATE TABLE unindexed (
                        record TEXT PRIMARY KEY NOT NULL,
                        sequence INTEGER NOT NULL,
                        reason TEXT
                    ) STRICT;
                    -- What a model suggested for a record; replaced when the model or the record changes.
                    CREATE TABLE suggested_record (
                        record TEXT PRIMARY KEY NOT NULL,
                        model TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        date INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE suggestion (
                        record TEXT NOT NULL REFERENCES suggested_record (record) ON DELETE CASCADE,
                        concept TEXT NOT NULL,
                        confidence REAL NOT NULL,
                        selected INTEGER NOT NULL,
                        PRIMARY KEY (record, concept)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
