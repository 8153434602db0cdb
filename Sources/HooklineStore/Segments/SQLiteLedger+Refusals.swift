import Foundation
import GRDB
import HooklineCore

extension SQLiteLedger {
    package func refusals(in segment: LedgerSegment) throws -> [Refusal] {
        try read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM refusals WHERE segment = ? ORDER BY hash")
            return try Row.fetchAll(statement, arguments: [segment.id]).map(refusal)
        }
    }

    package func acknowledge(
        _ hashes: [SubscriberHash], in segment: LedgerSegment, _ acknowledgement: Refusal.Acknowledgement?
    ) throws {
        try write { database in
            // Somebody who acknowledges it knows it, whether or not a run came to tell it.
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE refusals SET acknowledged_at = ?1, acknowledged_by = ?2, note = ?3, told = iif(?1 IS NULL, told, 1)
                    WHERE segment = ?4 AND hash = ?5
                    """)
            for hash in hashes {
                try statement.execute(
                    arguments: [acknowledgement?.at, acknowledgement?.by, acknowledgement?.note, segment.id, hash.bytes])
            }
        }
    }

    private func refusal(_ row: Row) throws -> Refusal {
        let bytes: Data = row["hash"]
        guard let hash = Self.hash(bytes), let act = Refusal.Act(rawValue: row["act"]) else {
            throw corrupt("a refused address has no valid hash, or an unknown act")
        }
        var refusal = Refusal(
            hash: hash, address: row["address"], act: act, reason: row["reason"], failsCalls: row["fails_calls"], since: row["since"],
            askedAt: row["asked_at"], isTold: row["told"])
        if let time = row["acknowledged_at"] as Int64? {
            refusal.acknowledgement = Refusal.Acknowledgement(at: time, by: row["acknowledged_by"] ?? "somebody", note: row["note"])
        }
        return refusal
    }

    private static func hash(_ bytes: Data) -> SubscriberHash? {
        guard bytes.count == 16 else { return nil }
        return bytes.withUnsafeBytes { SubscriberHash(bytes: $0, at: 0) }
    }
}
