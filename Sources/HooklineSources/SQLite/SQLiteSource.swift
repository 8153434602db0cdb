import GRDB
import GRDBSQLite
import HooklineCore

/// A table, a view or a query of an SQLite database.
///
/// The database is opened read-only and never created. All rows come from one read transaction: in WAL mode it does not block writers, and
/// does not see what they commit meanwhile. A column has the type in `columns`, or else that of its declaration (`SQLiteColumnType`), or
/// else text. Values fit by their storage class in SQLite: numbers as such, text like the text of a file, BLOBs never.
package struct SQLiteSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Opens the database and prepares the query, without reading a row.
    ///
    /// - Throws: `SourceError` for the file; `IssuesFound` for a table or column that the database lacks, and for a query or expression that
    ///   it rejects.
    package func open() throws -> any HooklineCore.RowCursor {
        BatchCursor(try reader())
    }

    private func reader() throws -> SQLiteReader {
        let database = try SQLiteFile.open(configuration.path)
        return try database.inDatabase { connection in
            try connection.execute(sql: "BEGIN DEFERRED TRANSACTION")
            let query = try SQLiteQuery(model, of: configuration, in: connection)
            let agreement = try ColumnAgreement(model, source: configuration, found: query.columns)
            let statement = try query.statement(in: connection)
            return SQLiteReader(database, statement: statement, source: configuration.name, agreement: agreement, model: model)
        }
    }
}
