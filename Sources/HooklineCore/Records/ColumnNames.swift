import Text

/// Column names for messages. In a file without a header the names are a person's data, so names that look like values are left out.
package enum ColumnNames {
    private static let limit = 20

    private static let mostLength = 60
    private static let mostWords = 4
    /// A name with as many digits holds a day, a phone number, or the like.
    private static let digitsOfValue = 7
    /// So does a group of as many digits without a letter, such as a postal code.
    private static let groupOfValue = 5

    /// Whether a name looks like a person's data: it is blank or long, has an `@` or a `<`, starts as a street with its number does, or
    /// has digits as numbers, days, and phone numbers do. With a wrong delimiter, one name has several parts.
    package static func looksLikeValue(_ name: String) -> Bool {
        if name.contains("@") || !name.contains(where: { $0.isLetter || $0.isNumber }) { return true }
        let lower = name.lowercased()
        if ["<", "(at)", "[at]", "( at )", "[ at ]"].contains(where: lower.contains) { return true }
        if name.count > mostLength || name.split(whereSeparator: \.isWhitespace).count > mostWords { return true }
        if hasDigitsOfValue(name) { return true }
        return name.split(whereSeparator: { ",;|\t".contains($0) }).contains { part in
            part.contains(where: \.isNumber) && !part.contains(where: \.isLetter) || startsWithNumber(part)
        }
    }

    private static func hasDigitsOfValue(_ name: String) -> Bool {
        if name.count(where: \.isNumber) >= digitsOfValue { return true }
        return name.split { !$0.isLetter && !$0.isNumber }.contains { $0.count >= groupOfValue && $0.allSatisfy(\.isNumber) }
    }

    /// Whether a text starts with a number of its own that is not a year: `12 Main St`, but neither `2025 revenue` nor `30d_spend`.
    private static func startsWithNumber(_ part: Substring) -> Bool {
        let words = part.split(whereSeparator: \.isWhitespace)
        guard words.count > 1, words[0].allSatisfy(\.isNumber) else { return false }
        return !(words[0].count == 4 && (words[0].hasPrefix("19") || words[0].hasPrefix("20")))
    }

    /// Whether a name is an email address.
    package static func isAddress(_ name: String) -> Bool { name.contains(#/^[^@\s]+@[^@\s]+\.[^@\s]+$/#) }

    /// `; did you mean 'x'?`; empty if no name is close, or if any name looks like a value.
    package static func hint(_ name: String, among names: [String]) -> String {
        names.contains(where: looksLikeValue) ? "" : NearestName.hint(name, among: names)
    }

    /// The first 20 names, and how many others there are; only how many there are if any name looks like a value, because the others are
    /// then of the same row.
    package static func listed(_ names: [String]) -> String {
        if names.isEmpty || names.contains(where: looksLikeValue) {
            return NumberText.counted(names.count, "column", "columns")
        }
        let shown = names.prefix(limit).map { "'\($0.onOneLine)'" }
        let others = names.count - shown.count
        return shown.joined(separator: ", ") + (others > 0 ? " and \(NumberText.grouped(others)) more" : "")
    }
}
