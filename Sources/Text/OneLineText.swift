extension String {
    /// The text on one line, with nothing in it that a terminal would obey or that turns its direction around.
    ///
    /// Line breaks and tabs become `\n`, `\r` and `\t`, other such characters their number: `\u{1B}`.
    package var onOneLine: String {
        guard unicodeScalars.contains(where: Self.isCommand) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where Self.isCommand(scalar): text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The same for a text of several lines, which stay lines.
    package var onItsLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).onOneLine }.joined(separator: "\n")
    }

    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
            || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            || [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF].contains(scalar.value)
    }
}
