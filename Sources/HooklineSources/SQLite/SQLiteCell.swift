import GRDB
import GRDBSQLite
import HooklineCore

/// A copy of a value from SQLite.
enum SQLiteCell {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case blob

    /// Copies a column of the statement's current row.
    init(_ statement: SQLiteStatement, at index: Int32) {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, index)
            self = .text(Array(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))))
        case SQLITE_NULL: self = .null
        default: self = .blob
        }
    }

    /// The length in bytes; 0 for values without one.
    var length: Int { if case .text(let bytes) = self { bytes.count } else { 0 } }
}

extension CellReader {
    /// Appends a copied value.
    mutating func append(_ cell: SQLiteCell, to buffer: inout ColumnBuffer) -> Bool {
        switch cell {
        case .null:
            buffer.appendNull()
            return true
        case .integer(let value): return append(value, to: &buffer)
        case .real(let value): return append(value, to: &buffer)
        case .text(let bytes): return bytes.withUnsafeBufferPointer { append(sqliteText: $0, to: &buffer) }
        case .blob: return refuse(.blob)
        }
    }
}
