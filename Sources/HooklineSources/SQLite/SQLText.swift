import GRDB
import GRDBSQLite
import HooklineCore

/// Builds SQL for SQLite.
enum SQLText {
    /// Quotes a name.
    static func name(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Puts an expression in parentheses, on lines of its own so that a trailing comment does not hide the closing parenthesis.
    static func parenthesized(_ expression: String) -> String { "(\n\(expression)\n)" }

    /// A query for one row with a value for each column, cast to the affinity of the column's type.
    static func row(of columns: [HooklineCore.Column], values: (Int) -> String) -> String {
        if columns.isEmpty { return "SELECT NULL" }
        let list = columns.enumerated().map { "CAST(\(values($0.offset)) AS \(affinity($0.element.type))) AS \(name($0.element.name))" }
        return "SELECT " + list.joined(separator: ", ")
    }

    /// Appends Unix seconds as SQLite's date functions read them: `YYYY-MM-DD HH:MM:SS`, in UTC.
    static func append(moment: Int64, to text: inout [UInt8]) {
        let day = CalendarDate(ofSecond: moment)
        day.append(to: &text)
        let second = Int(moment - Int64(day.daysSinceEpoch) * 86_400)
        for (mark, number) in [(UInt8(ascii: " "), second / 3_600), (colon, second / 60 % 60), (colon, second % 60)] {
            text.append(mark)
            text.append(UInt8(48 + number / 10))
            text.append(UInt8(48 + number % 10))
        }
    }

    private static let colon = UInt8(ascii: ":")

    /// Why a step of the statement failed: SQLite's message up to the first quotation mark, after which personal data may follow.
    static func reason(_ statement: SQLiteStatement) -> String {
        let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(statement)))
        let told = message.prefix { $0 != "'" && $0 != "\"" }
        return told.count == message.count ? message : told + "…"
    }

    /// Decimals compare as numbers, with SQLite's precision. Timestamps are text that SQLite's date functions understand.
    private static func affinity(_ type: ColumnType) -> String {
        switch type {
        case .text, .date, .timestamp, .json, .list: "TEXT"
        case .integer, .boolean: "INTEGER"
        case .number: "REAL"
        case .decimal: "NUMERIC"
        }
    }
}
