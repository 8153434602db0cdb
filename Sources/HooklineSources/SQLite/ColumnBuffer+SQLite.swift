import GRDB
import GRDBSQLite
import HooklineCore
import Text

extension ColumnBuffer {
    /// Appends a column of the row on which a statement stands; false, and nothing appended, when it does not fit the column's type.
    ///
    /// Integers and floating-point numbers fit as such, text as the text of a file does; a BLOB and text that is not UTF-8
    /// fit nothing.
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
