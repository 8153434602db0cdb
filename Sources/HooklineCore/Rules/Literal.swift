/// A value in a manifest: its text, and the kind of value that its notation shows.
///
/// The column's type decides how the text is read. If that type is unknown or text, the kind shows whether the author meant text.
package struct Literal: Equatable, Sendable {
    /// The kind of a value, as its notation shows.
    package enum Kind: Equatable, Sendable {
        /// Anything in quotes, and anything that is none of the others.
        case text
        case number, boolean
        /// `YYYY-MM-DD`.
        case day
        /// A day with a time of day.
        case moment

        /// The kind with its article, for messages.
        package var described: String {
            switch self {
            case .text: "text"
            case .number: "a number"
            case .boolean: "a boolean"
            case .day: "a date"
            case .moment: "a time"
            }
        }
    }

    /// The text as written, whatever YAML would make of it: the country `NO` stays `NO`.
    package var text: String
    package var kind: Kind

    package init(_ text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }

    /// A literal without quotes.
    package init(plain text: String) {
        self.init(text, Self.kind(ofPlain: text))
    }

    /// The kind of the text if it had no quotes.
    var plainKind: Kind { Self.kind(ofPlain: text) }

    private static func kind(ofPlain text: String) -> Kind {
        var text = text
        if ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text) { return .boolean }
        return text.withUTF8 { bytes in
            if PlainNumber.number(bytes) != nil || WrittenNumber(bytes) != nil { return .number }
            return ISOTime.read(bytes).map { $0.second == nil ? .day : .moment } ?? .text
        }
    }
}

extension Literal: ExpressibleByStringLiteral {
    /// A text literal, as if in quotes.
    package init(stringLiteral text: String) {
        self.init(text, .text)
    }
}
