import Foundation

/// Takes email addresses out of other people's sentences, so that these may be logged.
///
/// Mailchimp quotes addresses in its failures (`<address> looks fake or invalid`). Whatever stands around an `@` without a
/// break is taken for one, and what follows the colon of `Invalid email addresses given in …:`, since malformed ones need no `@`.
struct Scrubber {
    /// What is put where an address was.
    static let placeholder = "(address)"

    private let known: [String]

    /// A scrubber that also takes out these very addresses, whatever they look like.
    init(known: [String] = []) {
        self.known = known
    }

    /// The sentence without addresses.
    func scrub(_ text: String) -> String {
        var text = Self.cutList(in: text)
        // The longest first, so that none is left half standing because it contains another.
        for address in known.map(\.trimmed).sorted(by: { $0.utf8.count > $1.utf8.count }) where !address.isEmpty {
            text = Self.replace(address, in: text)
        }
        return Self.replaceWhatLooksLikeOne(in: text)
    }

    private static func cutList(in text: String) -> String {
        guard let words = text.range(of: "email address", options: .caseInsensitive),
            let colon = text[words.upperBound...].firstIndex(of: ":")
        else { return text }
        return text[...colon] + " " + placeholder
    }

    private static func replace(_ address: String, in text: String) -> String {
        guard text.utf8.count >= address.utf8.count, text.lowercased().contains(address.lowercased()) else { return text }
        let wanted = Array(address.lowercased())
        let characters = Array(text)
        var result = ""
        var position = 0
        while position < characters.count {
            if matches(wanted, in: characters, at: position) {
                result += placeholder
                position += wanted.count
            } else {
                result.append(characters[position])
                position += 1
            }
        }
        return result
    }

    /// Whether the characters stand there as a word of their own: an address `a` must not eat every letter a.
    private static func matches(_ wanted: [Character], in text: [Character], at start: Int) -> Bool {
        guard start + wanted.count <= text.count else { return false }
        for (offset, character) in wanted.enumerated() where text[start + offset].lowercased() != String(character) { return false }
        let end = start + wanted.count
        let opens = start == 0 || !text[start - 1].isLetter && !text[start - 1].isNumber
        let closes = end == text.count || !text[end].isLetter && !text[end].isNumber
        return opens && closes
    }

    private static func replaceWhatLooksLikeOne(in text: String) -> String {
        guard text.contains("@") || text.contains("%40") else { return text }
        var result = ""
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if isBreak(character), !isQuoted || character.isNewline {
                result += settled(word) + String(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return result + settled(word)
    }

    private static func settled(_ word: String) -> String {
        word.contains("@") || word.contains("%40") ? placeholder : word
    }

    private static func isBreak(_ character: Character) -> Bool {
        character.isWhitespace || ",;<>()[]{}".contains(character)
    }
}
