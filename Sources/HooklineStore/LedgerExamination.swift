import Foundation
import GRDB
import HooklineCore

/// Something that an examination of a ledger found.
package struct LedgerFinding: Codable, Equatable, Sendable {
    /// How bad it is.
    package enum Severity: String, Codable, Sendable {
        /// As it should be, or a run will see to it by itself.
        case fine
        case problem
        /// Was a problem until a moment ago.
        case repaired
    }

    /// What was looked at, in one word: `file`, `integrity`, `counts`, `orphans`, `runs`, `intents`, `permissions`.
    package var subject: String
    package var severity: Severity
    /// What was found and what to do; free of people's data.
    package var message: String

    package init(_ subject: String, _ severity: Severity, _ message: String) {
        self.subject = subject
        self.severity = severity
        self.message = message
    }
}

extension SQLiteLedger {
    /// Examines the ledger whole; reads every page.
    ///
    /// - Parameter repairs: whether what can be repaired is: counts, rows that belong to nothing, indexes, the file's mode. A run must
    ///   not go on meanwhile: the caller holds the leases.
    /// - Throws: `StoreError` when the ledger cannot be read at all.
    package func examine(repairs: Bool) throws -> [LedgerFinding] {
        let integrity = try examineIntegrity(repairs)
        // What stands on damaged pages is not to be counted, and less to be repaired.
        if integrity.severity == .problem { return [integrity, examinePermissions(repairs)] }
        return [
            integrity, try examineMembers(repairs), try examineCounts(repairs), try examineOrphans(repairs), try examineRuns(),
            try examineIntents(), examinePermissions(repairs),
        ]
    }

    private func examineIntegrity(_ repairs: Bool) throws -> LedgerFinding {
        let found = try complaints()
        if found.isEmpty { return LedgerFinding("integrity", .fine, "every page and index is in order") }
        if repairs {
            // Damaged indexes can be made anew from their tables; damaged tables cannot.
            try? writer.writeWithoutTransaction { try $0.execute(sql: "REINDEX") }
            if try complaints().isEmpty { return LedgerFinding("integrity", .repaired, "indexes were damaged and have been made anew") }
        }
        return LedgerFinding(
            "integrity", .problem,
            "SQLite finds \(found.count == 100 ? "100 or more" : String(found.count)) faults; \(StoreError.afterDamage)")
    }

    /// What SQLite complains of, without its words: they may quote values.
    private func complaints() throws -> [String] {
        do {
            return try writer.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(100)") }.filter { $0 != "ok" }
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CORRUPT {
            return ["corrupt"]
        }
    }

    private func examineCounts(_ repairs: Bool) throws -> LedgerFinding {
        // Where what is kept and what is there do not agree.
        let counted = """
            SELECT segments.id AS id, kept.members AS members, kept.waiting AS waiting
            FROM segments JOIN (
                SELECT segments.id AS id,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state IN (1, 2, 3)) AS members,
                    (SELECT count(*) FROM members WHERE segment = segments.id AND state NOT IN (1, 2, 3)) AS waiting
                FROM segments
            ) AS kept ON kept.id = segments.id AND (kept.members <> segments.members OR kept.waiting <> segments.waiting)
            """
        let found = try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM (\(counted))") ?? 0 }
        if found == 0 { return LedgerFinding("counts", .fine, "the counts of all segments are right") }
        guard repairs else {
            return LedgerFinding("counts", .problem, "the counts of \(found) segments are not those of their members; --repair counts anew")
        }
        try write { database in
            try database.execute(
                sql: """
                    UPDATE segments SET members = counted.members, waiting = counted.waiting FROM (\(counted)) AS counted
                    WHERE segments.id = counted.id
                    """)
        }
        return LedgerFinding("counts", .repaired, "the counts of \(found) segments were wrong and have been made anew")
    }

    private func examineOrphans(_ repairs: Bool) throws -> LedgerFinding {
        func number(_ table: String) throws -> Int {
            try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table) WHERE segment NOT IN (SELECT id FROM segments)") ?? 0 }
        }
        let found = try ["members", "changes", "receipts"].map { (table: $0, rows: try number($0)) }.filter { $0.rows > 0 }
        if found.isEmpty { return LedgerFinding("orphans", .fine, "every row belongs to a segment") }
        let what = found.map { "\($0.rows) of \($0.table)" }.joined(separator: ", ")
        guard repairs else { return LedgerFinding("orphans", .problem, "rows belong to no segment (\(what)); --repair removes them") }
        try write { database in
            for (table, _) in found {
                try database.execute(sql: "DELETE FROM \(table) WHERE segment NOT IN (SELECT id FROM segments)")
            }
        }
        return LedgerFinding("orphans", .repaired, "rows that belonged to no segment have been removed (\(what))")
    }

    private func examineRuns() throws -> LedgerFinding {
        let open = try read { try Row.fetchAll($0, sql: "SELECT id, session FROM runs WHERE report IS NULL") }
        let alive = open.count { row in (row["session"] as String?).map(isAlive) ?? false }
        let dead = open.count - alive
        var words =
            dead == 0
            ? "every run has ended" : "\(dead) \(dead == 1 ? "run" : "runs") never ended; what is left of that stands under intents"
        if alive > 0 { words += "; \(alive) \(alive == 1 ? "goes" : "go") on at this moment" }
        return LedgerFinding("runs", .fine, words)
    }

    private func examineIntents() throws -> LedgerFinding {
        let (members, segments) = try read { database in
            (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM members WHERE state IN (2, 3)") ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM segments WHERE phase <> 'live' OR pending_name IS NOT NULL") ?? 0
            )
        }
        if members + segments == 0 { return LedgerFinding("intents", .fine, "nothing was sent whose answer is not known") }
        return LedgerFinding(
            "intents", .fine,
            "the answers to \(members) changes of members and \(segments) of segments are not known: the next run asks again, which is harmless"
        )
    }

    private func examinePermissions(_ repairs: Bool) -> LedgerFinding {
        let files = [path, path + "-wal", path + "-shm"].filter { FileManager.default.fileExists(atPath: $0) }
        let open = files.filter { file in
            var status = stat()
            return stat(file, &status) == 0 && status.st_mode & 0o077 != 0
        }
        if open.isEmpty { return LedgerFinding("permissions", .fine, "only its owner may read it") }
        if repairs, open.allSatisfy({ chmod($0, 0o600) == 0 }) {
            return LedgerFinding("permissions", .repaired, "others could read it, and the addresses in it; now only its owner may")
        }
        return LedgerFinding(
            "permissions", .problem,
            "others may read it, and it holds addresses: chmod 600, or --repair; keep it so only if a group shares the ledger on purpose")
    }
}
