import GRDB
import HooklineCore

extension SQLiteLedger {
    package func keep(_ rows: [RowBucket: [KeptRow]], of run: String) throws {
        try write { database in
            guard let found = try Row.fetchOne(database, sql: "SELECT number, activation FROM runs WHERE id = ?", arguments: [run]) else {
                return
            }
            let (number, activation): (Int64, String) = (found["number"], found["activation"])
            let insert = try MemberStatement(
                database, sql: "INSERT OR REPLACE INTO run_rows(run, bucket, row, key, address, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            defer { insert.reset() }
            for bucket in RowBucket.allCases {
                guard let kept = rows[bucket]?.prefix(RowBucket.rowLimit), !kept.isEmpty else { continue }
                for row in kept { try insert.insert(row, number, bucket) }
                try database.execute(
                    sql: "INSERT OR REPLACE INTO run_row_counts(run, bucket, rows) VALUES (?, ?, ?)",
                    arguments: [number, bucket.rawValue, kept.count])
            }
            try makeRoom(in: activation, database)
        }
    }

    package func forEachRow(of run: String, in bucket: RowBucket, _ body: (KeptRow) throws -> Void) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT row, key, address, reason FROM run_rows
                    WHERE run = (SELECT number FROM runs WHERE id = ?) AND bucket = ? ORDER BY row
                    """, arguments: [run, bucket.rawValue])
            while let row = try rows.next() {
                try body(KeptRow(row: row["row"], key: row["key"], address: row["address"], reason: row["reason"]))
            }
        }
    }

    /// Deletes the rows of an activation's oldest runs, until at most `RowBucket.activationLimit` are left.
    private func makeRoom(in activation: String, _ database: Database) throws {
        let counts = try Row.fetchAll(
            database,
            sql: """
                SELECT run, sum(rows) AS rows FROM run_row_counts JOIN runs ON runs.number = run_row_counts.run
                WHERE activation = ? GROUP BY run ORDER BY run DESC
                """, arguments: [activation])
        var sum = 0
        for (index, row) in counts.enumerated() {
            sum += row["rows"] as Int
            if index > 0, sum > RowBucket.activationLimit { try Self.deleteRows(ofRunsWhere: "number = ?", [row["run"]], in: database) }
        }
    }

    /// Deletes the rows of the runs that meet an SQL condition on the table `runs`.
    static func deleteRows(ofRunsWhere condition: String, _ arguments: StatementArguments, in database: Database) throws {
        for table in ["run_rows", "run_row_counts"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE run IN (SELECT number FROM runs WHERE \(condition))", arguments: arguments)
        }
    }
}

extension MemberStatement {
    fileprivate func insert(_ row: KeptRow, _ run: Int64, _ bucket: RowBucket) throws {
        bind(run, at: 1)
        bind(Int64(bucket.rawValue), at: 2)
        bind(Int64(row.row), at: 3)
        try withText(row.key, at: 4) {
            try withText(row.address, at: 5) {
                try withText(row.reason, at: 6) { _ = try step() }
            }
        }
        reset()
    }
}
