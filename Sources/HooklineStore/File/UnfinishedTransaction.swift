import Foundation
import GRDB

/// A transaction that a killed process left in the file, with a journal that takes it back.
struct UnfinishedTransaction {
    let path: String

    /// Where a database keeps its `PRAGMA application_id` (sqlite.org, "Database File Format", 1.3).
    private static let applicationID = 68..<72

    /// The largest page, in bytes.
    private static let largestPage = 65_536

    /// Refuses a file that another program may have written: its journal is left to that program.
    ///
    /// A ledger has its application id from its first transaction on. Before that it has no table, and so no more than one page.
    ///
    /// - Throws: `store.not_a_ledger`, or `store.permission` if the file cannot be read.
    func refuseForeign() throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LedgerFile.systemError(errno, at: path, doing: "read it") }
        // Never closed: that would drop the locks that SQLite holds on the file elsewhere in this process.
        let start = try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).read(upToCount: Self.largestPage + 1) ?? Data()
        let id = start.count < Self.applicationID.upperBound ? 0 : start[Self.applicationID].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        if id == LedgerFile.applicationID || (id == 0 && start.count <= Self.largestPage) { return }
        throw StoreError(
            .notALedger, at: path,
            "this SQLite database belongs to another program, which left a transaction unfinished; it was left alone; set `state:` to "
                + "another path")
    }
}

extension DatabaseError {
    /// Whether a connection that only reads met a transaction that has to be rolled back, or a log that has to be recovered, first.
    var isUnfinished: Bool {
        [.SQLITE_READONLY_ROLLBACK, .SQLITE_READONLY_RECOVERY, .SQLITE_READONLY_CANTINIT].contains(extendedResultCode)
    }
}
