import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("A ledger grows with its program")
struct LedgerSchemaTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A later program's schema: a column more.
    private static let later = LedgerSchema(
        steps: LedgerSchema.current.steps + [{ try $0.execute(sql: "ALTER TABLE segments ADD COLUMN colour TEXT") }])

    @Test("a later version's ledger is refused and left alone")
    func newer() throws {
        let ledger = try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: Self.later)
        try ledger.close()
        let before = FileManager.default.contents(atPath: folder.ledgerPath)
        let error = #expect(throws: StoreError.self) { try folder.openLedger() }
        #expect(error?.code == .newerVersion)
        #expect(FileManager.default.contents(atPath: folder.ledgerPath) == before)
    }

    @Test("an older ledger is brought up to date, after a copy that only its owner may read")
    func migration() throws {
        let old = try folder.openLedger()
        let segment = try old.willCreate(key(), name: "VIP", now: 1)
        try old.takeOver(segment, members: addresses(1...100))
        try old.close()

        let new = try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: Self.later)
        #expect(try new.segment(key())?.members == 100)
        #expect(try new.read { try $0.columns(in: "segments").map(\.name) }.contains("colour"))

        let backup = folder.ledgerPath + ".v2.backup"
        #expect(try mode(of: backup) == 0o600)
        let copy = try SQLiteLedger.open(at: backup)
        #expect(try copy.segment(key())?.members == 100)
        #expect(try copy.recount(segment) == [100, 0])
    }

    @Test("a ledger of the first version keeps its members, and gains what runs did to whom")
    func fromTheFirstVersion() throws {
        let first = LedgerSchema(steps: Array(LedgerSchema.current.steps.prefix(1)))
        let old = try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: first)
        try old.write { database in
            try database.execute(
                sql: """
                    INSERT INTO segments(id, endpoint, audience, activation, name, phase, phase_since, revision, members)
                    VALUES (5, ?, ?, ?, 'VIP', 'live', 1, 3, 1);
                    INSERT INTO members(segment, hash, address, state) VALUES (5, x'00112233445566778899aabbccddeeff', 'a@example.com', 1);
                    INSERT INTO runs(id, activation, kind, started_at) VALUES ('old', ?, 'run', 1)
                    """, arguments: [key().endpoint, key().audience, key().activation, key().activation])
        }
        try old.close()
        let ledger = try folder.openLedger()
        let segment = try #require(try ledger.segment(key()))
        #expect(segment.members == 1)
        #expect(segment.pendingName == nil && segment.changedAt == nil && segment.reconciledAt == nil)
        let hash = SubscriberHash(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
        try ledger.didChange(segment, Receipt(gone: [hash]), run: "old", now: 2)
        #expect(try ledger.changes(of: hash, in: segment).map(\.change.address) == ["a@example.com"])
    }

    @Test("a step that fails changes nothing, and the copy stays")
    func failedStep() throws {
        try folder.openLedger().close()
        let broken = LedgerSchema(
            steps: Self.later.steps + [{ try $0.execute(sql: "ALTER TABLE no_such_table ADD COLUMN x TEXT") }])
        #expect(throws: StoreError.self) { try SQLiteLedger(path: folder.ledgerPath, patience: 10, schema: broken) }
        let ledger = try folder.openLedger()
        #expect(try !ledger.read { try $0.columns(in: "segments").map(\.name) }.contains("colour"))
        #expect(FileManager.default.fileExists(atPath: folder.ledgerPath + ".v2.backup"))
    }

    @Test("a ledger that is up to date is not copied")
    func noNeedlessCopy() throws {
        try folder.openLedger().close()
        try folder.openLedger().close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.db"])
    }

    @Test("a file of a process that died before its first transaction becomes a ledger")
    func emptyFile() throws {
        try Data().write(to: URL(fileURLWithPath: folder.ledgerPath))
        #expect(try folder.openLedger().status().isEmpty)
    }
}
