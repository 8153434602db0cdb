/// A value that an author wrote: its text, and what kind of value it is by how it is written.
///
/// A column's type decides how the text is read. Where nobody knows the type, or it is text, the kind says whether the author meant text.
package struct Literal: Equatable, Sendable {
    /// What an author means who writes a value without quotes.
    package enum Kind: Equatable, Sendable {
        /// Anything in quotes, and what is none of the others.
        case text
        case number, boolean
        /// `YYYY-MM-DD`.
        case day
        /// A day with a time of day.
        case moment

        /// With its article, for messages.
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

    /// As it is written, whatever YAML would make of it: a country `NO` stays `NO`.
    package var text: String
    package var kind: Kind

    package init(_ text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }

    /// What stands without quotes, or comes from where there are none.
    package init(plain text: String) {
        self.init(text, Self.kind(ofPlain: text))
    }

    /// The kind that the text would have without quotes.
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
    /// Text, as if it stood in quotes.
    package init(stringLiteral text: String) {
        self.init(text, .text)
    }
}
