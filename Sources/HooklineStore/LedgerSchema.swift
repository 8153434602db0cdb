import Foundation
import GRDB

/// The tables of the ledger, and how an older ledger becomes a current one.
///
/// `PRAGMA user_version` counts the steps that a ledger has seen. A step is never edited once released: a change is a new step.
struct LedgerSchema {
    /// Every step, oldest first.
    let steps: [@Sendable (Database) throws -> Void]

    static let current = LedgerSchema(steps: [firstTables, changesOfRuns])

    /// The version that all steps lead to.
    var version: Int { steps.count }

    /// Takes a ledger through the steps it has not seen, all of them in one transaction, after a copy of one that has content.
    ///
    /// The copy lies beside the ledger as `ledger.db.v1.backup`, the number being the version it holds.
    func migrate(_ pool: DatabasePool, file: LedgerFile) throws {
        let found = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard found >= 0 else {
            throw StoreError(.corrupt, at: file.path, "its version is \(found), which no Hookline writes; put a copy in its place")
        }
        guard found < version else { return }
        if found > 0 { try backUp(pool, version: found, file: file) }
        try pool.write { database in
            // Read again: another process may have migrated it between the look and the lock, or be a later version.
            try file.refuseNewer(database, known: version)
            let seen = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard seen < version else { return }
            for step in steps[seen...] { try step(database) }
            try database.execute(sql: "PRAGMA application_id = \(LedgerFile.applicationID); PRAGMA user_version = \(version)")
        }
    }

    /// Refuses a ledger whose tables are not those that its version says: reading a column that is not there would end the process.
    ///
    /// - Throws: `StoreError.Code.corrupt`, with the table or column that is missing.
    func check(_ pool: DatabasePool, file: LedgerFile) throws {
        let made = try DatabaseQueue().write { database in
            for step in steps { try step(database) }
            return try Self.columns(of: database)
        }
        let found = try pool.read(Self.columns)
        for (table, columns) in made.sorted(by: { $0.key < $1.key }) {
            guard let there = found[table] else { throw Self.damaged(file, "there is no table '\(table)' in it") }
            if let missing = columns.subtracting(there).min() {
                throw Self.damaged(file, "its table '\(table)' has no column '\(missing)'")
            }
        }
    }

    private static func columns(of database: Database) throws -> [String: Set<String>] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT m.name AS tbl, c.name AS col FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
        )
        return Dictionary(grouping: rows) { $0["tbl"] as String }.mapValues { Set($0.map { $0["col"] as String }) }
    }

    private static func damaged(_ file: LedgerFile, _ what: String) -> StoreError {
        StoreError(.corrupt, at: file.path, "\(what), which no Hookline writes; \(StoreError.afterDamage)")
    }

    private func backUp(_ pool: DatabasePool, version: Int, file: LedgerFile) throws {
        let target = "\(file.path).v\(version).backup"
        let unfinished = "\(target).\(UUID().uuidString)"
        let copy = LedgerFile(path: unfinished)
        // An empty file of ours first, so that the copy has its mode and not the umask's.
        try copy.prepare()
        do {
            try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
        } catch {
            unlink(unfinished)
            throw error
        }
        guard rename(unfinished, target) == 0 else { throw LedgerFile.systemError(errno, at: target, doing: "write the backup copy") }
    }

    private static let firstTables: @Sendable (Database) throws -> Void = { database in
        try database.execute(
            sql: """
                CREATE TABLE segments(
                    id INTEGER PRIMARY KEY,
                    endpoint TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    activation TEXT NOT NULL,
                    label TEXT,
                    mailchimp_id INTEGER,
                    name TEXT NOT NULL,
                    phase TEXT NOT NULL,
                    phase_since INTEGER NOT NULL,
                    revision INTEGER NOT NULL,
                    members INTEGER NOT NULL DEFAULT 0,
                    waiting INTEGER NOT NULL DEFAULT 0,
                    probed_at INTEGER
                ) STRICT;
                -- A NULL equals nothing in an index, and '' is a label like any other.
                CREATE UNIQUE INDEX segments_key ON segments(activation, endpoint, audience, label IS NULL, ifnull(label, ''));

                -- In hash order on disk: read, and filled, by one walk from left to right.
                CREATE TABLE members(
                    segment INTEGER NOT NULL,
                    hash BLOB NOT NULL,
                    address TEXT NOT NULL,
                    state INTEGER NOT NULL,
                    reason TEXT,
                    run INTEGER,
                    PRIMARY KEY(segment, hash)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE runs(
                    number INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    activation TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    started_at INTEGER NOT NULL,
                    finished_at INTEGER,
                    outcome TEXT,
                    report TEXT,
                    session TEXT,
                    process INTEGER,
                    host TEXT
                ) STRICT;
                CREATE INDEX runs_activation ON runs(activation, started_at, number);

                CREATE TABLE receipts(
                    number INTEGER PRIMARY KEY,
                    run TEXT NOT NULL,
                    segment INTEGER NOT NULL REFERENCES segments(id) ON DELETE CASCADE,
                    at INTEGER NOT NULL,
                    members INTEGER NOT NULL,
                    gone INTEGER NOT NULL,
                    not_contacts INTEGER NOT NULL,
                    rejected INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX receipts_run ON receipts(run);
                CREATE INDEX receipts_segment ON receipts(segment);

                CREATE TABLE leases(
                    activation TEXT PRIMARY KEY,
                    run TEXT NOT NULL,
                    session TEXT NOT NULL,
                    process INTEGER NOT NULL,
                    host TEXT NOT NULL,
                    since INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// What every run did to whom, and what recovery and the search for drift have to know of a segment.
    private static let changesOfRuns: @Sendable (Database) throws -> Void = { database in
        try database.execute(
            sql: """
                -- Runs only grow, and a run's batches go in hash order: written, and read for one run, from left to right.
                CREATE TABLE changes(
                    run INTEGER NOT NULL,
                    segment INTEGER NOT NULL,
                    hash BLOB NOT NULL,
                    change INTEGER NOT NULL,
                    address TEXT,
                    PRIMARY KEY(run, segment, hash)
                ) STRICT, WITHOUT ROWID;

                ALTER TABLE segments ADD COLUMN pending_name TEXT;
                ALTER TABLE segments ADD COLUMN changed_at INTEGER;
                ALTER TABLE segments ADD COLUMN reconciled_at INTEGER;
                ALTER TABLE segments ADD COLUMN known_drift INTEGER;
                """)
    }
}
