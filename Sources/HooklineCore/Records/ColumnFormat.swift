/// How the text of a column's values is read, where the type alone does not say.
package struct ColumnFormat: Equatable, Sendable {
    /// The forms of moments and days, tried in order; empty for the default forms.
    package var times: [TimeFormat] = []
    /// The byte before the fraction of a number.
    package var decimal = UInt8(ascii: ".")
    /// The byte between groups of three digits; nil where there is none.
    package var thousands: UInt8?
    /// Texts that are left out around a number, such as `€`.
    package var strip: [String] = []
    /// What stands between the items of a list written as text; nil for JSON arrays.
    package var separator: String?
    /// Whether white space around text is left out; nil takes what the source says.
    package var trims: Bool?

    package init() {}
}

/// A form in which moments and days are written.
package enum TimeFormat: Equatable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    case unix
    /// Milliseconds since 1970-01-01T00:00:00Z.
    case unixMilliseconds
    /// Days since 1899-12-30, as Excel counts them; the fraction is the time of day.
    case excel
    /// Julian days, as SQLite's `julianday()` counts them.
    case julian
    /// Days since 1970-01-01.
    case epochDays
    /// A pattern of `strptime` fields, such as `%d/%m/%Y`.
    case pattern(String)
}

/// Who says what type a column is.
package enum TypeOrigin: Equatable, Sendable {
    /// The manifest.
    case declared
    /// The source: a database's declaration.
    case source
    /// The first values of the source that were not NULL.
    case observed
    /// Nobody: its values are text so far.
    case unknown
}
