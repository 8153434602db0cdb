import Text

/// Column names for messages. In a file without a header the names are a person's data, so names that look like values are left out.
package enum ColumnNames {
    private static let limit = 20

    /// Whether a name looks like a person's data: it is blank, has an `@`, or has a part with digits but no letters, such as a number,
    /// a date, or a phone number. With a wrong delimiter, one name has several parts.
    package static func looksLikeValue(_ name: String) -> Bool {
        if name.contains("@") || !name.contains(where: { $0.isLetter || $0.isNumber }) { return true }
        if Array(name.utf8).withUnsafeBufferPointer({ ISOTime.read($0) }) != nil { return true }
        return name.split(whereSeparator: { ",;|\t".contains($0) }).contains { part in
            part.contains(where: \.isNumber) && !part.contains(where: \.isLetter)
        }
    }

    /// Whether a name is an email address.
    package static func isAddress(_ name: String) -> Bool { name.contains(#/^[^@\s]+@[^@\s]+\.[^@\s]+$/#) }

    /// `; did you mean 'x'?`; empty if no name is close, or if any name looks like a value.
    package static func hint(_ name: String, among names: [String]) -> String {
        names.contains(where: looksLikeValue) ? "" : NearestName.hint(name, among: names)
    }

    /// The first 20 names that do not look like values, and how many others there are.
    package static func listed(_ names: [String]) -> String {
        let shown = names.lazy.filter { !looksLikeValue($0) }.prefix(limit).map { "'\($0.onOneLine.prefix(60))'" }
        let others = names.count - shown.count
        if shown.isEmpty { return "\(NumberText.grouped(others)) columns" }
        return shown.joined(separator: ", ") + (others > 0 ? " and \(NumberText.grouped(others)) more" : "")
    }
}
