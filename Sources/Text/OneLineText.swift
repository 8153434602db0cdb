extension Unicode.Scalar {
    /// Whether text that holds the character is not one plain line: it ends the line, controls a terminal, or overrides the direction of
    /// writing.
    package var breaksLine: Bool {
        properties.generalCategory == .control || (0x2028...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }

    /// Whether the character shows nothing, and so can hide in a text.
    private var isInvisible: Bool { [0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF].contains(value) }

    fileprivate var mustBeEscaped: Bool { breaksLine || isInvisible }
}

extension String {
    /// Whether the text is one line that a terminal shows as it stands.
    package var isOneLine: Bool { !unicodeScalars.contains(where: \.breaksLine) }

    /// The text on one line, with nothing in it that a terminal would obey, that overrides the direction of writing or that is invisible.
    ///
    /// Line breaks and tabs become `\n`, `\r` and `\t`, other such characters their number: `\u{1B}`.
    package var onOneLine: String {
        guard unicodeScalars.contains(where: \.mustBeEscaped) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.mustBeEscaped: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The same for a text of several lines, which stay lines.
    package var onItsLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).onOneLine }.joined(separator: "\n")
    }

    /// The text on one line, with a space for each character that breaks it; tabs stay.
    package var flattened: String {
        String(UnicodeScalarView(unicodeScalars.map { $0.breaksLine && $0 != "\t" ? " " : $0 }))
    }
}
