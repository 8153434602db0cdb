import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("An older ledger is migrated")
struct LedgerSchemaTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("from every version that ever was, with its members", arguments: 1...LedgerSchema.current.version, [false, true])
    func everyVersion(version: Int, beforeMigrator: Bool) throws {
        try folder.makeLedger(at: version, beforeMigrator: beforeMigrator)
        let ledger = try folder.openLedger()
        let segment = try #require(try ledger.segment(key()))
        #expect(segment.members == 1)
        #expect(segment.pendingName == nil && segment.changedAt == nil && segment.reconciledAt == nil)
        let hash = SubscriberHash(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
        try ledger.didChange(segment, Receipt(gone: [hash]), run: "old", now: 2)
        #expect(try ledger.changes(of: hash, in: segment).map(\.change.address) == ["a@example.com"])
        try ledger.keep([.badEmail: [KeptRow(row: 4, key: "four")]], of: "old")
        var rows: [KeptRow] = []
        try ledger.forEachRow(of: "old", in: .badEmail) { rows.append($0) }
        #expect(rows == [KeptRow(row: 4, key: "four")])
        let progress = try ledger.read(MigrationProgress.init)
        #expect(progress == MigrationProgress(version: 6, migrations: ["v1", "v2", "v3", "v4", "v5", "v6"]))
        #expect(FileManager.default.fileExists(atPath: folder.ledgerPath + ".v\(version).backup") == (version < 6))
    }

    @Test("with one hash for an address with an international domain, whichever spelling it had, and one member for both")
    func spellings() throws {
        let letters = SubscriberHash(of: "ada@bücher.example")
        for both in [false, true] {
            let folder = try TemporaryFolder()
            try folder.makeLedger(at: 4, beforeMigrator: false)
            let database = try DatabasePool(path: folder.ledgerPath)
            let old = SubscriberHash.atMailchimp("ada@xn--bcher-kva.example")[0]
            #expect(old != letters)
            try database.write { database in
                let add = "INSERT INTO members(segment, hash, address, state) VALUES (5, ?, ?, 1)"
                try database.execute(sql: add, arguments: [old.bytes, "ada@xn--bcher-kva.example"])
                if both { try database.execute(sql: add, arguments: [letters.bytes, "ada@bücher.example"]) }
                try database.execute(sql: "UPDATE segments SET members = members + ?", arguments: [both ? 2 : 1])
                try database.execute(sql: "INSERT INTO changes(run, segment, hash, change) VALUES (1, 5, ?, 1)", arguments: [old.bytes])
            }
            try database.close()
            let ledger = try folder.openLedger()
            let segment = try #require(try ledger.segment(key()))
            #expect(try ledger.entry(of: letters, in: segment)?.state == .member && ledger.entry(of: old, in: segment) == nil)
            #expect(segment.members == 2)
            #expect(try ledger.recount(segment) == [2, 0])
            #expect(try ledger.changes(of: letters, in: segment).map(\.change.kind) == [.added])
        }
    }

    @Test("after a backup that only its owner may read, and that opens")
    func backup() throws {
        let old = try folder.openLedger()
        let segment = try old.willCreate(key(), name: "VIP", now: 1)
        try old.takeOver(segment, members: addresses(1...100))
        try old.close()

        let new = try folder.openLedger(schema: .later)
        #expect(try new.segment(key())?.members == 100)
        #expect(try new.hasColor)

        let backup = folder.ledgerPath + ".v5.backup"
        #expect(try mode(of: backup) == 0o600)
        let copy = try SQLiteLedger.open(at: backup)
        #expect(try copy.segment(key())?.members == 100)
        #expect(try copy.recount(segment) == [100, 0])
        #expect(try !copy.hasColor)
    }

    @Test("once, and an up-to-date one is not copied")
    func noNeedlessCopy() throws {
        try folder.openLedger().close()
        try folder.openLedger().close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.db"])
    }

    @Test("without a backup that another process's migration came before")
    func lateBackup() throws {
        let ledger = try folder.openLedger()
        try LedgerBackup(of: folder.ledgerPath, version: 1).write(from: ledger.writer)
        try ledger.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.db"])
    }

    @Test("or not at all when a migration fails, and the backup stays")
    func failure() throws {
        try folder.openLedger().close()
        let broken = LedgerSchema(
            migrations: LedgerSchema.current.migrations + [
                { database in
                    try LedgerSchema.addColor(database)
                    try database.execute(sql: "ALTER TABLE no_such_table ADD COLUMN x TEXT")
                }
            ])
        #expect(throws: StoreError.self) { try folder.openLedger(schema: broken) }
        #expect(try !folder.openLedger().hasColor)
        #expect(FileManager.default.fileExists(atPath: folder.ledgerPath + ".v5.backup"))
    }

    @Test("and holds what a process completed that was killed in the middle")
    func killed() async throws {
        try folder.openLedger().close()
        let path = folder.ledgerPath
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let dying: LedgerSchema.Migration = { database in
                try database.execute(sql: "ALTER TABLE segments ADD COLUMN size TEXT")
                kill(getpid(), SIGKILL)
            }
            _ = try SQLiteLedger(path: path, patience: 10, schema: LedgerSchema(migrations: LedgerSchema.later.migrations + [dying]))
        }
        let ledger = try folder.openLedger(schema: .later)
        #expect(try ledger.read(MigrationProgress.init) == MigrationProgress(version: 6, migrations: ["v1", "v2", "v3", "v4", "v5", "v6"]))
        #expect(try ledger.hasColor)
        #expect(try ledger.read { try $0.columns(in: "segments").map(\.name) }.contains("size") == false)
    }

    @Test("by one of many processes that open it at once", arguments: [false, true])
    func manyAtOnce(beforeMigrator: Bool) async throws {
        for round in 1...10 {
            let folder = try TemporaryFolder()
            try folder.makeLedger(at: 1, beforeMigrator: beforeMigrator)
            let path = folder.ledgerPath
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...6 { group.addTask { _ = try SQLiteLedger.open(at: path) } }
                try await group.waitForAll()
            }
            #expect(try folder.openLedger().segment(key())?.members == 1, "round \(round)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.filter { $0.hasSuffix(".backup") } == ["ledger.db.v1.backup"])
        }
        let path = folder.ledgerPath
        try folder.makeLedger(at: 1, beforeMigrator: beforeMigrator)
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...2 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in _ = try SQLiteLedger.open(at: path) }
                }
            }
        }
        #expect(try folder.openLedger().segment(key())?.members == 1)
    }
}

