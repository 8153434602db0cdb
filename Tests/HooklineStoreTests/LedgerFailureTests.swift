import CodedErrors
import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("When the ledger cannot write, nothing is half written")
struct LedgerFailureTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a full disk in the middle of a batch rolls the whole batch back")
    func diskFull() throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.takeOver(segment, members: addresses(1...100))
        try ledger.willChange(segment, adding: addresses([200]), removing: addresses([1]), run: "r")
        let before = try ledger.segment(key())
        try limitPages(of: ledger, more: 4)

        let intent = #expect(throws: StoreError.self) {
            try ledger.willChange(segment, adding: addresses(1_000...3_000), removing: addresses(2...50), run: "r")
        }
        let answer = #expect(throws: StoreError.self) {
            try ledger.didChange(segment, Receipt(members: addresses(1_000...3_000), gone: addresses(1...50).hashes), run: "r", now: 9)
        }

        #expect(intent?.code == .diskFull)
        #expect(answer?.code == .diskFull)
        #expect(try ledger.segment(key()) == before)
        #expect(try ledger.recount(segment) == [101, 0])
        #expect(try ledger.addresses(of: addresses([1, 2, 50, 1_000]).hashes, in: segment) == addresses([1, 2, 50]))
        #expect(try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM receipts") } == 0)

        try limitPages(of: ledger, more: 10_000)
        try ledger.didChange(segment, Receipt(members: addresses([200])), run: "r", now: 9)
        #expect(try ledger.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test("a ledger without the tables of its version counts as damaged, not as a failing disk")
    func missingTable() throws {
        for statement in ["DROP TABLE members", "ALTER TABLE segments DROP COLUMN waiting", "PRAGMA user_version = 1"] {
            let folder = try TemporaryFolder()
            let ledger = try folder.openLedger()
            try ledger.writer.writeWithoutTransaction { try $0.execute(sql: statement) }
            try ledger.close()
            let error = #expect(throws: StoreError.self) {
                let opened = try folder.openLedger()
                try opened.takeOver(try opened.willCreate(key(), name: "VIP", now: 1), members: addresses([1]))
            }
            #expect(error?.code == .corrupt, "\(statement): \(error?.description ?? "")")
        }
    }

    @Test("a write to a ledger that another process keeps locked fails as busy")
    func locked() throws {
        let (holder, waiter) = (try folder.openLedger(), try SQLiteLedger(path: folder.ledgerPath, patience: 0, schema: .current))
        let segment = try holder.willCreate(key(), name: "VIP", now: 1)
        try holder.writer.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            defer { try? database.execute(sql: "COMMIT") }
            let error = #expect(throws: StoreError.self) { try waiter.takeOver(segment, members: addresses([1])) }
            #expect(error?.code == .busy)
            #expect(try waiter.segment(key()) == segment)
        }
        try waiter.takeOver(segment, members: addresses([1]))
        #expect(try holder.segment(key())?.members == 1)
    }

    @Test("a ledger or folder that this user may not write is an error of permission")
    func permission() async throws {
        try folder.openLedger().close()
        chmod(folder.path, 0o555)
        defer { chmod(folder.path, 0o700) }
        // In its own process, which drops the privileges of root.
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            if geteuid() == 0 { setuid(65_534) }
            for file in ["/ledger.db", "/new.db", "/new/ledger.db"] {
                let error = #expect(throws: StoreError.self) { try SQLiteLedger.open(at: path + file) }
                #expect(error?.code == .permission, "\(file)")
            }
        }
    }

    @Test("a closed ledger fails, and the next one works")
    func closed() throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.close()
        #expect(throws: StoreError.self) { try ledger.takeOver(segment, members: addresses([1])) }
        #expect(try folder.openLedger().segment(key()) == segment)
    }

    @Test("a row that no Hookline writes counts as damage")
    func strangeRows() throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.takeOver(segment, members: addresses([1]))
        try ledger.finish(RunReport(run: "r", activation: "vip", kind: .run, outcome: .done, startedAt: 1))
        try ledger.write {
            try $0.execute(sql: "UPDATE members SET state = 77; UPDATE runs SET report = '{'; UPDATE segments SET phase = 'asleep'")
        }
        let errors = [
            #expect(throws: StoreError.self) { try ledger.forEachMember(of: segment) { _, _ in } },
            #expect(throws: StoreError.self) { try ledger.run("r") },
            #expect(throws: StoreError.self) { try ledger.segment(key()) },
        ]
        #expect(errors.map { $0?.code } == [.corrupt, .corrupt, .corrupt])
    }

    @Test("no message holds a person's address")
    func noAddresses() throws {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.write { try $0.execute(sql: "CREATE TRIGGER t AFTER INSERT ON members BEGIN SELECT raise(ABORT, 'no'); END") }
        let error = #expect(throws: StoreError.self) { try ledger.takeOver(segment, members: addresses([1])) }
        #expect(error?.code == .failed)
        #expect(error?.description.contains("@") == false)
    }

    @Test("every code is unique and belongs to the store")
    func codes() {
        let codes = StoreError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("store.") })
        #expect(StoreError(.busy, at: "ledger.db", "words").description == "ledger.db: words [store.busy]")
    }

    private func limitPages(of ledger: SQLiteLedger, more: Int) throws {
        try ledger.writer.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + more)")
        }
    }
}
