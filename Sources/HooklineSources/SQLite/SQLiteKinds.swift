import HooklineCore

/// What classes of values stand in a column of the first rows, and the type that follows.
struct SQLiteKinds {
    private var hasInteger = false
    private var hasReal = false
    private var hasText = false
    private var hasBlob = false
    /// Whether a Double holds every integer so far.
    private var isHeld = true

    init() {}

    /// Notes one more value; NULLs say nothing.
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

    /// The type of such a column, and who says so: text that nobody knows for no values, and for values of several classes.
    ///
    /// - Parameter isKey: whether the column is the primary key, whose whole numbers are integers.
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
