import HooklineCore

/// The storage classes of a column's values in the first rows, and the type that follows from them.
struct SQLiteKinds {
    private var hasInteger = false
    private var hasReal = false
    private var hasText = false
    private var hasBlob = false
    /// Whether a Double holds every integer so far exactly.
    private var isHeld = true

    init() {}

    /// Adds a value; NULLs are ignored.
    mutating func note(_ cell: SQLiteCell, _ nulls: NullValues) {
        switch cell {
        case .null: return
        case .integer(let value):
            if nulls.contains(Double(value)) { return }
            hasInteger = true
            if Double(exactly: value) == nil { isHeld = false }
        case .real(let value):
            if nulls.contains(value) { return }
            hasReal = true
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
        switch (hasInteger || hasReal, hasText) {
        case (true, false) where !hasBlob:
            if !hasReal, isKey || !isHeld { (.integer, .observed) } else { (isHeld ? .number : .decimal, .observed) }
        case (false, true) where !hasBlob: (.text, .observed)
        default: (.text, .unknown)
        }
    }
}
