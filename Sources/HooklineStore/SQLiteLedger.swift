import GRDB
import HooklineCore
import Synchronization

/// The ledger in a SQLite file, which several processes may have open at once; or in memory, for tests of packages.
///
/// **Durability.** The journal is a write-ahead log with `synchronous = FULL`: a transaction is on disk when its method returns.
/// `NORMAL` also survives a killed process, but a power failure could undo the last transactions, and with them the intent of a call
/// that was sent: an address would be in a segment, unknown to the ledger, and never be removed. The price is one `fsync` a transaction:
/// a few milliseconds, where Mailchimp takes hundreds to answer.
///
/// **Counts.** A segment's row holds its numbers of members and waiting addresses. They change in the transaction that changes the
/// members, so nobody has to count a million rows.
package final class SQLiteLedger: Ledger {
    /// The path of the file, links resolved; `:memory:` for a ledger in memory.
    package let path: String
    let writer: any DatabaseWriter
    /// The writer of a ledger in memory.
    private let inMemory: DatabaseQueue?
    private let ownSession = Mutex<Session?>(nil)

    /// Opens the ledger at a path. Creates the file and its folder if they are missing; backs up an older ledger (`ledger.db.v1.backup`)
    /// and migrates it.
    ///
    /// - Throws: `StoreError`. A file that is not a ledger, or that a newer Hookline wrote, is left alone.
    package static func open(at path: String) throws -> SQLiteLedger {
        try SQLiteLedger(path: path, patience: 10, schema: .current)
    }

    /// A new, empty ledger that disappears with its last reference.
    ///
    /// - Throws: `StoreError` when memory runs out.
    package static func inMemory() throws -> SQLiteLedger {
        try StoreError.translating(at: ":memory:") {
            let queue = try DatabaseQueue()
            // A package's tests open one after the other, and a copy costs a tenth of the migrations.
            try emptyLedger.get().backup(to: queue)
            return SQLiteLedger(inMemory: queue)
        }
    }

    private static let emptyLedger = Result {
        let queue = try DatabaseQueue()
        try LedgerSchema.current.migrate(queue, path: ":memory:")
        return queue
    }

    /// Opens a ledger that waits up to `patience` seconds for the locks of other processes.
    init(path: String, patience: Double, schema: LedgerSchema) throws {
        try LedgerFile(path: path).prepare()
        let file = try LedgerFile(path: path).resolved()
        try file.inspect(for: schema)
        self.path = file.path
        inMemory = nil
        writer = try StoreError.translating(at: path) {
            let pool = try DatabasePool(path: file.path, configuration: Self.configuration(patience: patience))
            // The pool has set NORMAL for its only writer when it switched to the log.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try schema.migrate(pool, path: file.path)
            try schema.check(pool, path: file.path)
            return pool
        }
    }

    /// A ledger in a database in memory, which must have the current tables.
    init(inMemory queue: DatabaseQueue) {
        path = ":memory:"
        writer = queue
        inMemory = queue
    }

    private static func configuration(patience: Double) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // Readers scan in order, or look up in hash order: SQLite's default of 2 MB is enough for them.
            guard !database.configuration.readonly else { return }
            // 16 MB of pages for the writer; and the log is truncated after a first load of a million instead of keeping its size.
            try database.execute(sql: "PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Closes the ledger, as dropping its last reference does; every other method fails afterwards.
    ///
    /// Ends the leases taken here. Runs begun here that have no report count as interrupted.
    ///
    /// - Throws: `store.busy` while a statement is running.
    package func close() throws {
        // Readers first: only the last connection to close writes the log back into the file.
        (writer as? DatabasePool)?.invalidateReadOnlyConnections()
        try StoreError.translating(at: path) { try writer.close() }
        ownSession.withLock { $0 = nil }
    }

    /// Reads in one snapshot.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StoreError.translating(at: path) {
            // The only connection to a database in memory needs no transaction to keep others out.
            if let inMemory { try inMemory.inDatabase(body) } else { try writer.read(body) }
        }
    }

    /// Writes in one transaction, which an error rolls back.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StoreError.translating(at: path) { try writer.write(body) }
    }

    /// The session of this ledger, begun when it is first needed.
    func session() throws -> Session {
        try ownSession.withLock { session in
            if let session { return session }
            let begun = inMemory != nil ? Session() : try Session(of: path)
            session = begun
            return begun
        }
    }

    /// Whether the session of that name is still open, in this process or another.
    func isAlive(_ session: String) -> Bool {
        inMemory != nil ? ownSession.withLock { $0?.name == session } : Session.isAlive(session, of: path)
    }

    /// The error for content that no Hookline writes.
    func corrupt(_ what: String) -> StoreError {
        StoreError(.corrupt, at: path, "\(what); \(StoreError.afterDamage)")
    }
}
