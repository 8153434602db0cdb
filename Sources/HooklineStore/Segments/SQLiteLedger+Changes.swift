import Foundation
import GRDB
import HooklineCore

extension SQLiteLedger {
    package func entry(of hash: SubscriberHash, in segment: LedgerSegment) throws -> LedgerEntry? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT state, reason, (SELECT id FROM runs WHERE number = members.run) AS run
                    FROM members WHERE segment = ? AND hash = ?
                    """, arguments: [segment.id, hash.bytes])
            guard let row else { return nil }
            guard let state = MemberState(rawValue: row["state"]) else { throw corrupt("a member's row has an unknown state") }
            return LedgerEntry(state: state, reason: row["reason"], run: row["run"])
        }
    }

    package func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)] {
        try read { database in
            // Run by run, as the table is in that order: one lookup for each run of the activation.
            try Row.fetchAll(
                database,
                sql: """
                    SELECT runs.id AS run, changes.change, changes.address
                    FROM runs CROSS JOIN changes ON changes.run = runs.number AND changes.segment = ? AND changes.hash = ?
                    WHERE runs.activation = ? ORDER BY runs.number DESC
                    """, arguments: [segment.id, hash.bytes, segment.key.activation]
            ).map { row in
                guard let kind = LedgerChange.Kind(rawValue: row["change"]) else {
                    throw corrupt("a change has an unknown kind")
                }
                return (row["run"], LedgerChange(hash: hash, kind: kind, address: row["address"]))
            }
        }
    }

    /// Passes the changes of a run to `body`, in hash order and in one snapshot; `body` must not call the ledger.
    package func forEachChange(of run: String, in segment: LedgerSegment, _ body: (LedgerChange) throws -> Void) throws {
        try read { database in
            guard let number = try Int64.fetchOne(database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [run]) else { return }
            let statement = try MemberStatement(
                database, sql: "SELECT hash, change, address FROM changes WHERE run = ?1 AND segment = ?2 ORDER BY hash")
            defer { statement.reset() }
            statement.bind(number, at: 1)
            statement.bind(segment.id, at: 2)
            while try statement.step() {
                guard let hash = statement.hash(at: 0), let kind = LedgerChange.Kind(rawValue: Int(statement.number(at: 1))) else {
                    throw corrupt("a change has no valid hash, or an unknown kind")
                }
                try body(LedgerChange(hash: hash, kind: kind, address: statement.text(at: 2)))
            }
        }
    }

    /// Deletes the changes and rows of runs that began more than `LedgerChange.daysKept` before `time`, in Unix seconds.
    ///
    /// - Throws: `DatabaseError`.
    func forgetOldChanges(before time: Int64, in database: Database) throws {
        for table in ["changes", "run_rows", "run_row_counts"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE run <= (SELECT max(number) FROM runs WHERE started_at < ?)",
                arguments: [time - LedgerChange.daysKept * 86_400])
        }
    }
}

extension SubscriberHash {
    /// The 16 bytes that a row holds.
    var bytes: Data { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) } }
}
