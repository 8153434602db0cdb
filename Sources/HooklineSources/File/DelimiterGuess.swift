/// What separates the names of a header, when it is plainly something else than the source says.
struct DelimiterGuess {
    /// As a manifest writes it.
    let spelling: String
    /// What several of it are called.
    let plural: String

    private let character: Character

    private static let all = [
        DelimiterGuess(spelling: "\";\"", plural: "semicolons", character: ";"), .init(spelling: "\",\"", plural: "commas", character: ","),
        .init(spelling: "tab", plural: "tabs", character: "\t"), .init(spelling: "\"|\"", plural: "bars", character: "|"),
    ]

    /// The one that would cut the names into those that are needed; nil when none is found that way.
    static func other(than delimiter: UInt8, names: [String], needed: Set<String>) -> DelimiterGuess? {
        let found = needed.intersection(names).count
        return all.first { guess in
            guard guess.character.asciiValue != delimiter, names.contains(where: { $0.contains(guess.character) }) else { return false }
            let cut = names.flatMap { $0.split(separator: guess.character) }.map { $0.trimmingQuotes }
            return needed.intersection(cut).count > found
        }
    }

    /// The one that cuts a header of one name into several; nil when none does.
    static func likely(in names: [String], other delimiter: UInt8) -> DelimiterGuess? {
        guard names.count == 1 else { return nil }
        return all.first { $0.byte != delimiter && names[0].contains($0.character) }
    }

    /// The byte itself.
    var byte: UInt8? { character.asciiValue }
}

extension Substring {
    /// Without the white space and the quotes around it, which a wrong delimiter has left there.
    fileprivate var trimmingQuotes: String {
        var text = self
        while let first = text.first, first.isWhitespace || first == "\"" { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace || last == "\"" { text = text.dropLast() }
        return String(text)
    }
}
