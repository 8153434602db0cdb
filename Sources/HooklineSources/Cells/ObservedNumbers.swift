import HooklineCore

/// What is known about the numbers of a column without a declared type, and the type that fits them.
struct ObservedNumbers {
    /// Whether every number so far is whole and fits in 64 bits.
    var isWhole = true
    /// Whether a Double holds every number so far exactly.
    var isHeld = true
    /// Whether every number so far can be written as a decimal.
    var isDecimal = true

    /// `number`, unless a Double would lose digits: then `integer` or `decimal`.
    ///
    /// - Parameter isKey: whether the column is the primary key; whole numbers in a key are integers.
    /// - Returns: the type.
    func type(isKey: Bool) -> ColumnType {
        if isWhole, isKey || !isHeld { return .integer }
        return isHeld || !isDecimal ? .number : .decimal
    }
}
