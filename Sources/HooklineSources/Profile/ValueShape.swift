import HooklineCore

/// What a value looks like, with nothing of a person in it: digits are 9, letters a and A, and everything long is cut.
package enum ValueShape {
    /// Letters in a row beyond which no more are written, and digits.
    private static let letters = 3
    private static let digits = 12
    /// Characters of a whole shape.
    private static let longest = 24

    /// The shape of UTF-8 text: `Aaa 9999` for `Lovelace 1815`. At most three letters and twelve digits in a row are kept, and 24
    /// characters in all; a character beyond ASCII that is neither a letter, a digit nor a currency sign is `·`.
    package static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var shape = ""
        var (run, count, length) = (Character(" "), 0, 0)
        // A shape is made of the first bytes only; a cut character at their end is one more mark at most.
        for scalar in String(decoding: bytes.prefix(400), as: UTF8.self).unicodeScalars {
            guard let mark = mark(of: scalar) else { continue }
            let kind: Character = mark == "A" ? "a" : mark
            if kind == "a" || kind == "9" {
                (run, count) = kind == run ? (run, count + 1) : (kind, 1)
                if count > (kind == "a" ? letters : digits) { continue }
            } else {
                run = " "
            }
            if length == longest { return shape + "…" }
            shape.append(mark)
            length += 1
        }
        return shape
    }

    /// The shape of a text.
    package static func of(_ text: String) -> String {
        var text = text
        return text.withUTF8 { of($0) }
    }

    /// Nil for what has no width of its own.
    private static func mark(of scalar: Unicode.Scalar) -> Character? {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: "A"
        case .lowercaseLetter, .modifierLetter, .otherLetter: "a"
        case .decimalNumber, .letterNumber, .otherNumber: "9"
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: nil
        case .currencySymbol: Character(scalar)
        case .control: "·"
        case .spaceSeparator: " "
        default: scalar.isASCII ? Character(scalar) : "·"
        }
    }
}
