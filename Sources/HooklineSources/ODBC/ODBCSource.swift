import HooklineCore

/// A table, view, or query of a server that an ODBC driver reads.
///
/// The driver works in a process of its own, and a process that does not end well has given no rows at all. A column's type comes from
/// `columns`, else from the server. Only used columns are selected.
package struct ODBCSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Connects, and has the query described. It runs when its first row is read.
    ///
    /// - Throws: `SourceError` for the driver and the connection; `IssuesFound` for a table or column that the database lacks, for a query or
    ///   expression that it rejects, and for a missing privilege; `CancellationError`.
    package func open() throws -> any RowCursor { try open { Task.isCancelled } }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        let (rows, agreement) = try rows(isCancelled: isCancelled)
        return BatchCursor(
            try QueryReader(
                rows, source: configuration.name, agreement: agreement, model: model, CellFormat(configuration, model)))
    }

    /// The rows, and which columns they have.
    ///
    /// - Throws: what `open` throws.
    func rows(isCancelled: @escaping @Sendable () -> Bool) throws -> (ODBCRows, ColumnAgreement) {
        let session = try ODBCSession(configuration, isCancelled: isCancelled)
        let query = try ODBCQuery(model, in: session)
        return (ODBCRows(session, query), query.agreement)
    }
}
