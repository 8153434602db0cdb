/// How the bytes of a file become records.
package struct FileFormat: Equatable, Sendable {
    package enum Encoding: String, CaseIterable, Sendable {
        case utf8 = "utf-8"
        /// In the order of its byte order mark; little-endian without one.
        case utf16 = "utf-16"
        case windows1252 = "windows-1252"
        case latin1 = "latin-1"
    }

    /// How a quoted CSV field escapes a quote.
    package enum Escape: String, CaseIterable, Sendable {
        /// `""`, as in RFC 4180.
        case double
        /// `\"`.
        case backslash
    }

    package var encoding = Encoding.utf8
    package var escape = Escape.double
    /// How many lines to skip before the header, or before the first object.
    package var skippedLines = 0

    package init() {}
}
