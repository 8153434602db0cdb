import HooklineCore

/// Shows what a value looks like without personal data: digits become 9, letters become a or A, and long runs are cut.
package enum ValueShape {
    /// The most letters and digits that are kept in a row.
    private static let letters = 3
    private static let digits = 12
    /// The most characters in a shape.
    private static let longest = 24

    /// The shape of UTF-8 text: `Aaa 9999` for `Lovelace 1815`. Keeps at most three letters and twelve digits in a row, and 24 characters
    /// in all. Non-ASCII characters other than letters, digits, and currency signs become `·`.
    package static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var shape = ""
        var (run, count, length) = (Character(" "), 0, 0)
        // Only the first bytes matter. A character cut at the end adds at most one mark.
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

    /// The character that stands for a scalar; nil for scalars without a width.
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
