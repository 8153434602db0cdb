import Text

/// A place in a query, for messages.
struct SQLPlace {
    /// The line and the column, both from 1.
    private let line: Int
    private let column: Int
    /// The text at that place, up to the end of the line.
    private let rest: String

    /// - Parameters:
    ///   - offset: a byte offset from SQLite (sqlite.org, `sqlite3_error_offset`); -1 if SQLite does not know it.
    ///   - sql: the query.
    init?(offset: Int, in sql: String) {
        let bytes = Array(sql.utf8)
        guard offset >= 0, offset <= bytes.count else { return nil }
        let before = bytes[..<offset]
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        column = String(decoding: bytes[start..<offset], as: UTF8.self).count + 1
        rest = String(decoding: bytes[offset...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// `line 3, column 5 ("FORM users")`.
    var text: String {
        let shown = String(rest.prefix(40)).onOneLine
        return "line \(line), column \(column)" + (shown.isEmpty ? "" : " (\"\(shown)\(rest.count > 40 ? "…" : "")\")")
    }
}
