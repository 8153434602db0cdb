import Foundation
import GRDB
import HooklineCore

/// Writes and deletes what is known of the refused addresses of one segment, inside a transaction. There are few.
struct RefusalEditor {
    private let database: Database
    private let segment: Int64

    /// An acknowledgement holds for what was acknowledged: another reason, or another act, is told anew.
    private static let write = """
        INSERT INTO refusals(segment, hash, address, act, reason, fails_calls, since, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
        ON CONFLICT(segment, hash) DO UPDATE SET
            since = iif(act = excluded.act AND reason = excluded.reason, min(since, excluded.since), excluded.since),
            told = iif(act = excluded.act AND reason = excluded.reason, told, 0),
            acknowledged_at = iif(act = excluded.act AND reason = excluded.reason, acknowledged_at, NULL),
            acknowledged_by = iif(act = excluded.act AND reason = excluded.reason, acknowledged_by, NULL),
            note = iif(act = excluded.act AND reason = excluded.reason, note, NULL),
            address = excluded.address, act = excluded.act, reason = excluded.reason, fails_calls = excluded.fails_calls,
            asked_at = excluded.asked_at
        """

    init(_ database: Database, segment: Int64) {
        self.database = database
        self.segment = segment
    }

    /// Notes whom the answer to a call refused.
    ///
    /// - Throws: `DatabaseError`.
    func note(_ receipt: Receipt, now: Int64) throws {
        for (act, refusals) in [(Refusal.Act.add, receipt.rejected), (.remove, receipt.unremovable)] {
            for one in refusals {
                try database.cachedStatement(sql: Self.write).execute(
                    arguments: [segment, one.hash.bytes, one.address, act.rawValue, one.reason, receipt.isOfCulprit, now])
            }
        }
    }

    /// Deletes what is known of the hashes; only refusals of that act, if it is given.
    ///
    /// - Throws: `DatabaseError`.
    func delete(_ hashes: [SubscriberHash], _ act: Refusal.Act? = nil) throws {
        if hashes.isEmpty { return }
        let known = try Data.fetchSet(
            database.cachedStatement(sql: "SELECT hash FROM refusals WHERE segment = ? AND act = ifnull(?, act)"),
            arguments: [segment, act?.rawValue])
        if known.isEmpty { return }
        for hash in hashes {
            let bytes = hash.bytes
            guard known.contains(bytes) else { continue }
            try database.execute(sql: "DELETE FROM refusals WHERE segment = ? AND hash = ?", arguments: [segment, bytes])
        }
    }

    /// A report has told all refusals of an activation.
    ///
    /// - Throws: `DatabaseError`.
    static func isTold(_ activation: String, in database: Database) throws {
        try database.execute(
            sql: "UPDATE refusals SET told = 1 WHERE told = 0 AND segment IN (SELECT id FROM segments WHERE activation = ?)",
            arguments: [activation])
    }
}
