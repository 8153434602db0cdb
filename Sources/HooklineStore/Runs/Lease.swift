import Foundation
import GRDB
import HooklineCore
import Synchronization

/// One run's exclusive right to apply an activation, until it is released or its process dies.
///
/// Dropping the last reference also releases it.
package final class Lease: Sendable {
    package let activation: String
    package let run: String
    private let ledger: SQLiteLedger
    private let isReleased = Mutex(false)

    fileprivate init(activation: String, run: String, ledger: SQLiteLedger) {
        self.activation = activation
        self.run = run
        self.ledger = ledger
    }

    /// Releases the lease; does nothing the second time.
    ///
    /// - Throws: `StoreError` when the ledger cannot be written. The lease then ends when the ledger closes.
    package func release() throws {
        try isReleased.withLock { isReleased in
            guard !isReleased else { return }
            try ledger.endLease(activation: activation, run: run)
            isReleased = true
        }
    }

    deinit { try? release() }
}

extension SQLiteLedger {
    /// Takes the lease of an activation for a run, to the exclusion of all others in this and every other process.
    ///
    /// A lease whose process is gone is taken over.
    ///
    /// - Throws: `store.held`, which names the run, process and host that hold the lease; `StoreError` when the ledger cannot be written.
    package func lease(activation: String, run: String) throws -> Lease {
        let session = try session()
        let process = Session.process
        try write { database in
            if let holder = try Row.fetchOne(database, sql: "SELECT * FROM leases WHERE activation = ?", arguments: [activation]),
                isAlive(holder["session"])
            {
                throw held(activation, by: holder)
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO leases(activation, run, session, process, host, since) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [activation, run, session.name, process.id, process.host, Int64(Date().timeIntervalSince1970)])
        }
        return Lease(activation: activation, run: run, ledger: self)
    }

    /// The run that is applying an activation right now; nil if none is.
    ///
    /// - Throws: `StoreError` when the ledger cannot be read.
    package func runUnderWay(of activation: String) throws -> String? {
        let holder = try read { try Row.fetchOne($0, sql: "SELECT run, session FROM leases WHERE activation = ?", arguments: [activation]) }
        guard let holder, isAlive(holder["session"]) else { return nil }
        return holder["run"]
    }

    private func held(_ activation: String, by holder: Row) -> StoreError {
        let (run, process, host, since): (String, Int, String, Int64) = (holder["run"], holder["process"], holder["host"], holder["since"])
        return StoreError(
            .held, at: path,
            "run \(run) has been applying '\(activation)' since \(Timestamp.text(since)) (process \(process) on \(host)); "
                + "wait until it ends, or end that process, then run again")
    }

    fileprivate func endLease(activation: String, run: String) throws {
        let session = try session()
        try write { database in
            try database.execute(
                sql: "DELETE FROM leases WHERE activation = ? AND run = ? AND session = ?", arguments: [activation, run, session.name])
        }
    }
}
