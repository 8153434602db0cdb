/// How to read the text of a column's values, beyond what the type says.
package struct ColumnFormat: Equatable, Sendable {
    /// The formats of moments and days, tried in order; empty for `TimeFormat.iso`.
    package var times: [TimeFormat] = []
    /// The byte before the fraction of a number.
    package var decimal = UInt8(ascii: ".")
    /// The byte between groups of three digits; nil for none.
    package var thousands: UInt8?
    /// Texts to remove around a number, such as `€`.
    package var strip: [String] = []
    /// What separates the items of a list that is written as text; nil for JSON arrays.
    package var separator: String?
    /// Whether to trim white space around text; nil takes the source's setting.
    package var trims: Bool?

    package init() {}
}
