/// How the bytes of a file become records.
package struct FileFormat: Equatable, Sendable {
    /// How characters are encoded.
    package enum Encoding: String, CaseIterable, Sendable {
        case utf8 = "utf-8"
        /// By its byte order mark, else little-endian.
        case utf16 = "utf-16"
        case windows1252 = "windows-1252"
        case latin1 = "latin-1"
    }

    /// How a quote inside a quoted field of CSV is written.
    package enum Escape: String, CaseIterable, Sendable {
        /// Doubled, as RFC 4180 says.
        case double
        /// Behind a backslash.
        case backslash
    }

    package var encoding = Encoding.utf8
    package var escape = Escape.double
    /// Lines before the header, or the first object, that are not read.
    package var skippedLines = 0

    package init() {}
}
