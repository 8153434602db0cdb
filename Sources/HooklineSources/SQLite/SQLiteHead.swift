import GRDB
import HooklineCore

/// The first rows of a query, kept in memory. Their values give types to columns without a declared one.
struct SQLiteHead {
    /// The most rows that are read, and the most bytes.
    static let rows = 1_000
    static let bytes = 8 << 20

    /// The rows, in query order.
    let rows: [[SQLiteCell]]
    /// The kinds of values in each column.
    private let kinds: [SQLiteKinds]

    /// An empty head, for a query whose columns all have types.
    init() {
        rows = []
        kinds = []
    }

    /// Reads the first rows.
    ///
    /// - Parameters:
    ///   - statement: the query.
    ///   - nulls: the texts that are NULL.
    ///   - step: moves to the next row; returns false at the end.
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

    /// Gives types to the columns that lack one.
    func typed(_ columns: [HooklineCore.Column], primaryKey: String?) -> [HooklineCore.Column] {
        zip(columns, kinds).map { column, kinds in
            guard case .unknown = column.origin else { return column }
            let (type, origin) = kinds.type(isKey: column.name == primaryKey)
            return HooklineCore.Column(column.name, type, isAbsent: column.isAbsent, origin: origin, format: column.format)
        }
    }
}
