/// Keeps addresses out of what people and logs get to read.
///
/// A script may put a user's address into an error or a log line; a message names rows by number or primary key only.
enum Redaction {
    /// The text with `…@…` for every word that looks like an address.
    static func redacted(_ text: String) -> String {
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