@Suite("A ledger that no Hookline of this version wrote")
struct UnknownLedgerTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("is refused and left alone when it is newer")
    func newer() throws {
        try folder.openLedger(schema: .later).close()
        let before = FileManager.default.contents(atPath: folder.ledgerPath)
        let error = #expect(throws: StoreError.self) { try folder.openLedger() }
        #expect(error?.code == .newerVersion)
        #expect(FileManager.default.contents(atPath: folder.ledgerPath) == before)
    }

    @Test(
        "is refused by either record of its version",
        arguments: [
            ("PRAGMA user_version = 6", StoreError.Code.newerVersion), ("PRAGMA user_version = -1", .corrupt),
            ("INSERT INTO grdb_migrations VALUES ('v6')", .newerVersion), ("INSERT INTO grdb_migrations VALUES ('other')", .newerVersion),
            ("PRAGMA user_version = 1", .corrupt), ("DROP TABLE grdb_migrations; PRAGMA user_version = 1", .corrupt),
        ])
    func unknown(sql: String, code: StoreError.Code) throws {
        let ledger = try folder.openLedger()
        try ledger.write { try $0.execute(sql: sql) }
        try ledger.close()
        let error = #expect(throws: StoreError.self) { try folder.openLedger() }
        #expect(error?.code == code)
    }

    @Test(
        "is made one when its process died before its first migration",
        arguments: [
            [], ["PRAGMA application_id = \(LedgerFile.applicationID)"],
            ["PRAGMA application_id = \(LedgerFile.applicationID)", "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"],
        ])
    func unfinished(statements: [String]) throws {
        try Data().write(to: URL(fileURLWithPath: folder.ledgerPath))
        let database = try DatabasePool(path: folder.ledgerPath)
        for statement in statements { try database.write { try $0.execute(sql: statement) } }
        try database.close()
        #expect(try folder.openLedger().status().isEmpty)
    }
}

extension LedgerSchema {
    /// A newer program's schema: a column more.
    fileprivate static let later = LedgerSchema(migrations: current.migrations + [addColor])

    fileprivate static let addColor: Migration = { try $0.execute(sql: "ALTER TABLE segments ADD COLUMN color TEXT") }
}

extension SQLiteLedger {
    fileprivate var hasColor: Bool { get throws { try read { try $0.columns(in: "segments").map(\.name).contains("color") } } }
}

extension TemporaryFolder {
    fileprivate func openLedger(schema: LedgerSchema) throws -> SQLiteLedger {
        try SQLiteLedger(path: ledgerPath, patience: 10, schema: schema)
    }

    /// Makes a ledger of an earlier version with one member; `beforeMigrator`, as Hookline did before it used GRDB's migrator.
    func makeLedger(at version: Int, beforeMigrator: Bool) throws {
        let migrations = Array(LedgerSchema.current.migrations.prefix(version))
        if beforeMigrator {
            let database = try DatabasePool(path: ledgerPath)
            try database.write { database in
                for migration in migrations { try migration(database) }
                try database.execute(sql: "PRAGMA application_id = \(LedgerFile.applicationID); PRAGMA user_version = \(version)")
            }
            try database.close()
        } else {
            try openLedger(schema: LedgerSchema(migrations: migrations)).close()
        }
        let database = try DatabasePool(path: ledgerPath)
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO segments(id, endpoint, audience, activation, name, phase, phase_since, revision, members)
                    VALUES (5, ?, ?, ?, 'VIP', 'live', 1, 3, 1);
                    INSERT INTO members(segment, hash, address, state) VALUES (5, x'00112233445566778899aabbccddeeff', 'a@example.com', 1);
                    INSERT INTO runs(id, activation, kind, started_at) VALUES ('old', ?, 'run', 1)
                    """, arguments: [key().endpoint, key().audience, key().activation, key().activation])
        }
        try database.close()
    }
}
