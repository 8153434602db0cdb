import HooklineCore

/// A table, view, or query of a PostgreSQL or Redshift server.
///
/// All rows come from one read-only transaction, which sees the rows of one moment, and arrive one by one. A column's type comes from
/// `columns`, else from the server. Only used columns are selected. A query that does not reach its last row is an error.
package struct PostgresSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Connects, and has the query planned. It runs when its first row is read.
    ///
    /// - Throws: `SourceError` for the connection; `IssuesFound` for a table or column that the database lacks, for a query or expression
    ///   that it rejects, and for a missing privilege; `CancellationError`.
    package func open() throws -> any RowCursor { try open { Task.isCancelled } }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        let (rows, agreement) = try rows(isCancelled: isCancelled)
        return try QueryReader.cursor(rows, agreement, configuration, model)
    }

    /// The rows, and which columns they have.
    ///
    /// - Throws: what `open` throws.
    func rows(isCancelled: @escaping @Sendable () -> Bool) throws -> (PostgresRows, ColumnAgreement) {
        let session = try PostgresSession(configuration, isCancelled: isCancelled)
        let query = try PostgresQuery(model, in: session)
        return (PostgresRows(session, query), query.agreement)
    }
}
