import GRDB

/// Distinguishes queries from other statements.
enum SQLiteStatementKind {
    /// Whether the statement is a SELECT, WITH … SELECT, or VALUES that changes nothing. PRAGMA and EXPLAIN do not count.
    static func isSelect(_ statement: Statement) -> Bool {
        guard statement.isReadonly, statement.columnCount > 0 else { return false }
        let word = withoutComments(statement.sql[...]).prefix { $0.isLetter }.uppercased()
        return ["SELECT", "WITH", "VALUES"].contains(word)
    }

    /// The text without leading white space and comments.
    private static func withoutComments(_ sql: Substring) -> Substring {
        var rest = sql.drop { $0.isWhitespace }
        while true {
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }.drop { $0.isWhitespace }
            } else if rest.hasPrefix("/*") {
                guard let end = rest.firstRange(of: "*/") else { return rest[rest.endIndex...] }
                rest = rest[end.upperBound...].drop { $0.isWhitespace }
            } else {
                return rest
            }
        }
    }
}
