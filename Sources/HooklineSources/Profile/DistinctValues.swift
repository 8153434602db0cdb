/// Counts the distinct values of a column, exactly up to a limit and as a lower bound beyond it.
struct DistinctValues {
    /// The most distinct values that are counted in one column.
    static let limit = 100_000
    /// The most distinct values that are remembered for all columns together.
    static let limitOfAll = 2_000_000

    private(set) var count = 0
    private(set) var isExact = true
    /// Whether a value occurred twice while distinct values were counted.
    private(set) var hasRepeats = false
    /// A digest of each value: 8 bytes, whatever the value's length.
    private var seen: Set<UInt64> = []

    /// Counts a value.
    ///
    /// - Parameters:
    ///   - value: the text of the value.
    ///   - room: how many more values all columns together may remember.
    mutating func note(_ value: UnsafeBufferPointer<UInt8>, room: inout Int) {
        guard isExact else { return }
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(value))
        guard seen.insert(UInt64(bitPattern: Int64(hasher.finalize()))).inserted else {
            hasRepeats = true
            return
        }
        count += 1
        room -= 1
        if count >= Self.limit || room <= 0 {
            isExact = false
            room += count
            seen = []
        }
    }
}
