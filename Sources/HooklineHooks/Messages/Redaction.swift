import Foundation
import Text

/// Keeps addresses out of what people and logs get to read.
///
/// A script may put a user's address into an error or a log line; a message names rows by number or primary key only.
enum Redaction {
    /// The text on one line, with `…@…` for every word that looks like an address.
    static func redacted(_ text: String) -> String {
        masked(words: onOneLine(text))
    }

    /// The text with spaces for what would end its line, move a terminal's cursor or turn the direction of writing: a script must not
    /// forge a line of a report.
    static func onOneLine(_ text: String) -> String {
        text.flattened
    }

    /// The text in its composed form (NFC): two spellings that look alike are one label.
    static func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }

    private static func masked(words text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var result = ""
        var word = ""
        for character in text {
            if isBoundary(character) {
                result += masked(word)
                result.append(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return result + masked(word)
    }

    private static func isBoundary(_ character: Character) -> Bool {
        character.isWhitespace || "\"'`<>()[]{},;:=|".contains(character)
    }

    private static func masked(_ word: String) -> String {
        // Also where a limit has cut it behind the sign.
        guard let sign = word.firstIndex(of: "@"), sign > word.startIndex else { return word }
        return "…@…"
    }
}
