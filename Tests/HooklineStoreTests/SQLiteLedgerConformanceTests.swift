import GRDB
import HooklineCore
import Support
import Testing

@testable import HooklineStore

@Suite("A ledger keeps its promises")
struct SQLiteLedgerConformanceTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("in SQLite", arguments: LedgerConformance.checks)
    func inSQLite(check: LedgerConformance.Check) throws {
        let ledger = try folder.openLedger()
        try check.run(
            LedgerConformance.Subject(ledger) {
                try ledger.close()
                return try folder.openLedger()
            })
    }

    @Test("in SQLite, in memory", arguments: LedgerConformance.checks)
    func inSQLiteWithoutFile(check: LedgerConformance.Check) throws {
        let ledger = try SQLiteLedger.inMemory()
        try check.run(
            LedgerConformance.Subject(ledger) {
                // A copy stands for the process that finds the ledger after the death.
                let copy = try DatabaseQueue()
                try ledger.writer.backup(to: copy)
                return SQLiteLedger(inMemory: copy)
            })
    }

    @Test("in memory, without sharing leases")
    func memoryIsNotShared() throws {
        let (one, two) = (try SQLiteLedger.inMemory(), try SQLiteLedger.inMemory())
        let lease = try one.lease(activation: "vip", run: "r1")
        let error = #expect(throws: StoreError.self) { try one.lease(activation: "vip", run: "r2") }
        #expect(error?.code == .held)
        let other = try two.lease(activation: "vip", run: "r2")
        try lease.release()
        try other.release()
        #expect(try one.lease(activation: "vip", run: "r3").run == "r3")
    }

    @Test("in collections", arguments: LedgerConformance.checks)
    func inMemory(check: LedgerConformance.Check) throws {
        let ledger = InMemoryLedger()
        try check.run(
            LedgerConformance.Subject(ledger) {
                ledger.processDied()
                return ledger
            })
    }
}
