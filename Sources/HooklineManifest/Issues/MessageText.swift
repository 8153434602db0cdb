import Text

/// Text from a file as a message shows it: in quotes, cut to 60 characters, and with nothing in it that a terminal would obey.
func quoted(_ text: String) -> String {
    let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(60)))
    return "'\(shown.onOneLine)\(text.unicodeScalars.count > 60 ? "…" : "")'"
}

/// A list of names for a message: `a, b, c`, and how many more there are after 12.
func enumerated(_ names: [String]) -> String {
    let shown = names.prefix(12).map { TextFormat.name.problem(with: $0, of: "") == nil ? $0 : quoted($0) }
    return shown.joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
}

/// Words in the order given: `a, b or c`.
func listed(_ names: [String], _ conjunction: String = "or") -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
    return "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
}
