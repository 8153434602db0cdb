import HooklineCore

/// How to split the text of a CSV file into records and fields.
struct CSVFormat {
    /// The byte between fields.
    var delimiter = UInt8(ascii: ",")
    /// How quotes inside quoted fields are escaped.
    var escape = FileFormat.Escape.double
    /// The file's encoding before it became UTF-8; for messages.
    var encoding = FileFormat.Encoding.utf8

    init() {}

    init(_ source: SourceConfiguration) {
        delimiter = source.delimiter
        escape = source.file.escape
        encoding = source.file.encoding
    }

    /// The byte that escapes a quote inside a quoted field.
    var escapeByte: UInt8 { escape == .backslash ? UInt8(ascii: "\\") : CSVMarks.quote }
}
