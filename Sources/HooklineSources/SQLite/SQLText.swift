import GRDB
import GRDBSQLite
import HooklineCore

/// Builds SQL for SQLite.
enum SQLText {
    /// A quoted name.
    static func name(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// An expression in parentheses, on lines of its own so that a comment at its end does not hide the parenthesis.
    static func parenthesized(_ expression: String) -> String { "(\n\(expression)\n)" }

    /// A query for one row, with a value for each column, cast to the affinity of its type.
    static func row(of columns: [HooklineCore.Column], values: (Int) -> String) -> String {
        if columns.isEmpty { return "SELECT NULL" }
        let list = columns.enumerated().map { "CAST(\(values($0.offset)) AS \(affinity($0.element.type))) AS \(name($0.element.name))" }
        return "SELECT " + list.joined(separator: ", ")
    }

    /// Why a step of the statement failed, up to the first quotation mark, after which a person's data may follow.
    static func reason(_ statement: SQLiteStatement) -> String {
        let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(statement)))
        let told = message.prefix { $0 != "'" && $0 != "\"" }
        return told.count == message.count ? message : told + "…"
    }

    /// The SQLite affinity of a type. Decimals are compared with the precision of SQLite's numbers.
    private static func affinity(_ type: ColumnType) -> String {
        switch type {
        case .text, .date, .json: "TEXT"
        case .integer, .boolean, .timestamp: "INTEGER"
        case .number: "REAL"
        case .decimal: "NUMERIC"
        }
    }
}
