import HooklineCore

/// The storage classes of a column's values in the first rows, and the type that follows from them.
struct SQLiteKinds {
    private var hasNumber = false
    private var hasText = false
    private var hasBlob = false
    private var numbers = ObservedNumbers()

    init() {}

    /// Adds a value; NULLs are ignored.
    mutating func note(_ cell: SQLiteCell, _ nulls: NullValues) {
        switch cell {
        case .null: return
        case .integer(let value):
            if nulls.contains(Double(value)) { return }
            hasNumber = true
            if Double(exactly: value) == nil { numbers.isHeld = false }
        case .real(let value):
            if nulls.contains(value) { return }
            hasNumber = true
            numbers.isWhole = false
        case .text(let bytes):
            let isNull = bytes.withUnsafeBufferPointer {
                let trimmed = TextTrim.trimmed($0)
                return trimmed.isEmpty || nulls.contains(trimmed)
            }
            if !isNull { hasText = true }
        case .blob: hasBlob = true
        }
    }

    /// The type that fits these values. Without values, or with values of several classes, it is text of unknown type.
    ///
    /// - Parameter isKey: whether the column is the primary key; whole numbers in a key are integers.
    /// - Returns: the type, and whether it was observed.
    func type(isKey: Bool) -> (type: ColumnType, origin: TypeOrigin) {
        switch (hasNumber, hasText) {
        case (true, false) where !hasBlob: (numbers.type(isKey: isKey), .observed)
        case (false, true) where !hasBlob: (.text, .observed)
        default: (.text, .unknown)
        }
    }
}
