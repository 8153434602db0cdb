import GRDB
import HooklineCore

extension SQLiteLedger {
    package func segment(_ key: SegmentKey) throws -> LedgerSegment? {
        try read { try segment(key, in: $0) }
    }

    package func segments(of activation: String) throws -> [LedgerSegment] {
        try read { try segments(of: activation, in: $0) }
    }

    package func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment {
        try write { database in
            if let known = try segment(key, in: database) {
                try change(
                    known, "phase = 'creating', mailchimp_id = NULL, name = ?, pending_name = NULL, phase_since = ?", [name, now],
                    in: database)
            } else {
                try database.execute(
                    sql: """
                        INSERT INTO segments(endpoint, audience, activation, label, name, phase, phase_since, revision)
                        VALUES (?, ?, ?, ?, ?, 'creating', ?, 1)
                        """,
                    arguments: [key.endpoint, key.audience, key.activation, key.label, name, now])
            }
            guard let segment = try segment(key, in: database) else { throw corrupt("a segment that was just written is not there") }
            return segment
        }
    }

    package func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws {
        try write { try change(segment, "phase = ?, phase_since = ?", [phase.rawValue, now], in: $0) }
    }

    package func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws {
        try write { database in
            // A segment that is to be created has no id any more: the old one was deleted with it.
            let id = phase == .creating ? ", mailchimp_id = NULL" : ""
            try change(
                segment, "phase = ?, phase_since = ?, members = 0, waiting = 0, changed_at = ?\(id)", [phase.rawValue, now, now],
                in: database)
            if let number = try Int64.fetchOne(database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [run]) {
                try ChangeEditor.noteAllRemoved(database, segment: segment.id, run: number)
            }
            try database.execute(sql: "DELETE FROM members WHERE segment = ?", arguments: [segment.id])
        }
    }

    package func didDelete(_ segment: LedgerSegment) throws {
        try write { database in
            // Its receipts go with it.
            try database.execute(sql: "DELETE FROM segments WHERE id = ?", arguments: [segment.id])
            guard database.changesCount == 1 else { throw unknown(segment) }
            try database.execute(sql: "DELETE FROM members WHERE segment = ?", arguments: [segment.id])
            // An id may be given again, to another segment.
            try database.execute(sql: "DELETE FROM changes WHERE segment = ?", arguments: [segment.id])
        }
    }

    package func willRename(_ segment: LedgerSegment, to name: String) throws {
        try write { try change(segment, "pending_name = ?", [name], in: $0) }
    }

    package func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws {
        try write { database in
            // Said again, it changes nothing: neither the revision that plans are held against, nor since when it is live.
            let isSaidAgain = try Bool.fetchOne(
                database,
                sql: "SELECT phase = 'live' AND mailchimp_id IS ? AND name = ? AND pending_name IS NULL FROM segments WHERE id = ?",
                arguments: [mailchimpID, name, segment.id])
            if isSaidAgain == true { return }
            try change(
                segment, "phase = 'live', mailchimp_id = ?, name = ?, pending_name = NULL, phase_since = ?", [mailchimpID, name, now],
                in: database)
        }
    }

    package func didProbe(_ segment: LedgerSegment, at time: Int64) throws {
        try write { database in
            try database.execute(sql: "UPDATE segments SET probed_at = ? WHERE id = ?", arguments: [time, segment.id])
            guard database.changesCount == 1 else { throw unknown(segment) }
        }
    }

    /// Changes a segment's row and moves its revision on; fails for a segment that this ledger does not know.
    func change(
        _ segment: LedgerSegment, _ assignments: String, _ values: [(any DatabaseValueConvertible)?], in database: Database
    ) throws {
        let statement = try database.cachedStatement(sql: "UPDATE segments SET revision = revision + 1, \(assignments) WHERE id = ?")
        try statement.execute(arguments: StatementArguments(values + [segment.id]))
        guard database.changesCount == 1 else { throw unknown(segment) }
    }

    private func unknown(_ segment: LedgerSegment) -> StoreError {
        StoreError(
            .unknownSegment, at: path,
            "segment '\(segment.name)' of '\(segment.key.activation)' does not stand in this ledger; plan again, then apply the new plan")
    }

    /// The segments of an activation, or all: the segment itself before its labels, those in the order of their bytes.
    func segments(of activation: String? = nil, in database: Database) throws -> [LedgerSegment] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM segments WHERE ?1 IS NULL OR activation = ?1
                ORDER BY activation, endpoint, audience, label IS NOT NULL, label
                """, arguments: [activation]
        ).map(segment)
    }

    private func segment(_ key: SegmentKey, in database: Database) throws -> LedgerSegment? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM segments WHERE activation = ? AND endpoint = ? AND audience = ? AND label IS ?")
        return try Row.fetchOne(statement, arguments: [key.activation, key.endpoint, key.audience, key.label]).map(segment)
    }

    private func segment(_ row: Row) throws -> LedgerSegment {
        guard let phase = LedgerSegment.Phase(rawValue: row["phase"]) else { throw corrupt("a segment is in a phase that does not exist") }
        return LedgerSegment(
            id: row["id"],
            key: SegmentKey(endpoint: row["endpoint"], audience: row["audience"], activation: row["activation"], label: row["label"]),
            mailchimpID: row["mailchimp_id"], name: row["name"], phase: phase, phaseSince: row["phase_since"], revision: row["revision"],
            members: row["members"], waiting: row["waiting"], probedAt: row["probed_at"],
            pendingName: row["pending_name"], changedAt: row["changed_at"], reconciledAt: row["reconciled_at"],
            knownDrift: row["known_drift"])
    }
}
