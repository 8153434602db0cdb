import GRDB

/// The tables of the ledger, and how an older ledger gets them.
///
/// GRDB records every applied migration in `grdb_migrations`. `PRAGMA user_version` holds the number of the last one, too: a ledger from
/// before Hookline used GRDB's migrator has nothing else, and a Hookline of that time needs it to refuse a ledger newer than itself.
struct LedgerSchema {
    /// Takes the tables from one version to the next, inside a transaction.
    typealias Migration = @Sendable (Database) throws -> Void

    /// Oldest first; the first one leads to version 1, which GRDB records as `v1`.
    let migrations: [Migration]

    static let current = LedgerSchema(migrations: LedgerMigrations.all)

    /// The version that all migrations lead to.
    var version: Int { migrations.count }

    /// Migrates a ledger to the current version, after a backup of one that has content (see ``LedgerBackup``).
    ///
    /// Each migration is one transaction. A process that dies in between leaves a ledger of the version it completed last, and the next
    /// one to open the ledger goes on from there.
    ///
    /// - Throws: `StoreError` when the backup cannot be written, `DatabaseError` when a migration fails.
    func migrate(_ writer: any DatabaseWriter, path: String) throws {
        var progress = try writer.read(MigrationProgress.init)
        if progress == complete { return }
        if (1..<version).contains(progress.version) { try LedgerBackup(of: path, version: progress.version).write(from: writer) }
        // Before the migrator makes its own table: a database with that table alone would be nobody's.
        try writer.write { try $0.execute(sql: "PRAGMA application_id = \(LedgerFile.applicationID)") }
        while true {
            do { return try migrator.migrate(writer) } catch {
                // GRDB looks up what is missing before it locks the database, so another process may apply the same migration first.
                // The error is ours only if nobody got any further.
                let reached = try writer.read(MigrationProgress.init)
                guard reached != progress else { throw error }
                progress = reached
            }
        }
    }

    /// Refuses a ledger that this Hookline cannot have written.
    ///
    /// - Throws: `store.newer_version` for a ledger with migrations unknown here, `store.corrupt` for one whose version cannot exist.
    func refuseUnknown(_ database: Database, path: String) throws {
        let progress = try MigrationProgress(database)
        guard progress.version >= 0 else {
            throw StoreError(.corrupt, at: path, "its version is \(progress.version), which no Hookline writes; \(StoreError.afterDamage)")
        }
        let unknown = progress.migrations.subtracting(complete.migrations).min()
        guard let found = unknown ?? (progress.version > version ? Self.name(progress.version) : nil) else { return }
        throw StoreError(
            .newerVersion, at: path,
            "a newer Hookline wrote this ledger (it is at '\(found)'; this Hookline knows '\(Self.name(version))' at most) and it was left "
                + "alone; use that Hookline, or a newer one")
    }

    /// Refuses a migrated ledger whose tables are not those of its version: reading a column that does not exist would end the process.
    ///
    /// - Throws: `store.corrupt`, with the table or column that is missing; `store.newer_version` for a ledger that a newer Hookline has
    ///   migrated since it was opened.
    func check(_ writer: any DatabaseWriter, path: String) throws {
        let model = try DatabaseQueue()
        try migrator.migrate(model)
        let expected = try model.read(Self.columns)
        let (progress, found) = try writer.read { database in
            try refuseUnknown(database, path: path)
            return (try MigrationProgress(database), try Self.columns(of: database))
        }
        func corrupt(_ what: String) -> StoreError {
            StoreError(.corrupt, at: path, "\(what), which no Hookline writes; \(StoreError.afterDamage)")
        }
        for (table, columns) in expected.sorted(by: { $0.key < $1.key }) {
            guard let there = found[table] else { throw corrupt("it has no table '\(table)'") }
            if let missing = columns.subtracting(there).min() { throw corrupt("its table '\(table)' has no column '\(missing)'") }
        }
        guard progress == complete else { throw corrupt("its version is \(progress.version), and its tables are those of \(version)") }
    }

    /// The progress of a ledger that needs no migration.
    private var complete: MigrationProgress {
        MigrationProgress(version: version, migrations: Set(migrator.migrations))
    }

    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (version, migration) in zip(1..., migrations) {
            // `deferred`, GRDB's default, checks every reference in the database and would refuse a ledger with orphans, which
            // `hookline doctor` repairs once it is open.
            migrator.registerMigration(Self.name(version), foreignKeyChecks: .immediate) { database in
                // Applied before Hookline used GRDB's migrator: only the record is missing.
                guard try MigrationProgress.version(of: database) < version else { return }
                try migration(database)
                try database.execute(sql: "PRAGMA user_version = \(version)")
            }
        }
        return migrator
    }

    private static func name(_ version: Int) -> String { "v\(version)" }

    private static func columns(of database: Database) throws -> [String: Set<String>] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT m.name AS tbl, c.name AS col FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
        )
        return Dictionary(grouping: rows) { $0["tbl"] as String }.mapValues { Set($0.map { $0["col"] as String }) }
    }
}
