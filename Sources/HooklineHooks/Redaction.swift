/// Keeps addresses out of what people and logs get to read.
///
/// A script may put a user's address into an error or a log line; a message names rows by number or primary key only.
enum Redaction {
    /// The text with `…@…` for every word that looks like an address.
    ///
    /// Control characters become spaces: a script must not move a terminal's cursor or forge a line of a report.
    static func redacted(_ text: String) -> String {
        masked(words: String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 })))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
    }

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
        guard let sign = word.firstIndex(of: "@"), sign > word.startIndex, word.index(after: sign) < word.endIndex else { return word }
        return "…@…"
    }
}
