import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("A process that is killed while it makes or migrates a ledger leaves one that the next process opens")
struct CutOffMakingTests {
    private typealias Files = [String: Data]

    /// The files of a folder as they are on disk at this moment: what is left when the process is killed now.
    private func files(of folder: TemporaryFolder) throws -> Files {
        var files: Files = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !name.hasSuffix("-shm") {
            files[name] = FileManager.default.contents(atPath: folder.path + "/" + name)
        }
        return files
    }

    /// What is left when the process is killed while it appends to the log: the log up to each of its frames, and up to their middles.
    private func cutOff(_ files: Files) -> [Files] {
        guard let log = files["ledger.db-wal"], !log.isEmpty else { return [files] }
        // sqlite.org, "WAL-mode File Format": a header of 32 bytes, then frames of 24 bytes and a page each.
        let (header, frame) = (32, 24 + 4_096)
        var ends = [0, 16, header]
        for start in stride(from: header, to: log.count, by: frame) { ends += [start + 12, start + 2_024, start + frame] }
        return ends.filter { $0 <= log.count }.map { end in
            var files = files
            files["ledger.db-wal"] = log.prefix(end)
            return files
        }
    }

    /// Opens a ledger with a schema, and returns what each moment would have left: before and after each migration, and each write to
    /// the log.
    private func moments(in folder: TemporaryFolder) throws -> [Files] {
        var moments = [try files(of: folder)]
        let seen = Snapshots()
        let migrations = LedgerSchema.current.migrations.map { migration -> LedgerSchema.Migration in
            { database in
                try seen.take { try self.files(of: folder) }
                try migration(database)
                try seen.take { try self.files(of: folder) }
            }
        }
        let ledger = try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: LedgerSchema(migrations: migrations))
        moments += seen.all
        // Nothing has moved from the log into the file: every earlier log is a beginning of this one.
        moments += cutOff(try files(of: folder))
        try ledger.close()
        moments.append(try files(of: folder))
        return moments
    }

    private final class Snapshots: @unchecked Sendable {
        private let lock = NSLock()
        private var taken: [Files] = []
        var all: [Files] { lock.withLock { taken } }
        func take(_ files: () throws -> Files) throws { try lock.withLock { taken.append(try files()) } }
    }

    /// Opens what is left, and passes the ledger on.
    private func open(_ files: Files, _ body: (SQLiteLedger) throws -> Void) throws {
        let folder = try TemporaryFolder()
        for (name, content) in files { try content.write(to: URL(fileURLWithPath: folder.path + "/" + name)) }
        let ledger = try folder.openLedger()
        #expect(try ledger.read(MigrationProgress.init).version == LedgerSchema.current.version)
        #expect(try ledger.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        try body(ledger)
        try ledger.close()
    }

    @Test("an empty one, at every write")
    func making() throws {
        let folder = try TemporaryFolder()
        let moments = try moments(in: folder)
        #expect(moments.count > 50)
        for moment in moments {
            try open(moment) { ledger in
                #expect(try ledger.status().isEmpty)
                _ = try ledger.willCreate(key(), name: "VIP", now: 1)
            }
        }
    }

    @Test("or one of every earlier version with its members, at every write", arguments: 1..<LedgerSchema.current.version)
    func migrating(version: Int) throws {
        let folder = try TemporaryFolder()
        try folder.makeLedger(at: version, beforeMigrator: false)
        let moments = try moments(in: folder)
        #expect(moments.count > 5)
        for moment in moments {
            try open(moment) { ledger in
                let segment = try ledger.segment(key())
                #expect(segment?.members == 1)
            }
        }
    }

    @Test("and so does a full disk, at every page, with one clear error", arguments: [nil, 1, 3] as [Int?])
    func fullDisk(version: Int?) throws {
        let model = try TemporaryFolder()
        if let version { try model.makeLedger(at: version, beforeMigrator: false) }
        let before = try files(of: model)
        var refused = 0
        for pages in 1...60 {
            let folder = try TemporaryFolder()
            for (name, content) in before { try content.write(to: URL(fileURLWithPath: folder.path + "/" + name)) }
            let migrations = LedgerSchema.current.migrations.map { migration -> LedgerSchema.Migration in
                { database in
                    // Below the size that the file has already, SQLite keeps to that size.
                    try database.execute(sql: "PRAGMA max_page_count = \(pages)")
                    try migration(database)
                }
            }
            do {
                try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: LedgerSchema(migrations: migrations)).close()
            } catch let error as StoreError {
                #expect(error.code == .diskFull)
                refused += 1
            }
            let ledger = try folder.openLedger()
            #expect(try ledger.segment(key())?.members == (version == nil ? nil : 1))
            try ledger.close()
        }
        #expect(refused > 1)
    }
}
