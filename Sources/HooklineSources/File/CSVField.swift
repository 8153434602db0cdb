/// The position of a field in the bytes of its record.
struct CSVField {
    /// The offset of its text.
    var start: Int
    /// The length of its text, in bytes.
    var count: Int
    /// The offset after the field and its closing quote.
    var end: Int
    /// Whether quotes stand around it.
    var isQuoted = false
    /// Whether quotes that are text stand in it, each behind its escape.
    var hasEscapes = false
    /// Whether bytes beyond ASCII stand in it, which nobody has checked yet.
    var hasHighBytes = false

    /// Its text in the bytes of its record.
    func bytes(in record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: record[start..<start + count])
    }

    /// Whether nothing stands there at all; alone in its record, it is an empty line.
    var isNothing: Bool { count == 0 && !isQuoted }
}
