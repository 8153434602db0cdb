import Foundation
import GRDB
import HooklineCore

/// One result of `hookline doctor`.
package struct LedgerFinding: Codable, Equatable, Sendable {
    package enum Severity: String, Codable, Sendable {
        /// In order, or left to the next run.
        case fine
        case problem
        /// Somebody should take a look; nothing is broken.
        case warning
        /// Was a problem, and no longer is.
        case repaired
    }

    /// What was examined, in one word; of the ledger: `integrity`, `calls`, `members`, `counts`, `orphans`, `owners`, `runs`,
    /// `intents`, `permissions`, `verdicts`.
    package var subject: String
    package var severity: Severity
    /// What was found and what to do, free of people's data.
    package var message: String
    /// Of a clock: by how many seconds this machine's is ahead of Mailchimp's, negative if it is behind; nil for all others.
    package var seconds: Int64?

    package init(_ subject: String, _ severity: Severity, _ message: String, seconds: Int64? = nil) {
        self.seconds = seconds
        self.subject = subject
        self.severity = severity
        self.message = message
    }
}

extension SQLiteLedger {
    /// Examines the whole ledger: reads every page.
    ///
    /// - Parameter repairs: whether to repair indexes, calls, members, counts, orphans and the file's mode. The caller must hold the leases of all
    ///   activations, so that no run is in progress.
    /// - Returns: one finding a subject, fine ones included; only two if the file is damaged.
    /// - Throws: `StoreError` when the ledger cannot be read, or a repair cannot be written.
    package func examine(repairs: Bool) throws -> [LedgerFinding] {
        let integrity = try examineIntegrity(repairs)
        // Content of damaged pages cannot be counted, much less repaired.
        if integrity.severity == .problem { return [integrity, examinePermissions(repairs)] }
        let calls = try examineCalls(repairs)
        return [
            integrity, calls, try examineMembers(repairs), try examineCounts(repairs), try examineOrphans(repairs), try examineOwners(),
            try examineRuns(), try examineIntents(), examinePermissions(repairs),
        ]
    }

    private func examineIntegrity(_ repairs: Bool) throws -> LedgerFinding {
        let found = try complaints()
        if found.isEmpty { return LedgerFinding("integrity", .fine, "every page and index is intact") }
        if repairs {
            // Damaged indexes can be rebuilt from their tables; damaged tables cannot.
            try? writer.writeWithoutTransaction { try $0.execute(sql: "REINDEX") }
            if try complaints().isEmpty { return LedgerFinding("integrity", .repaired, "damaged indexes were rebuilt") }
        }
        return LedgerFinding(
            "integrity", .problem,
            "SQLite found \(found.count == 100 ? "100 or more faults" : Self.count(found.count, "fault")); \(StoreError.afterDamage)")
    }

