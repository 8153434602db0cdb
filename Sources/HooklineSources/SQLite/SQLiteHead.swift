import GRDB
import HooklineCore

/// The first rows of a query, kept: their values say what types the columns have that the database declares no type for.
struct SQLiteHead {
    /// How many rows are looked at, and how many bytes of them at most.
    static let rows = 1_000
    static let bytes = 8 << 20

    /// The rows, in their order.
    let rows: [[SQLiteCell]]
    /// The kinds of values in each column.
    private let kinds: [SQLiteKinds]

    /// Without any row, when every column has a type.
    init() {
        rows = []
        kinds = []
    }

    /// Reads the first rows.
    ///
    /// - Parameters:
    ///   - statement: the query.
    ///   - nulls: the texts that are NULL.
    ///   - step: goes to the next row; returns false at the end.
    /// - Throws: what `step` throws.
    init(_ statement: Statement, nulls: NullValues, step: () throws -> Bool) throws {
        var rows: [[SQLiteCell]] = []
        var kinds = [SQLiteKinds](repeating: SQLiteKinds(), count: statement.columnCount)
        var bytes = 0
        while rows.count < Self.rows, bytes < Self.bytes, try step() {
            let row = kinds.indices.map { SQLiteCell(statement.sqliteStatement, at: Int32($0)) }
            for index in kinds.indices { kinds[index].note(row[index], nulls) }
            bytes += row.reduce(0) { $0 + $1.length }
            rows.append(row)
        }
        self.rows = rows
        self.kinds = kinds
    }

    /// The columns, with types for those that have none.
    func typed(_ columns: [HooklineCore.Column], primaryKey: String?) -> [HooklineCore.Column] {
        zip(columns, kinds).map { column, kinds in
            guard case .unknown = column.origin else { return column }
            let (type, origin) = kinds.type(isKey: column.name == primaryKey)
            return HooklineCore.Column(column.name, type, isAbsent: column.isAbsent, origin: origin, format: column.format)
        }
    }
}
