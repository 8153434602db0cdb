import GRDB
import HooklineCore

/// Finds the columns that an SQL expression uses.
enum ExpressionInputs {
    /// The columns whose names occur in the expression: all that it uses, and perhaps some that share a function's name.
    static func indices(of expression: String, in columns: [HooklineCore.Column]) -> [Int] {
        let names = ExpressionScan.names(in: expression)
        return columns.indices.filter { names.contains(columns[$0].name.lowercased()) }
    }

    /// The columns that SQLite needs to understand the expression.
    static func exact(of expression: String, in columns: [HooklineCore.Column], _ database: Database) -> [Int] {
        let candidates = indices(of: expression, in: columns)
        return candidates.filter { index in
            let row = SQLText.row(of: candidates.filter { $0 != index }.map { columns[$0] }, values: { _ in "NULL" })
            return (try? database.makeStatement(sql: "SELECT \(SQLText.parenthesized(expression)) FROM (\(row))")) == nil
        }
    }
}
