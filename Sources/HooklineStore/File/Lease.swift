import Foundation
import GRDB
import HooklineCore
import Synchronization

/// The right of one run to apply an activation, until it is released, or its process dies.
///
/// Dropping the last reference releases it too.
package final class Lease: Sendable {
    package let activation: String
    /// The run that holds it.
    package let run: String
    private let ledger: SQLiteLedger
    private let isReleased = Mutex(false)

    fileprivate init(activation: String, run: String, ledger: SQLiteLedger) {
        self.activation = activation
        self.run = run
        self.ledger = ledger
    }

    /// Gives the right back; a second time does nothing.
    ///
    /// - Throws: `StoreError` when the ledger cannot be written; the lease then ends with the ledger's last reference.
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
    /// Takes the right to apply an activation, for that run.
    ///
    /// It holds against every other process that uses the ledger, and against this one. The lease of a process that is gone,
    /// however it went, is taken over.
    ///
    /// - Throws: `store.held`, which names the run, process and host that hold it and since when.
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

    /// The run that is applying an activation at this moment; nil for none.
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
                + "wait for its end, or end that process, then run again")
    }

    fileprivate func endLease(activation: String, run: String) throws {
        let session = try session()
        try write { database in
            try database.execute(
                sql: "DELETE FROM leases WHERE activation = ? AND run = ? AND session = ?", arguments: [activation, run, session.name])
        }
    }
}
