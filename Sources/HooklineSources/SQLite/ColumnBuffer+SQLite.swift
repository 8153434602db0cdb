import GRDB
import GRDBSQLite
import HooklineCore
import Text

extension ColumnBuffer {
    /// Appends a column of a statement's current row.
    ///
    /// Integers and floating-point numbers fit as such, and text fits like the text of a file. BLOBs, and text that is not UTF-8, never fit.
    ///
    /// - Returns: false if the value does not fit the column's type; then appends nothing.
    mutating func append(fitting statement: SQLiteStatement, at index: Int32) -> Bool {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return append(fitting: sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return append(fitting: sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(statement, index), count: Int(sqlite3_column_bytes(statement, index)))
            guard UTF8Check.isValid(bytes) else { return false }
            return append(fitting: bytes)
        case SQLITE_NULL:
            appendNull()
            return true
        default: return false
        }
    }
}
