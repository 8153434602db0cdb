import GRDB
import GRDBSQLite
import HooklineCore
import Text

extension CellReader {
    /// Appends a column of the statement's current row.
    ///
    /// Integers and floating-point numbers fit as numbers, text as a JSON string does. BLOBs and text that is not UTF-8 never fit.
    mutating func append(_ statement: SQLiteStatement, at index: Int32, to buffer: inout ColumnBuffer) -> Bool {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return append(sqlite3_column_int64(statement, index), to: &buffer)
        case SQLITE_FLOAT: return append(sqlite3_column_double(statement, index), to: &buffer)
        case SQLITE_TEXT:
            let bytes = Bytes(start: sqlite3_column_text(statement, index), count: Int(sqlite3_column_bytes(statement, index)))
            return append(sqliteText: bytes, to: &buffer)
        case SQLITE_NULL:
            buffer.appendNull()
            return true
        default: return refuse(.blob)
        }
    }

    /// Appends text that may not be valid UTF-8.
    mutating func append(sqliteText bytes: Bytes, to buffer: inout ColumnBuffer) -> Bool {
        guard UTF8Check.isValid(bytes) else { return refuse(.encoding) }
        return append(ofKnownKind: bytes, to: &buffer)
    }
}
