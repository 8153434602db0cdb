import GRDB

/// How far a ledger has been migrated, by both records of it.
struct MigrationProgress: Equatable {
    /// `PRAGMA user_version`: 0 for a ledger without tables.
    var version: Int
    /// The migrations that GRDB has recorded, in no order; none for a ledger from before Hookline used GRDB's migrator.
    var migrations: Set<String>

    init(version: Int, migrations: Set<String>) {
        self.version = version
        self.migrations = migrations
    }

    init(_ database: Database) throws {
        version = try Self.version(of: database)
        migrations = try DatabaseMigrator().appliedIdentifiers(database)
    }

    static func version(of database: Database) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 }
}
