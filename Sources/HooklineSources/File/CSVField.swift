/// Where a field lies in the bytes of its record.
struct CSVField {
    /// The first byte of its text.
    var start: Int
    /// How many bytes its text has.
    var count: Int
    /// Behind the field, its closing quote included.
    var end: Int
    /// Whether quotes stand around it: a quoted empty field is empty text, an unquoted one is NULL.
    var isQuoted = false
    /// Whether doubled quotes stand in it.
    var hasEscapes = false

    /// Its text.
    func bytes(in record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: record[start..<start + count])
    }

    /// Whether it says that there is no value.
    var isNull: Bool { count == 0 && !isQuoted }
}
