import HooklineCore
import Text

/// A table or view of a server, found by the name in a manifest.
struct PostgresTable: Equatable {
    let schema: String
    let name: String

    /// The name as a statement has it, in quotes.
    var quoted: String { "\(SQLText.name(schema)).\(SQLText.name(name))" }

    /// Finds a table by `NAME` on the search path, or by `SCHEMA.NAME`: first as it is written, then in lower case, as SQL reads names
    /// without quotes.
    ///
    /// - Throws: `sources.unknown_table`, with the nearest name; `SourceError`; `CancellationError`.
    init(_ written: String, model: Model, in session: PostgresSession) throws {
        let found = try Self.named([written, written.lowercased()], in: session)
        let match = [written, written.lowercased()].lazy.compactMap { name in
            // A schema that the user may not use is not on the search path, and reading the table will say which right is missing.
            found.first { ($0.isVisible || $0.table.schema == session.source.server?.schema) && $0.table.name == name }
                ?? found.first { "\($0.table.schema).\($0.table.name)" == name }
        }.first
        if let match {
            self = match.table
            return
        }
        let parts = written.split(separator: ".", maxSplits: 1).map(String.init)
        if session.source.kind == .redshift, parts.count == 2 {
            // The tables of external schemas are not in the catalog.
            self.init(schema: parts[0], name: parts[1])
            return
        }
        throw IssuesFound([
            Issue(
                SourceError.Code.unknownTable.rawValue,
                "the source '\(session.source.name)' has no table or view '\(written.onOneLine)'\(try Self.hint(written, found, session))",
                at: model.position)
        ])
    }

    private init(schema: String, name: String) {
        self.schema = schema
        self.name = name
    }

    /// All tables and views that are not the server's own, and whether their names need no schema.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    static func all(in session: PostgresSession) throws -> [(table: PostgresTable, isVisible: Bool)] {
        try list(
            session,
            "AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'pg_internal') AND n.nspname NOT LIKE 'pg\\_temp\\_%'",
            [])
    }

    private static func named(
        _ names: [String], in session: PostgresSession
    ) throws -> [(table: PostgresTable, isVisible: Bool)] {
        try list(session, "AND (c.relname IN ($1, $2) OR n.nspname || '.' || c.relname IN ($1, $2))", names)
    }

    private static func list(
        _ session: PostgresSession, _ condition: String, _ values: [String]
    ) throws -> [(table: PostgresTable, isVisible: Bool)] {
        let rows = try session.rows(
            """
            SELECT n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') \(condition) ORDER BY 1, 2
            """, values)
        return rows.map { (PostgresTable(schema: $0[0] ?? "", name: $0[1] ?? ""), $0[2] == "t") }
    }

    private static func hint(
        _ written: String, _ found: [(table: PostgresTable, isVisible: Bool)], _ session: PostgresSession
    ) throws -> String {
        // It is there, in a schema that is not on the search path.
        if let elsewhere = found.first { return "; did you mean '\(elsewhere.table.schema).\(elsewhere.table.name)'?" }
        let all = try Self.all(in: session)
        let names = all.filter(\.isVisible).map(\.table.name) + all.map { "\($0.table.schema).\($0.table.name)" }
        return all.isEmpty ? "; this user sees no tables in the database" : NearestName.hint(written, among: names)
    }
}

/// The tables and views of a server.
package enum PostgresTables {
    /// The names that a model can use, in alphabetical order: those of the source's schema, else all, with their schema where they need it.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    package static func names(in source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws -> [String] {
        let all = try PostgresTable.all(in: try PostgresSession(source, isCancelled: isCancelled))
        return all.filter { source.server?.schema == nil || source.server?.schema == $0.table.schema }.map { found in
            found.isVisible ? found.table.name : "\(found.table.schema).\(found.table.name)"
        }
    }
}
