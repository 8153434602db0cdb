import HooklineCore

/// How the text of a CSV file is cut into records and fields.
struct CSVFormat {
    /// The byte between fields.
    var delimiter = UInt8(ascii: ",")
    /// How a quote inside a quoted field is written.
    var escape = FileFormat.Escape.double
    /// How the file was encoded before it became UTF-8; for messages.
    var encoding = FileFormat.Encoding.utf8

    init() {}

    init(_ source: SourceConfiguration) {
        delimiter = source.delimiter
        escape = source.file.escape
        encoding = source.file.encoding
    }

    /// The byte in front of a quote that is text inside a quoted field.
    var escapeByte: UInt8 { escape == .backslash ? UInt8(ascii: "\\") : CSVMarks.quote }
}
