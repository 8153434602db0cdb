import Text

/// Names of columns in messages. A file without a header has a person for its first line, so names that look like values are not shown.
package enum ColumnNames {
    /// So many are listed; of the rest, how many there are.
    private static let limit = 20

    /// The names with commas between them.
    package static func listed(_ names: [String]) -> String {
        let shown = names.prefix(limit).map { looksLikeValue($0) ? "(a name not shown)" : String($0.onOneLine.prefix(60)) }
        let more = names.count - shown.count
        return shown.joined(separator: ", ") + (more > 0 ? " and \(NumberText.grouped(more)) more" : "")
    }

    /// Whether a name looks like somebody's data: an address, a number, a day, or nothing but white space.
    package static func looksLikeValue(_ name: String) -> Bool {
        var name = name
        if name.contains("@") { return true }
        return name.withUTF8 { bytes in
            let bare = TextTrim.trimmed(bytes)
            if bare.isEmpty || !bare.contains(where: { $0 >= 0x80 || $0 | 0x20 &- 97 < 26 }) { return true }
            return ISOTime.read(bare) != nil
        }
    }
}
