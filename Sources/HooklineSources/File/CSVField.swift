/// The position of a field in the bytes of its record.
struct CSVField {
    /// The offset of its text.
    var start: Int
    /// The length of its text, in bytes.
    var count: Int
    /// The offset after the field and its closing quote.
    var end: Int
    /// Whether the field is in quotes.
    var isQuoted = false
    /// Whether the text contains escaped characters, such as doubled quotes.
    var hasEscapes = false
    /// Whether the text contains non-ASCII bytes, which may not be valid UTF-8.
    var hasHighBytes = false

    /// Its text in the bytes of its record.
    func bytes(in record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: record[start..<start + count])
    }

    /// Whether it is empty and unquoted. A record of one such field is an empty line.
    var isNothing: Bool { count == 0 && !isQuoted }
}
