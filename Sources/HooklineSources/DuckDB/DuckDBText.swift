/// Builds SQL for DuckDB, in which no text of somebody else's begins a line or ends a statement.
enum DuckDBText {
    /// A text as one word on one line, which nothing in it can end.
    static func literal(_ text: String) -> String {
        var literal = "E'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": literal += "''"
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "'"
    }

    /// The rows of a query as a table; DuckDB takes exactly one SELECT there, and nothing else.
    static func table(of query: String) -> String { "query(\(literal(query)))" }

    /// The statement that writes the rows of a query to standard output: each value in quotes, and NULL as `\N` without.
    static func copy(_ query: String) -> String {
        "COPY (FROM \(table(of: query))) TO '/dev/stdout' (FORMAT csv, HEADER false, NULLSTR '\\N', FORCE_QUOTE *);"
    }
}
