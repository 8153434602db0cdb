import HooklineCore

/// A table or query over Parquet, CSV, and JSON files, and DuckDB's own databases.
///
/// DuckDB's program reads them, as a process of its own that can open only the source's files. A column's type comes from `columns`, else
/// from DuckDB. Only used columns are selected. A program that does not succeed has given no rows at all.
package struct DuckDBSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Finds the files, and has the query described. It runs when its first row is read.
    ///
    /// - Throws: `SourceError` for the program and the files; `IssuesFound` for a table or column that they lack, and for a query or expression
    ///   that DuckDB rejects; `CancellationError`.
    package func open() throws -> any RowCursor { try open { Task.isCancelled } }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        let (rows, agreement) = try rows(isCancelled: isCancelled)
        return try QueryReader.cursor(rows, agreement, configuration, model)
    }

    /// The rows, and which columns they have.
    ///
    /// - Throws: what `open` throws.
    func rows(isCancelled: @escaping @Sendable () -> Bool) throws -> (DuckDBRows, ColumnAgreement) {
        let query = try DuckDBQuery(model, of: configuration, isCancelled: isCancelled)
        return (query.rows(isCancelled: isCancelled), query.agreement)
    }
}
