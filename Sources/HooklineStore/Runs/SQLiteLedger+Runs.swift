import Foundation
import GRDB
import HooklineCore

extension SQLiteLedger {
    package func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws {
        let session = try session()
        let process = Session.process
        try write { database in
            guard try Int.fetchOne(database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [run]) == nil else {
                throw StoreError(.runExists, at: path, "the run ID \(run) is taken; every run needs its own")
            }
            try database.execute(
                sql: "INSERT INTO runs(id, activation, kind, started_at, session, process, host) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [run, activation, kind.rawValue, time, session.name, process.id, process.host])
            for segment in try segments(of: activation, in: database) {
                // Their calls got no answer, and will get none.
                try IntentEditor(database: database, segment: segment.id).fold()
            }
            try database.execute(
                sql: "UPDATE segments SET doubted_at = ? WHERE activation = ? AND adding + removing > 0", arguments: [time, activation])
            try forgetOldChanges(before: time, in: database)
        }
    }

    /// Keeps the report of a run that ended, without the lists of addresses that `plan --json` shows.
    ///
    /// A second report replaces the first. The report of a run that never began is kept, too.
    package func finish(_ report: RunReport) throws {
        try write { database in
            try Self.insert(report, in: database)
            if report.outcome == .done || report.outcome == .partial { try RefusalEditor.isTold(report.activation, in: database) }
            for warning in report.warnings {
                try database.execute(
                    sql: "DELETE FROM untold WHERE activation = ? AND code = ? AND message = ?",
                    arguments: [report.activation, warning.code, warning.message])
            }
        }
    }

    package func mustTell(_ warnings: [RunWarning], of activation: String) throws {
        try write { database in
            for warning in warnings {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO untold(activation, code, message) VALUES (?, ?, ?)",
                    arguments: [activation, warning.code, warning.message])
            }
        }
    }

    package func untold(of activation: String) throws -> [RunWarning] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT code, message FROM untold WHERE activation = ? ORDER BY number", arguments: [activation]
            )
            .map { RunWarning($0["code"], $0["message"]) }
        }
    }

    static func insert(_ report: RunReport, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO runs(id, activation, kind, started_at, finished_at, outcome, report)
                VALUES (?, ?, ?, ?, unixepoch(), ?, ?)
                ON CONFLICT(id) DO UPDATE SET finished_at = excluded.finished_at, outcome = excluded.outcome, report = excluded.report
                """,
            arguments: [
                report.run, report.activation, report.kind.rawValue, report.startedAt, report.outcome.rawValue, try json(report),
            ])
    }

    /// The runs of an activation that ended, newest first.
    ///
    /// A run without a report whose process is gone (see `Session`) shows as failed with code `run.interrupted`, and with what its calls
    /// changed. A run in progress is left out.
    package func history(of activation: String, limit: Int) throws -> [RunReport] {
        try read { try history(of: activation, limit: limit, in: $0) }
    }

    /// The run with that ID, or the only one whose ID begins with it; nil if there is none.
    ///
    /// - Throws: `store.ambiguous_run` if several begin with it, `store.run_in_progress` if the run is in progress.
    package func run(_ id: String) throws -> RunReport? {
        guard !id.isEmpty else { return nil }
        return try read { database in
            var rows = try Row.fetchAll(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [id])
            if rows.isEmpty {
                rows = try Row.fetchAll(
                    database, sql: "SELECT * FROM runs WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id", arguments: [id])
            }
            guard let row = rows.first else { return nil }
            guard rows.count == 1 else {
                let ids: [String] = rows.map { $0["id"] }
                let newest = ids.suffix(5).reversed().joined(separator: ", ")
                throw StoreError(
                    .ambiguousRun, at: path,
                    "\(ids.count) run IDs begin with '\(id)'\(ids.count > 5 ? ", the newest" : ""): \(newest); type more of the ID ('hookline history NAME' lists them)"
                )
            }
            if let report = try report(row, in: database) { return report }
            let (run, process): (String, Int?) = (row["id"], row["process"])
            throw StoreError(
                .runInProgress, at: path, "run \(run) is still in progress (process \(process ?? 0)); try again when it has ended")
        }
    }

    package func status() throws -> [ActivationStatus] {
        try read { database in
            let activations = try String.fetchAll(
                database, sql: "SELECT activation FROM runs UNION SELECT activation FROM segments ORDER BY activation")
            return try activations.compactMap { activation in
                let segments = try segments(of: activation, in: database)
                let newest = try history(of: activation, limit: 1, in: database).first
                if segments.isEmpty, newest?.kind == .forget { return nil }
                let isRun = newest?.kind.isOfLedger == false
                let lastRun = isRun ? newest : try history(of: activation, limit: 1, Self.isRun, in: database).first
                return ActivationStatus(activation: activation, lastRun: lastRun, segments: segments)
            }
        }
    }

    /// SQL that leaves out changes of the ledger alone.
    private static let isRun = "AND kind NOT IN ('rename', 'forget', 'import')"

    private func history(
        of activation: String, limit: Int, _ condition: String = "", in database: Database
    ) throws -> [RunReport] {
        var reports: [RunReport] = []
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM runs WHERE activation = ? \(condition) ORDER BY started_at DESC, number DESC",
            arguments: [activation])
        while reports.count < limit, let row = try rows.next() {
            if let report = try report(row, in: database) { reports.append(report) }
        }
        return reports
    }

    /// The report of a run; nil while it is in progress.
    private func report(_ row: Row, in database: Database) throws -> RunReport? {
        if let json = row["report"] as String? {
            guard var report = try? JSONDecoder().decode(RunReport.self, from: Data(json.utf8)) else {
                throw corrupt("the report of run \(row["id"] as String) cannot be read")
            }
            // The activation may have been renamed since.
            report.activation = row["activation"]
            return report
        }
        guard let kind = RunKind(rawValue: row["kind"]) else { throw corrupt("a run has an unknown kind") }
        if let session = row["session"] as String?, isAlive(session) { return nil }
        let (process, host): (Int?, String?) = (row["process"], row["host"])
        return RunReport(
            run: row["id"], activation: row["activation"], kind: kind, outcome: .failed, segments: try answered(row["id"], in: database),
            error: RunFailure(
                "run.interrupted",
                "the run was interrupted: its process (\(process ?? 0) on \(host ?? "an unknown host")) is gone; the next run finishes its work"
            ),
            startedAt: row["started_at"])
    }

    /// What the calls that were answered during a run did to each segment that still exists, with its current number of members.
    private func answered(_ run: String, in database: Database) throws -> [SegmentReport] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT segments.label, segments.mailchimp_id, segments.name, segments.members - adding AS members, adding, sum(receipts.members) AS added, sum(gone) AS removed
                FROM receipts JOIN segments ON segments.id = receipts.segment
                WHERE run = ? GROUP BY segments.id ORDER BY label IS NOT NULL, label
                """, arguments: [run]
        ).map {
            var report = SegmentReport(
                label: $0["label"], id: $0["mailchimp_id"], name: $0["name"], members: $0["members"], added: $0["added"],
                removed: $0["removed"], unchanged: 0)
            let adding: Int = $0["adding"]
            if adding > 0 { report.unanswered = adding }
            return report
        }
    }

    private static func json(_ report: RunReport) throws -> String {
        var report = report
        for index in report.segments.indices {
            report.segments[index].adds = nil
            report.segments[index].removes = nil
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}
