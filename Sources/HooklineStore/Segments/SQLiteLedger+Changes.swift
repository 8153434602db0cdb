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
            if let intent = try IntentOverlay(database, segment: segment.id).find(hash) {
                let run = try intent.run.flatMap {
                    try String.fetchOne(database, sql: "SELECT id FROM runs WHERE number = ?", arguments: [$0])
                }
                return LedgerEntry(state: intent.state, run: run)
            }
            guard let row else { return nil }
            guard let state = MemberState(rawValue: row["state"]) else { throw corrupt("a member's row has an unknown state") }
            return LedgerEntry(state: state, reason: row["reason"], run: row["run"])
        }
    }

    package func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)] {
        try read { database in
            // Run by run, as the tables are in that order: a few lookups for each run of the activation.
            let runs = try Row.fetchCursor(
                database, sql: "SELECT number, id FROM runs WHERE activation = ? ORDER BY number DESC", arguments: [segment.key.activation])
            let rows = try database.cachedStatement(sql: "SELECT change, address FROM changes WHERE run = ? AND segment = ? AND hash = ?")
            var found: [(run: String, change: LedgerChange)] = []
            while let run = try runs.next() {
                let (number, id): (Int64, String) = (run[0], run[1])
                if let packed = try ChangePacks(database: database, run: number, segment: segment.id).find(hash) {
                    found.append((id, packed.pack[packed.index]))
                } else if let row = try Row.fetchOne(rows, arguments: [number, segment.id, hash.bytes]) {
                    guard let kind = LedgerChange.Kind(rawValue: row["change"]) else { throw corrupt("a change has an unknown kind") }
                    found.append((id, LedgerChange(hash: hash, kind: kind, address: row["address"])))
                }
            }
            return found
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
            let packs = ChangePacks(database: database, run: number, segment: segment.id)
            var cursors = try ChangePack.Half.allCases.map { try packs.cursor($0) }
            defer { for cursor in cursors { cursor.reset() } }
            var next = try cursors.indices.map { try cursors[$0].next() } + [row(statement)]
            while let (place, change) = next.enumerated().compactMap({ place, change in change.map { (place, $0) } }).min(by: {
                $0.1.hash < $1.1.hash
            }) {
                try body(change)
                next[place] = place < cursors.count ? try cursors[place].next() : try row(statement)
            }
        }
    }

    private func row(_ statement: MemberStatement) throws -> LedgerChange? {
        guard try statement.step() else { return nil }
        guard let hash = statement.hash(at: 0), let kind = LedgerChange.Kind(rawValue: Int(statement.number(at: 1))) else {
            throw corrupt("a change has no valid hash, or an unknown kind")
        }
        return LedgerChange(hash: hash, kind: kind, address: statement.text(at: 2))
    }

    /// Deletes the changes and rows of runs that began more than `LedgerChange.daysKept` before `time`, in Unix seconds.
    ///
    /// - Throws: `DatabaseError`.
    func forgetOldChanges(before time: Int64, in database: Database) throws {
        for table in ["changes", "change_packs", "run_rows", "run_row_counts"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE run <= (SELECT max(number) FROM runs WHERE started_at < ?)",
                arguments: [time - LedgerChange.daysKept * 86_400])
        }
    }
}
