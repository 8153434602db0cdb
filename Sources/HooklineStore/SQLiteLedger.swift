import GRDB
import HooklineCore
import Synchronization

/// The ledger in one SQLite file, which several processes may have open; or in memory, for tests of packages.
///
/// **Durability.** The journal is a write-ahead log with `synchronous = FULL`: a transaction is on the disk when its method
/// returns. `NORMAL` would survive a killed process as well, but a power cut could take the last transactions back, and with
/// them an intent whose call was sent: somebody would then be in a segment without standing in the ledger, and never be removed.
/// The price is one `fsync` for each transaction, some milliseconds beside an answer of Mailchimp that takes hundreds.
///
/// **Counts.** A segment's `members` and `waiting` are kept in its row, changed in the transaction that changes the members, so
/// that asking for them never walks through a million rows.
package final class SQLiteLedger: Ledger {
    /// The ledger's file, links resolved; `:memory:` for a ledger in memory.
    package let path: String
    let writer: any DatabaseWriter
    /// The writer of a ledger in memory.
    private let inMemory: DatabaseQueue?
    private let ownSession = Mutex<Session?>(nil)

    /// Opens the ledger at a path. Creates the file and its folder where they are missing, and migrates an older ledger after a backup of
    /// it (`ledger.db.v1.backup`).
    ///
    /// - Throws: `StoreError`. A file that is not a ledger, or was written by a newer Hookline, is left as it is.
    package static func open(at path: String) throws -> SQLiteLedger {
        try SQLiteLedger(path: path, patience: 10, schema: .current)
    }

    /// A new, empty ledger that disappears with its last reference.
    ///
    /// - Throws: `StoreError` when there is no memory left.
    package static func inMemory() throws -> SQLiteLedger {
        try StoreError.translating(at: ":memory:") {
            let queue = try DatabaseQueue()
            // Tests make one after the other: a copy costs a tenth of the migrations.
            try emptyLedger.get().backup(to: queue)
            return SQLiteLedger(inMemory: queue)
        }
    }

    private static let emptyLedger = Result {
        let queue = try DatabaseQueue()
        try LedgerSchema.current.migrate(queue, path: ":memory:")
        return queue
    }

    /// A ledger that waits `patience` seconds for other processes' locks.
    init(path: String, patience: Double, schema: LedgerSchema) throws {
        try LedgerFile(path: path).prepare()
        let file = try LedgerFile(path: path).resolved()
        try file.inspect(for: schema)
        self.path = file.path
        inMemory = nil
        writer = try StoreError.translating(at: path) {
            let pool = try DatabasePool(path: file.path, configuration: Self.configuration(patience: patience))
            // The pool has chosen NORMAL for its only writer when it switched the log on.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try schema.migrate(pool, path: file.path)
            try schema.check(pool, path: file.path)
            return pool
        }
    }

    /// A ledger in a database in memory that has the current tables.
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
            // Readers walk from left to right, or ask in hash order: SQLite's own 2 MB are enough for them.
            guard !database.configuration.readonly else { return }
            // 16 MB of pages for the writer, and after a first load of a million the log is cut back instead of staying on the disk.
            try database.execute(sql: "PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Closes the file and ends this process's part in it; every method fails afterwards.
    ///
    /// Dropping the last reference does the same. A run without a report, and a lease, end with it.
    package func close() throws {
        // Readers first: only a writer that is last to leave writes the log back into the file.
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

    /// Writes in one transaction, which an error takes back whole.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StoreError.translating(at: path) { try writer.write(body) }
    }

    /// This ledger's sign of life, begun when it is first needed.
    func session() throws -> Session {
        try ownSession.withLock { session in
            if let session { return session }
            let begun = inMemory != nil ? Session() : try Session(of: path)
            session = begun
            return begun
        }
    }

    /// Whether the session of that name still goes on, in this process or in another.
    func isAlive(_ session: String) -> Bool {
        inMemory != nil ? ownSession.withLock { $0?.name == session } : Session.isAlive(session, of: path)
    }

    /// The error for a file that holds what no Hookline writes.
    func corrupt(_ what: String) -> StoreError {
        StoreError(.corrupt, at: path, "\(what); \(StoreError.afterDamage)")
    }
}
