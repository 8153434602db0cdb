/// How moments and days are written.
package enum TimeFormat: Equatable, Sendable {
    /// The formats that need no `format:`; see `ISOTime`.
    case iso
    /// Seconds since 1970-01-01T00:00:00Z.
    case unix
    /// Milliseconds since 1970-01-01T00:00:00Z.
    case unixMilliseconds
    /// Days since 1899-12-30, as Excel counts them, in the column's zone; the fraction is the time of day.
    case excel
    /// Julian days, as SQLite's `julianday()` counts them, in UTC.
    case julian
    /// Days since 1970-01-01.
    case epochDays
    /// A pattern of `strptime` fields, such as `%d/%m/%Y`; see `TimePattern`.
    case pattern(String)

    /// The names of formats in a manifest, in the order of messages.
    package static let names = ["iso", "unix", "unix_ms", "excel", "julian", "epoch_days"]

    /// Reads the text of `format:`: a name, or a pattern, which is any text with a `%`.
    ///
    /// - Throws: `TimeMistake` if it is neither, or if the pattern is wrong.
    package init(_ text: String) throws(TimeMistake) {
        switch text {
        case "iso": self = .iso
        case "unix": self = .unix
        case "unix_ms": self = .unixMilliseconds
        case "excel": self = .excel
        case "julian": self = .julian
        case "epoch_days": self = .epochDays
        default:
            guard text.contains("%") else { throw TimeMistake(message: "is neither the name of a format nor a pattern with %") }
            self = .pattern(try TimePattern(text).text)
        }
    }

    /// What values in this format look like, for messages.
    package func example(of type: ColumnType) -> String {
        switch self {
        case .iso: type == .date ? "days as YYYY-MM-DD" : "times such as 2026-05-01 09:59:00+02:00, or days such as 2026-05-01"
        case .unix: "Unix seconds"
        case .unixMilliseconds: "Unix milliseconds"
        case .excel: "days since 1899-12-30, as Excel counts them"
        case .julian: "Julian days"
        case .epochDays: "whole days since 1970-01-01"
        case .pattern(let text): "text as \(text)"
        }
    }
}

extension ColumnFormat {
    /// What the column's moments or days look like, for messages.
    package func allowedTimes(of type: ColumnType) -> String {
        let formats = times.isEmpty ? [.iso] : times
        return formats.map { $0.example(of: type) }.joined(separator: " or ")
    }
}
