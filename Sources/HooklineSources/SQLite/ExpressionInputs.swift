import GRDB
import HooklineCore

/// Which columns an SQL expression uses.
enum ExpressionInputs {
    /// Those whose names stand in it: all that it uses, and perhaps some that have the name of a function.
    static func indices(of expression: String, in columns: [HooklineCore.Column]) -> [Int] {
        let names = ExpressionScan.names(in: expression)
        return columns.indices.filter { names.contains(columns[$0].name.lowercased()) }
    }

    /// Those without which SQLite does not understand it.
    static func exact(of expression: String, in columns: [HooklineCore.Column], _ database: Database) -> [Int] {
        let candidates = indices(of: expression, in: columns)
        return candidates.filter { index in
            let row = SQLText.row(of: candidates.filter { $0 != index }.map { columns[$0] }, values: { _ in "NULL" })
            return (try? database.makeStatement(sql: "SELECT \(SQLText.parenthesized(expression)) FROM (\(row))")) == nil
        }
    }
}
