import HooklineCore
import PostgreSQL
import Text

/// Proves that a source can read, and that it cannot write.
package enum PostgresExamination {
    /// Reads the first row of each model, and tries to write.
    ///
    /// - Returns: what stops a run, and warnings about what the user may do or not see.
    /// - Throws: `CancellationError`.
    package static func issues(
        of source: SourceConfiguration, models: [Model], isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Issue] {
        let issues = try ReadingProof.issues(models) { try PostgresSource(source, model: $0).open(isCancelled: isCancelled) }
        // Without a connection or a right, asking for more would fail for the same reason.
        if issues.contains(where: { $0.severity == .error }) { return issues }
        return issues + (try ReadingProof.found { try tryWriting(source, models, isCancelled) })
    }

    private static func tryWriting(
        _ source: SourceConfiguration, _ models: [Model], _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Issue] {
        let session = try PostgresSession(source, isCancelled: isCancelled)
        var issues: [Issue] = []
        if source.kind == .redshift {
            issues.append(
                Issue(
                    ReadingProof.mayWrite, "whether '\(session.settings.user)' may write is not known: Redshift is not asked for it",
                    at: source.position, severity: .warning))
        } else {
            issues = try rights(session, models)
        }
        do {
            try session.connection.execute("CREATE TABLE hookline_write_probe (x integer)")
            issues.append(
                Issue(
                    ReadingProof.mayWrite,
                    "the source '\(source.name)' could make a table in a transaction that only reads: do not use this server",
                    at: source.position))
        } catch let fault as PostgresFault {
            // Read-only transaction, or no right to make tables.
            if fault.kind == .lost { throw SourceError(fault, of: session, row: nil) }
        }
        return issues
    }

    private static func rights(_ session: PostgresSession, _ models: [Model]) throws -> [Issue] {
        var (writable, hidden): ([String], [String]) = ([], [])
        for name in Set(models.flatMap(PostgresGrants.names)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let quoted = name.map(SQLText.name).joined(separator: ".")
            let rows = try session.rows(
                """
                SELECT pg_catalog.has_table_privilege(c, 'INSERT, UPDATE, DELETE, TRUNCATE'), pg_catalog.row_security_active(c)
                FROM (SELECT pg_catalog.to_regclass($1) AS c) found WHERE c IS NOT NULL
                """, [quoted])
            if rows.first?[0] == "t" { writable.append(quoted) }
            if rows.first?[1] == "t" { hidden.append(quoted) }
        }
        var issues: [Issue] = []
        let name = session.source.name
        if !writable.isEmpty {
            issues.append(
                Issue(
                    ReadingProof.mayWrite,
                    "the user '\(session.settings.user)' of the source '\(name)' may also write to \(writable.joined(separator: ", ")); Hookline never does, but a user that can only read is safer: hookline source grants \(name)",
                    at: session.source.position, severity: .warning))
        }
        if !hidden.isEmpty {
            issues.append(
                Issue(
                    Code.rowSecurity,
                    "row-level security decides which rows of \(hidden.joined(separator: ", ")) the user '\(session.settings.user)' sees; rows that it hides look as if they were not there",
                    at: session.source.position, severity: .warning))
        }
        return issues
    }

    /// The codes of what it finds beside the errors of reading.
    private enum Code {
        static let rowSecurity = "source.row_security"
    }
}
