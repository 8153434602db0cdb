/// Where a field lies in the bytes of its record.
struct CSVField {
    /// The first byte of its text.
    var start: Int
    /// How many bytes its text has.
    var count: Int
    /// Behind the field, its closing quote included.
    var end: Int
    /// Whether quotes stand around it.
    var isQuoted = false
    /// Whether quotes that are text stand in it, each behind its escape.
    var hasEscapes = false
    /// Whether bytes beyond ASCII stand in it, which nobody has checked yet.
    var hasHighBytes = false

    /// Its text.
    func bytes(in record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: record[start..<start + count])
    }

    /// Whether nothing stands there at all; alone in its record, it is an empty line.
    var isNothing: Bool { count == 0 && !isQuoted }
}
