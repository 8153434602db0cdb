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
            guard let segment = try segment(key, in: database) else { throw corrupt("a segment that was just written is missing") }
            return segment
        }
    }

    package func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws {
        try write { try change(segment, "phase = ?, phase_since = ?", [phase.rawValue, now], in: $0) }
    }

    package func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws {
        try write { database in
            try IntentEditor(database: database, segment: segment.id).fold()
            // A segment about to be created has no ID: the old one was deleted.
            let id = phase == .creating ? ", mailchimp_id = NULL" : ""
            try change(
                segment, "phase = ?, phase_since = ?, members = 0, adding = 0, removing = 0, waiting = 0, changed_at = ?\(id)",
                [phase.rawValue, now, now],
                in: database)
            if let number = try Int64.fetchOne(database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [run]) {
                try ChangeEditor.noteAllRemoved(database, segment: segment.id, run: number)
            }
            try database.execute(sql: "DELETE FROM members WHERE segment = ?", arguments: [segment.id])
            // Nobody is left to be removed.
            try database.execute(sql: "DELETE FROM refusals WHERE segment = ? AND act = 'remove'", arguments: [segment.id])
        }
    }

    package func didDelete(_ segment: LedgerSegment) throws {
        try write { try delete(segment, in: $0) }
    }

    package func willRename(_ segment: LedgerSegment, to name: String) throws {
        try write { try change(segment, "pending_name = ?", [name], in: $0) }
    }

    package func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws {
        try write { database in
            // A repetition changes neither the revision, which plans are checked against, nor the time since when the segment is live.
            let isKnown = try Bool.fetchOne(
                database,
                sql: "SELECT phase = 'live' AND mailchimp_id IS ? AND name = ? AND pending_name IS NULL FROM segments WHERE id = ?",
                arguments: [mailchimpID, name, segment.id])
            if isKnown == true { return }
            // What a segment follows already is not checked again: `hookline doctor` finds those with two owners.
            let before = try Int.fetchOne(database, sql: "SELECT mailchimp_id FROM segments WHERE id = ?", arguments: [segment.id])
            if before != mailchimpID { try refuseTaken(mailchimpID, for: segment.key, in: database) }
            try change(
                segment, "phase = 'live', mailchimp_id = ?, name = ?, shown_name = NULL, pending_name = NULL, phase_since = ?",
                [mailchimpID, name, now],
                in: database)
        }
    }

    package func isShown(_ segment: LedgerSegment, as name: String) throws {
        try write { database in
            try database.execute(sql: "UPDATE segments SET shown_name = ? WHERE id = ?", arguments: [name, segment.id])
            guard database.changesCount == 1 else { throw unknown(segment) }
        }
    }

    package func didLook(_ segment: LedgerSegment, until time: Int64, askedUntil: Int64?) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE segments SET looked_until = ?, asked_until = ifnull(?, asked_until) WHERE id = ?",
                arguments: [time, askedUntil, segment.id])
            guard database.changesCount == 1 else { throw unknown(segment) }
        }
    }

    /// Changes a segment's row and increments its revision.
    ///
    /// - Throws: `store.unknown_segment`; `DatabaseError`.
    func change(
        _ segment: LedgerSegment, _ assignments: String, _ values: [(any DatabaseValueConvertible)?], in database: Database
    ) throws {
        let statement = try database.cachedStatement(sql: "UPDATE segments SET revision = revision + 1, \(assignments) WHERE id = ?")
        try statement.execute(arguments: StatementArguments(values + [segment.id]))
        guard database.changesCount == 1 else { throw unknown(segment) }
    }

    func unknown(_ segment: LedgerSegment) -> StoreError {
        StoreError(
            .unknownSegment, at: path,
            "this ledger has no segment '\(segment.name)' of '\(segment.key.activation)'; make a new plan, then apply that one")
    }

    /// The segments of an activation; for each audience, the one without a label first, then the labels in the order of their bytes.
    ///
    /// - Throws: `DatabaseError`; `store.corrupt`.
    func segments(of activation: String, in database: Database) throws -> [LedgerSegment] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM segments WHERE activation = ? ORDER BY endpoint, audience, label IS NOT NULL, label")
        return try Row.fetchAll(statement, arguments: [activation]).map(segment)
    }

    func segment(_ key: SegmentKey, in database: Database) throws -> LedgerSegment? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM segments WHERE activation = ? AND endpoint = ? AND audience = ? AND label IS ?")
        return try Row.fetchOne(statement, arguments: [key.activation, key.endpoint, key.audience, key.label]).map(segment)
    }

    private func segment(_ row: Row) throws -> LedgerSegment {
        guard let phase = LedgerSegment.Phase(rawValue: row["phase"]) else { throw corrupt("a segment has an unknown phase") }
        let (counted, adding): (Int, Int) = (row["members"], row["adding"])
        var segment = LedgerSegment(
            id: row["id"],
            key: SegmentKey(endpoint: row["endpoint"], audience: row["audience"], activation: row["activation"], label: row["label"]),
            mailchimpID: row["mailchimp_id"], name: row["name"], phase: phase, phaseSince: row["phase_since"], revision: row["revision"],
            members: counted - adding, waiting: row["waiting"], lookedUntil: row["looked_until"], askedUntil: row["asked_until"],
            pendingName: row["pending_name"], changedAt: row["changed_at"], reconciledAt: row["reconciled_at"],
            knownDrift: row["known_drift"])
        segment.shownName = row["shown_name"]
        segment.adding = adding
        segment.removing = row["removing"]
        segment.doubtedAt = row["doubted_at"]
        return segment
    }
}
