import CLuaHost

/// A column of a batch, borrowed for one call.
package struct LuaColumn {
    /// The type of a column, which decides the buffer that holds its values.
    package enum Kind: Sendable {
        /// In `bytes`.
        case text, decimal, date, json
        /// In `integers`: booleans as 0 and 1, timestamps as Unix seconds.
        case integer, boolean, timestamp
        /// In `numbers`.
        case number
    }

    package var kind: Kind
    /// One byte per row: 1 for a value; 0 for NULL, which is nil; 2 for a value that could not be read, and that a script must not ask for.
    package var valid: UnsafeBufferPointer<UInt8>
    /// All values, one after the other.
    package var bytes: UnsafeBufferPointer<UInt8>
    /// Where each value starts in `bytes`, and where the last one ends: one more than there are rows.
    package var offsets: UnsafeBufferPointer<UInt32>
    package var integers: UnsafeBufferPointer<Int64>
    package var numbers: UnsafeBufferPointer<Double>

    /// Creates a column; buffers that the kind does not use may be empty.
    package init(
        _ kind: Kind, valid: UnsafeBufferPointer<UInt8>, bytes: UnsafeBufferPointer<UInt8>, offsets: UnsafeBufferPointer<UInt32>,
        integers: UnsafeBufferPointer<Int64>, numbers: UnsafeBufferPointer<Double>
    ) {
        self.kind = kind
        self.valid = valid
        self.bytes = bytes
        self.offsets = offsets
        self.integers = integers
        self.numbers = numbers
    }

    /// Whether each of the first `rows` rows has a value or a NULL.
    func holds(_ rows: Int) -> Bool {
        guard valid.count >= rows else { return false }
        switch kind {
        case .text, .decimal, .date, .json: return offsets.count > rows && bytes.count >= Int(offsets[rows])
        case .integer, .boolean, .timestamp: return integers.count >= rows
        case .number: return numbers.count >= rows
        }
    }
}

extension LuaColumn.Kind {
    var flat: UInt32 {
        switch self {
        case .text: UInt32(HL_TEXT)
        case .integer: UInt32(HL_INTEGER)
        case .number: UInt32(HL_NUMBER)
        case .decimal: UInt32(HL_DECIMAL)
        case .boolean: UInt32(HL_BOOLEAN)
        case .timestamp: UInt32(HL_TIMESTAMP)
        case .date: UInt32(HL_DATE)
        case .json: UInt32(HL_JSON)
        }
    }

    /// Whether the values are in `bytes`; all others take eight bytes each.
    var isBytes: Bool {
        switch self {
        case .text, .decimal, .date, .json: true
        case .integer, .boolean, .timestamp, .number: false
        }
    }
}
