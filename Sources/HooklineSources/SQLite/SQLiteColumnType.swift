import HooklineCore

/// Reads the declared type of an SQLite column as a column type.
///
/// SQLite takes any words for a type and derives an affinity from them (https://www.sqlite.org/datatype3.html §3.1); the
/// words that SQLite has no type for come first here.
enum SQLiteColumnType {
    /// The type that `CREATE TABLE` declares; text without one, as for the columns of expressions.
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
