import HooklineCore
import Support
import Testing

@testable import HooklineStore

@Suite("The ledger keeps what it promises")
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

    @Test("in memory", arguments: LedgerConformance.checks)
    func inMemory(check: LedgerConformance.Check) throws {
        let ledger = InMemoryLedger()
        try check.run(
            LedgerConformance.Subject(ledger) {
                ledger.processDied()
                return ledger
            })
    }
}
