import GRDB
import GRDBSQLite
import HooklineCore

/// A table, a view or a query of an SQLite database.
///
/// The database is opened read-only and never created. All rows come from one read transaction: in WAL mode a writer goes on
/// undisturbed, and what it commits meanwhile is not seen. The columns have the types of `columns`, else those of the
/// declared types (`SQLiteColumnType`), else text. A value fits a type by what SQLite stores: numbers as such, text as the
/// text of a file does, a BLOB never.
package struct SQLiteSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Opens the database and prepares the query; no row is read.
    ///
    /// - Throws: `SourceError` for the file; `IssuesFound` for a table, column, query or expression that the database lacks or
    ///   does not understand.
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
