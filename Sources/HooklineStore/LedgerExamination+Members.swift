import Foundation
import GRDB
import HooklineCore

extension SQLiteLedger {
    /// A row whose hash is not that of its address, or whose state nobody writes: a bit that flipped, or a stranger's hand.
    private struct Misfit {
        let segment: Int64
        let hash: Data
        let address: String
        let right: Data
    }

    /// Holds every member's row against what Hookline writes.
    ///
    /// Repaired, such a row has the hash of its address and is in doubt, so that the next run asks again, which is harmless.
    func examineMembers(_ repairs: Bool) throws -> LedgerFinding {
        let found = try misfits()
        if found.isEmpty { return LedgerFinding("members", .fine, "every row has a state, and the hash of its address") }
        let rows = found.count == 1 ? "1 row has" : "\(found.count) rows have"
        guard repairs else {
            return LedgerFinding(
                "members", .problem,
                "\(rows) a hash that is not of the address, or a state that does not exist; --repair puts them in doubt, and the next run asks again"
            )
        }
        try write { database in
            for row in found {
                try database.execute(sql: "DELETE FROM members WHERE segment = ? AND hash = ?", arguments: [row.segment, row.hash])
                try database.execute(
                    sql: "INSERT OR IGNORE INTO members(segment, hash, address, state) VALUES (?, ?, ?, ?)",
                    arguments: [row.segment, row.right, row.address, Int(MemberState.adding.rawValue)])
            }
        }
        return LedgerFinding("members", .repaired, "\(rows) been put in doubt: the hash was not of the address, or the state did not exist")
    }

    private func misfits() throws -> [Misfit] {
        try read { database in
            var found: [Misfit] = []
            let rows = try Row.fetchCursor(
                database, sql: "SELECT segment, hash, address, state FROM members WHERE segment IN (SELECT id FROM segments)")
            while let row = try rows.next() {
                let (hash, address, state): (Data, String, Int) = (row[1], row[2], row[3])
                let right = SubscriberHash(of: address).data
                if hash == right, UInt8(exactly: state).flatMap(MemberState.init) != nil { continue }
                found.append(Misfit(segment: row[0], hash: hash, address: address, right: right))
            }
            return found
        }
    }
}

extension SubscriberHash {
    /// The 16 bytes, as a row holds them.
    fileprivate var data: Data {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) }
    }
}
