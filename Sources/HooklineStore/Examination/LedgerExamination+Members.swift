import Foundation
import GRDB
import HooklineCore

extension SQLiteLedger {
    /// A row whose hash is not that of its address, or whose state does not exist: a flipped bit, or another program's doing.
    private struct Misfit {
        let segment: Int64
        let hash: Data
        let address: String
        let correctHash: Data
    }

    /// Checks the hash and state of every member's row.
    ///
    /// A repaired row has the hash of its address and the state `adding`, so that the next run sends the address again, which is harmless.
    func examineMembers(_ repairs: Bool) throws -> LedgerFinding {
        let found = try misfits()
        if found.isEmpty { return LedgerFinding("members", .fine, "every row has a valid state and the hash of its address") }
        let rows = Self.count(found.count, "row")
        guard repairs else {
            return LedgerFinding(
                "members", .problem,
                "\(rows) with a hash that is not of the address, or with an invalid state; after --repair the next run sends the addresses again"
            )
        }
        try write { database in
            for row in found {
                // With what is known of its refusal: whose it was is in doubt.
                for table in ["members", "refusals"] {
                    try database.execute(sql: "DELETE FROM \(table) WHERE segment = ? AND hash = ?", arguments: [row.segment, row.hash])
                }
                try database.execute(
                    sql: "INSERT OR IGNORE INTO members(segment, hash, address, state) VALUES (?, ?, ?, ?)",
                    arguments: [row.segment, row.correctHash, row.address, Int(MemberState.adding.rawValue)])
            }
        }
        return LedgerFinding(
            "members", .repaired,
            "\(rows) with a hash that was not of the address, or with an invalid state; the next run sends the addresses again")
    }

    private func misfits() throws -> [Misfit] {
        try read { database in
            var found: [Misfit] = []
            let rows = try Row.fetchCursor(
                database, sql: "SELECT segment, hash, address, state FROM members WHERE segment IN (SELECT id FROM segments)")
            while let row = try rows.next() {
                let (hash, address, state): (Data, String, Int) = (row[1], row[2], row[3])
                let correctHash = SubscriberHash(of: address).bytes
                if hash == correctHash, UInt8(exactly: state).flatMap(MemberState.init) != nil { continue }
                found.append(Misfit(segment: row[0], hash: hash, address: address, correctHash: correctHash))
            }
            return found
        }
    }
}
