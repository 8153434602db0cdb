import Foundation
import GRDB

/// The copy of a ledger from before a migration: `ledger.db.v1.backup`, beside the ledger, for version 1.
struct LedgerBackup {
    private let target: String
    private let version: Int

    init(of ledger: String, version: Int) {
        target = "\(ledger).v\(version).backup"
        self.version = version
    }

    /// Writes the copy, in place of an earlier one of that version; only the owner may read it.
    ///
    /// - Throws: `DatabaseError` or `StoreError` when it cannot be written; nothing half-written stays.
    func write(from writer: any DatabaseWriter) throws {
        let unfinished = "\(target).\(UUID().uuidString)"
        // An empty file first: SQLite would create one with a mode that follows from the umask.
        try LedgerFile(path: unfinished).prepare()
        do {
            try writer.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
            // Another process that has migrated the ledger meanwhile made a backup, too, and this copy may be of the newer version.
            guard try writer.read(MigrationProgress.version) == version else {
                unlink(unfinished)
                return
            }
        } catch {
            unlink(unfinished)
            throw error
        }
        guard rename(unfinished, target) == 0 else {
            let reason = errno
            unlink(unfinished)
            throw LedgerFile.systemError(reason, at: target, doing: "write the backup")
        }
    }
}
