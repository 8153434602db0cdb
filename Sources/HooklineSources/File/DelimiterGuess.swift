/// The likely delimiter of a header, if the source's is plainly wrong.
struct DelimiterGuess {
    /// As written in a manifest.
    let spelling: String
    /// The plural noun, for messages.
    let plural: String

    private let character: Character

    private static let all = [
        DelimiterGuess(spelling: "\";\"", plural: "semicolons", character: ";"), .init(spelling: "\",\"", plural: "commas", character: ","),
        .init(spelling: "tab", plural: "tabs", character: "\t"), .init(spelling: "\"|\"", plural: "bars", character: "|"),
    ]

    /// The delimiter that splits the header into the needed names; nil if none does.
    static func other(than delimiter: UInt8, names: [String], needed: Set<String>) -> DelimiterGuess? {
        let found = needed.intersection(names).count
        return all.first { guess in
            guard guess.character.asciiValue != delimiter, names.contains(where: { $0.contains(guess.character) }) else { return false }
            let cut = names.flatMap { $0.split(separator: guess.character) }.map { $0.trimmingQuotes }
            return needed.intersection(cut).count > found
        }
    }

    /// The delimiter that splits a header of one name into several; nil if none does.
    static func likely(in names: [String], other delimiter: UInt8) -> DelimiterGuess? {
        guard names.count == 1 else { return nil }
        return all.first { $0.byte != delimiter && names[0].contains($0.character) }
    }

    /// The delimiter as a byte.
    var byte: UInt8? { character.asciiValue }
}

extension Substring {
    /// Without the surrounding white space and quotes that a wrong delimiter leaves in place.
    fileprivate var trimmingQuotes: String {
        var text = self
        while let first = text.first, first.isWhitespace || first == "\"" { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace || last == "\"" { text = text.dropLast() }
        return String(text)
    }
}
