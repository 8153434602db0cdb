import Text

/// Text from a file, made fit for a message: in quotes, cut to 60 characters, and without anything that a terminal would obey.
func quoted(_ text: String) -> String {
    let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(60)))
    return "'\(shown.onOneLine)\(text.unicodeScalars.count > 60 ? "…" : "")'"
}

/// What there is, for a message: `a, b, c`, and how many more where there are many.
func enumerated(_ names: [String]) -> String {
    let shown = names.prefix(12).map { TextFormat.name.problem(with: $0, of: "") == nil ? $0 : quoted($0) }
    return shown.joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
}

/// Words to choose from, for a message, in the order given: `a, b or c`.
func listed(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
    return names.dropLast().joined(separator: ", ") + " or " + last
}