    /// SQLite's complaints; never show them, as they may quote values.
    private func complaints() throws -> [String] {
        do {
            return try writer.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(100)") }.filter { $0 != "ok" }
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CORRUPT {
            return ["corrupt"]
        }
    }

    private func examineCounts(_ repairs: Bool) throws -> LedgerFinding {
        // Segments whose counts differ from their rows.
        let counted = """
            SELECT segments.id AS id, kept.members AS members, kept.waiting AS waiting, kept.adding AS adding, kept.removing AS removing
            FROM segments JOIN (
                SELECT segments.id AS id,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state IN (1, 2, 3))
                        + (SELECT ifnull(sum(members_gained), 0) FROM intents WHERE segment = segments.id) AS members,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state NOT IN (1, 2, 3))
                        + (SELECT ifnull(sum(waiting_gained), 0) FROM intents WHERE segment = segments.id) AS waiting,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state = 2)
                        + (SELECT ifnull(sum(adding_gained), 0) FROM intents WHERE segment = segments.id) AS adding,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state = 3)
                        + (SELECT ifnull(sum(removing_gained), 0) FROM intents WHERE segment = segments.id) AS removing
                FROM segments
            ) AS kept ON kept.id = segments.id
                AND (kept.members, kept.waiting, kept.adding, kept.removing)
                    <> (segments.members, segments.waiting, segments.adding, segments.removing)
            """
        let found = try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM (\(counted))") ?? 0 }
        if found == 0 { return LedgerFinding("counts", .fine, "the member counts of all segments are correct") }
        guard repairs else {
            return LedgerFinding(
                "counts", .problem, "the member counts of \(Self.count(found, "segment")) are wrong; --repair recounts them")
        }
        try write { database in
            try database.execute(
                sql: """
                    UPDATE segments SET members = counted.members, waiting = counted.waiting, adding = counted.adding, removing = counted.removing
                    FROM (\(counted)) AS counted
                    WHERE segments.id = counted.id
                    """)
        }
        return LedgerFinding("counts", .repaired, "the member counts of \(Self.count(found, "segment")) were wrong and have been recounted")
    }

    private func examineOrphans(_ repairs: Bool) throws -> LedgerFinding {
        func number(_ table: String) throws -> Int {
            try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table) WHERE segment NOT IN (SELECT id FROM segments)") ?? 0 }
        }
        let found = try ["members", "intents", "changes", "change_packs", "receipts", "refusals"].map { (table: $0, rows: try number($0)) }
            .filter { $0.rows > 0 }
        if found.isEmpty { return LedgerFinding("orphans", .fine, "every row belongs to a segment") }
        let what = found.map { "\($0.rows) of \($0.table)" }.joined(separator: ", ")
        guard repairs else { return LedgerFinding("orphans", .problem, "rows belong to no segment (\(what)); --repair deletes them") }
        try write { database in
            for (table, _) in found {
                try database.execute(sql: "DELETE FROM \(table) WHERE segment NOT IN (SELECT id FROM segments)")
            }
        }
        return LedgerFinding("orphans", .repaired, "rows that belonged to no segment were deleted (\(what))")
    }

    private func examineRuns() throws -> LedgerFinding {
        let open = try read { try Row.fetchAll($0, sql: "SELECT id, session FROM runs WHERE report IS NULL") }
        let alive = open.count { row in (row["session"] as String?).map(isAlive) ?? false }
        let dead = open.count - alive
        var words = dead == 0 ? "no run was interrupted" : "\(Self.count(dead, "interrupted run")); see intents for what they left open"
        if alive > 0 { words += "; \(Self.count(alive, "run")) in progress" }
        return LedgerFinding("runs", .fine, words)
    }

    private func examineIntents() throws -> LedgerFinding {
        let (members, segments) = try read { database in
            (
                try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) + (SELECT ifnull(sum(adding_gained + removing_gained), 0) FROM intents)
                        FROM members WHERE state IN (2, 3) AND NOT EXISTS (
                            SELECT 1 FROM refusals WHERE refusals.segment = members.segment AND refusals.hash = members.hash AND state = 3)
                        """) ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM segments WHERE phase <> 'live' OR pending_name IS NOT NULL") ?? 0
            )
        }
        if members + segments == 0 { return LedgerFinding("intents", .fine, "Mailchimp's answer to every change is known") }
        return LedgerFinding(
            "intents", .fine,
            "Mailchimp's answers to \(Self.count(members, "member change")) and \(Self.count(segments, "segment change")) are unknown; the next run repeats these changes, which is harmless"
        )
    }

    private func examinePermissions(_ repairs: Bool) -> LedgerFinding {
        let files = [path, path + "-wal", path + "-shm"].filter { FileManager.default.fileExists(atPath: $0) }
        let open = files.filter { file in
            var status = stat()
            return stat(file, &status) == 0 && status.st_mode & 0o077 != 0
        }
        if open.isEmpty { return LedgerFinding("permissions", .fine, "only the owner may read the ledger") }
        if repairs, open.allSatisfy({ chmod($0, 0o600) == 0 }) {
            return LedgerFinding("permissions", .repaired, "other users could read the ledger and its addresses; now only the owner may")
        }
        return LedgerFinding(
            "permissions", .problem,
            "other users may read the ledger, which holds addresses; run chmod 600 or --repair, unless a group shares it on purpose")
    }

    /// `1 run`, `2 runs`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
