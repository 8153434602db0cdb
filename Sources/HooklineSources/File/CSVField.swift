/// The position of a field in the bytes of its record.
struct CSVField {
    /// The offset of its text.
    var start: Int
    /// The length of its text, in bytes.
    var count: Int
    /// The offset after the field and its closing quote.
    var end: Int
    /// Whether it is in quotes: a quoted empty field is empty text, an unquoted one is NULL.
    var isQuoted = false
    /// Whether its text has doubled quotes.
    var hasEscapes = false

    /// Its text in the bytes of its record.
    func bytes(in record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: record[start..<start + count])
    }

    var isNull: Bool { count == 0 && !isQuoted }
}
