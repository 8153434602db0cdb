import HooklineCore

/// The tables of a source of type duckdb.
package enum DuckDBTables {
    /// A table or view of a database.
    struct Stored {
        /// As a model names it: with its schema, unless that is `main`.
        let name: String
        /// As a query names it.
        let quoted: String
        let isView: Bool
    }

    /// The names that a model can use: those of files first, then those of the database.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    package static func names(in source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws -> [String] {
        let session = try DuckDBSession(source, tables: { _ in false }, isCancelled: isCancelled)
        return session.settings.tables.map(\.name) + (try stored(in: session).map(\.name))
    }

    /// The tables and views of the database; none without one.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    static func stored(in session: DuckDBSession) throws -> [Stored] {
        guard !session.source.path.isEmpty else { return [] }
        let (rows, fault) = try session.rows([
            DuckDBText.copy(
                """
                SELECT 'table', schema_name, table_name FROM duckdb_tables() WHERE database_name = 'database' UNION ALL \
                SELECT 'view', schema_name, view_name FROM duckdb_views() WHERE database_name = 'database' AND NOT internal ORDER BY 2, 3
                """)
        ])
        if let fault { throw SourceError(fault, of: session, isReading: false) }
        return rows.map { row in
            Stored(
                name: row[1] == "main" ? row[2] : "\(row[1]).\(row[2])",
                quoted: "\"database\".\(SQLText.name(row[1])).\(SQLText.name(row[2]))", isView: row[0] == "view")
        }
    }

    /// What a saved plan depends on: which files are which tables.
    package static func identity(of source: SourceConfiguration, path: (String) -> String) -> String {
        (source.duckdb?.tables ?? []).map { "\($0.name)=\($0.files.map(path).joined(separator: ","))" }.joined(separator: ";")
    }
}
