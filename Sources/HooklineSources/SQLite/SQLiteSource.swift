import GRDB
import HooklineCore

/// A table, view, or query of an SQLite database.
///
/// The database is opened read-only and never created. All rows come from one read transaction: in WAL mode, writers are not blocked, and
/// what they commit in the meantime is not seen. A column's type comes from `columns`, else from its declared type (`SQLiteColumnType`),
/// else from its values in the first 1,000 rows, which are kept rather than queried again. Stored values fit a type by their storage
/// class: numbers as numbers, text as a JSON string does, a BLOB never. Only used columns are selected.
package struct SQLiteSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Opens the database and prepares the query. Reads rows only if a column has no declared type.
    ///
    /// - Throws: `SourceError` for the file; `IssuesFound` for a table or column that the database lacks, and for a query or expression that
    ///   it rejects.
    package func open() throws -> any HooklineCore.RowCursor {
        try open { Task.isCancelled }
    }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any HooklineCore.RowCursor {
        let database = try SQLiteFile.open(configuration.path)
        let (query, statement) = try database.inDatabase { connection in
            try connection.execute(sql: "BEGIN DEFERRED TRANSACTION")
            let query = try SQLiteQuery(model, of: configuration, in: connection)
            return (query, try query.statement(in: connection))
        }
        let rows = SQLiteRows(database, statement, source: configuration.name)
        rows.patience.isCancelled = isCancelled
        var head = SQLiteHead()
        var agreement = query.agreement
        if agreement.own.contains(where: { $0.origin == .unknown }) {
            head = try rows.hold { try SQLiteHead(statement, nulls: NullValues(configuration.nullValues), step: rows.step) }
            agreement = agreement.typed(head.typed(agreement.own, primaryKey: model.primaryKey))
        }
        return BatchCursor(
            try SQLiteReader(
                rows, query, head: head.rows, source: configuration.name, agreement: agreement, model: model,
                CellFormat(configuration, model)))
    }
}
