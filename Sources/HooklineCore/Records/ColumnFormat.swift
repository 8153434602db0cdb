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
