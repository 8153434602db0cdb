import HooklineCore

/// Derives a column type from the declared type of an SQLite column.
///
/// SQLite accepts any words as a type and derives an affinity from them (https://www.sqlite.org/datatype3.html §3.1). Words without a
/// storage class in SQLite are matched first. Words like `UUID`, which get NUMERIC affinity only because SQLite does not know them, give
/// no type: the values say more.
enum SQLiteColumnType {
    /// The type that `CREATE TABLE` declares; nil for unknown words and for columns without a declared type, such as expressions.
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
