import Text

/// Why DuckDB's program gave no rows, or not all.
struct DuckDBFault: Error {
    enum Kind: Equatable {
        /// It says so itself.
        case failed
        /// A signal ended it.
        case killed(Int32)
        /// It took longer than the source allows.
        case timedOut
        /// The system did not start it.
        case notStarted
    }

    let kind: Kind
    /// What it said, such as `Binder Error: …`; empty if it said nothing.
    let text: String
    /// The kind of error that it names, such as `Binder Error`.
    var name: String { text.prefix { $0 != ":" && $0 != "\n" }.description }

    /// Its first line, without its kind.
    var message: String {
        let line = text.prefix { $0 != "\n" }
        return String(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }).onOneLine
    }
}
