/// Counts the different values of a column: exactly up to a limit, and a minimum beyond it.
struct DistinctValues {
    /// How many different values of one column are remembered.
    static let limit = 100_000
    /// How many different values of all columns together are remembered.
    static let limitOfAll = 2_000_000

    private(set) var count = 0
    private(set) var isExact = true
    /// Whether a remembered value came up again.
    private(set) var hasRepeats = false
    /// Digests of the values: 8 bytes each, whatever their length.
    private var seen: Set<UInt64> = []

    /// Notes a value.
    ///
    /// - Parameters:
    ///   - value: its text.
    ///   - room: how many values all columns together may still remember.
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
