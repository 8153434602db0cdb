import Foundation

/// Removes email addresses from Mailchimp's sentences so that they may be logged.
///
/// Mailchimp quotes addresses in its errors (`<address> looks fake or invalid`). Any unbroken run of characters around an `@` counts as an
/// address, and so does everything after the colon of `Invalid email addresses given in …:`, since malformed addresses may lack an `@`.
struct Scrubber {
    /// Takes the place of an address.
    static let placeholder = "(address)"

    private let known: [String]

    /// Creates a scrubber that also removes these very addresses, whatever they look like.
    init(known: [String] = []) {
        self.known = known
    }

    /// The sentence without addresses.
    func scrub(_ text: String) -> String {
        var text = Self.cutList(in: text)
        // The longest first: an address may contain another.
        for address in known.map(\.trimmed).sorted(by: { $0.utf8.count > $1.utf8.count }) where !address.isEmpty {
            text = Self.replace(address, in: text)
        }
        return Self.replaceLookalikes(in: text)
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

    /// Whether the characters form a word of their own there: an address `a` must not remove every letter a.
    private static func matches(_ wanted: [Character], in text: [Character], at start: Int) -> Bool {
        guard start + wanted.count <= text.count else { return false }
        for (offset, character) in wanted.enumerated() where text[start + offset].lowercased() != String(character) { return false }
        let end = start + wanted.count
        let opens = start == 0 || !text[start - 1].isLetter && !text[start - 1].isNumber
        let closes = end == text.count || !text[end].isLetter && !text[end].isNumber
        return opens && closes
    }

    private static func replaceLookalikes(in text: String) -> String {
        guard text.contains("@") || text.contains("%40") else { return text }
        var result = ""
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if isBreak(character), !isQuoted || character.isNewline {
                result += scrubbed(word) + String(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return result + scrubbed(word)
    }

    private static func scrubbed(_ word: String) -> String {
        word.contains("@") || word.contains("%40") ? placeholder : word
    }

    private static func isBreak(_ character: Character) -> Bool {
        character.isWhitespace || ",;<>()[]{}".contains(character)
    }
}
