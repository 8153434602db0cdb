import CLuaHost

/// A column of a batch, borrowed for the time of one call.
package struct LuaColumn {
    /// The type of a column, and with it the buffer that holds its values.
    package enum Kind: Sendable {
        /// In `bytes`.
        case text, decimal, date, json
        /// In `integers`; booleans as 0 and 1, timestamps as Unix seconds.
        case integer, boolean, timestamp
        /// In `numbers`.
        case number
    }

    package var kind: Kind
    /// Per row: 0 for NULL.
    package var valid: UnsafeBufferPointer<UInt8>
    /// All values, one after the other.
    package var bytes: UnsafeBufferPointer<UInt8>
    /// One more than there are rows.
    package var offsets: UnsafeBufferPointer<UInt32>
    package var integers: UnsafeBufferPointer<Int64>
    package var numbers: UnsafeBufferPointer<Double>

    /// Buffers that the kind does not call for may be empty.
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

    var flat: hl_column {
        hl_column(
            bytes: bytes.baseAddress, offsets: offsets.baseAddress, integers: integers.baseAddress, numbers: numbers.baseAddress,
            valid: valid.baseAddress, type: type
        )
    }

    /// Whether there is a value, or a NULL, for each of so many rows.
    func holds(_ rows: Int) -> Bool {
        guard valid.count >= rows else { return false }
        switch kind {
        case .text, .decimal, .date, .json: return offsets.count > rows && bytes.count >= Int(offsets[rows])
        case .integer, .boolean, .timestamp: return integers.count >= rows
        case .number: return numbers.count >= rows
        }
    }

    private var type: UInt32 {
        switch kind {
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
}

/// Rows to run, column by column, borrowed for the time of one call.
package struct LuaBatch {
    package var columns: [LuaColumn]
    package var rowCount: Int
    /// Per row: 0 for one that is to be left out; nil runs all.
    package var selected: UnsafeBufferPointer<UInt8>?
    /// Per row: its number in the source, from which `math.random` is seeded; nil takes the position.
    package var rowNumbers: UnsafeBufferPointer<Int64>?

    package init(
        columns: [LuaColumn], rowCount: Int, selected: UnsafeBufferPointer<UInt8>? = nil, rowNumbers: UnsafeBufferPointer<Int64>? = nil
    ) {
        precondition(columns.allSatisfy { $0.holds(rowCount) }, "every column has a value for each row")
        precondition(selected.map { $0.count >= rowCount } ?? true, "the selection says something about each row")
        precondition(rowNumbers.map { $0.count >= rowCount } ?? true, "every row has a number")
        self.columns = columns
        self.rowCount = rowCount
        self.selected = selected
        self.rowNumbers = rowNumbers
    }

    func withFlatColumns(_ body: (UnsafeBufferPointer<hl_column>) -> Int32) -> Int32 {
        columns.map(\.flat).withUnsafeBufferPointer(body)
    }
}
