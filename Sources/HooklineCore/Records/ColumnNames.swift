import Text

/// The names of columns in messages. If a file lacks a header, its first line is about a person, so names that look like values stay out.
package enum ColumnNames {
    /// How many names a message lists.
    private static let limit = 20

    /// Whether a name looks like somebody's data: it is blank, has an `@`, or has a part with digits and no letter, as numbers, dates
    /// and phone numbers do. A wrong delimiter leaves several parts in one name.
    package static func looksLikeValue(_ name: String) -> Bool {
        if name.contains("@") || !name.contains(where: { $0.isLetter || $0.isNumber }) { return true }
        if Array(name.utf8).withUnsafeBufferPointer({ ISOTime.read($0) }) != nil { return true }
        return name.split(whereSeparator: { ",;|\t".contains($0) }).contains { part in
            part.contains(where: \.isNumber) && !part.contains(where: \.isLetter)
        }
    }

    /// Whether a name is an email address, which no column is called.
    package static func isAddress(_ name: String) -> Bool { name.contains(#/^[^@\s]+@[^@\s]+\.[^@\s]+$/#) }

    /// `; did you mean 'x'?`, or nothing, also if one of the names looks like a value.
    package static func hint(_ name: String, among names: [String]) -> String {
        names.contains(where: looksLikeValue) ? "" : NearestName.hint(name, among: names)
    }

    /// The first 20 names that do not look like values, and the number of the others.
    package static func listed(_ names: [String]) -> String {
        let shown = names.lazy.filter { !looksLikeValue($0) }.prefix(limit).map { "'\($0.onOneLine.prefix(60))'" }
        let others = names.count - shown.count
        if shown.isEmpty { return "\(NumberText.grouped(others)) columns" }
        return shown.joined(separator: ", ") + (others > 0 ? " and \(NumberText.grouped(others)) more" : "")
    }
}
