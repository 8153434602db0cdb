import HooklineCore

/// Derives a column type from the declared type of an SQLite column.
///
/// SQLite accepts any words as a type and derives an affinity from them (https://www.sqlite.org/datatype3.html §3.1). Here, words for
/// types that SQLite lacks come first.
enum SQLiteColumnType {
    /// The type for the words in `CREATE TABLE`; text without words, as for columns of expressions.
    static func of(_ declared: String?) -> ColumnType {
        guard let words = declared?.uppercased() else { return .text }
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("BOOL") { return .boolean }
        if says("TIMESTAMP", "DATETIME") { return .timestamp }
        if words == "DATE" { return .date }
        if says("JSON") { return .json }
        if says("INT") { return .integer }
        if says("CHAR", "CLOB", "TEXT") { return .text }
        if says("REAL", "FLOA", "DOUB") { return .number }
        if says("DEC", "NUMERIC") { return .decimal }
        return .text
    }
}
