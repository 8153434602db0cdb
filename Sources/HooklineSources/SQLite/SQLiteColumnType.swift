import HooklineCore

/// Derives a column type from the declared type of an SQLite column.
///
/// SQLite takes any words for a type and derives an affinity from them (https://www.sqlite.org/datatype3.html §3.1). Words for which it has
/// no class of its own come first here; of those whose affinity is NUMERIC only because SQLite does not know them, such as `UUID`, the
/// values say more.
enum SQLiteColumnType {
    /// The type that `CREATE TABLE` declares; nil without one, as for columns of expressions, and for words that nobody knows.
    static func of(_ declared: String?) -> ColumnType? {
        guard let words = declared?.uppercased() else { return nil }
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("BOOL") { return .boolean }
        if says("TIMESTAMP", "DATETIME") { return .timestamp }
        if words == "DATE" { return .date }
        if says("JSON") { return .json }
        if says("REAL", "FLOA", "DOUB") { return .number }
        if says("INT") { return .integer }
        if says("CHAR", "CLOB", "TEXT") { return .text }
        if says("DEC", "NUMERIC", "NUMBER", "MONEY", "CURRENCY") { return .number }
        return nil
    }
}
