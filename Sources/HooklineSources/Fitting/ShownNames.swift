import Text

/// Which names of a source's columns a message may show. Without a header, the first line of a file is about a person.
enum ShownNames {
    /// Whether the name looks like a value: it has an `@` in it, or digits and no letter, as numbers, dates and telephone numbers do. Of
    /// names that a wrong delimiter has left together, one is enough.
    static func looksLikeValue(_ name: String) -> Bool {
        if name.contains("@") { return true }
        return name.split(whereSeparator: { ",;|\t".contains($0) }).contains { part in
            part.contains(where: \.isNumber) && !part.contains(where: \.isLetter)
        }
    }

    /// Whether the name is an address, as no column's is.
    static func isAddress(_ name: String) -> Bool { name.contains(#/^[^@\s]+@[^@\s]+\.[^@\s]+$/#) }

    /// `; did you mean 'x'?`, or nothing: names are compared only where none of them looks like a value.
    static func hint(_ name: String, among names: [String]) -> String {
        names.contains(where: looksLikeValue) ? "" : NearestName.hint(name, among: names)
    }

    /// The first 20 names, and how many there are beside them; those that look like values are left out.
    static func list(_ names: [String]) -> String {
        let allowed = names.filter { !looksLikeValue($0) }
        let shown = allowed.prefix(20).map { "'\($0.onOneLine)'" }
        let others = names.count - shown.count
        if shown.isEmpty { return "\(NumberText.grouped(others)) columns" }
        return shown.joined(separator: ", ") + (others > 0 ? " and \(NumberText.grouped(others)) more" : "")
    }
}
