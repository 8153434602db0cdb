import Foundation
import Text

/// Keeps addresses out of messages and logs.
///
/// A script may put a user's address into an error or a log line; messages name rows only by number or primary key.
enum Redaction {
    /// The text on one line, with `…@…` in place of every word that looks like an address.
    static func redacted(_ text: String) -> String {
        masked(words: onOneLine(text))
    }

    /// The text with spaces in place of anything that would end the line, move a terminal's cursor or change the direction of writing: a
    /// script must not be able to forge a line of a report.
    static func onOneLine(_ text: String) -> String {
        text.flattened
    }

    /// The text in its composed form (NFC), so that two spellings that look alike are one label.
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
        // Even where a limit cut the word off right after the sign.
        guard let sign = word.firstIndex(of: "@"), sign > word.startIndex else { return word }
        return "…@…"
    }
}
