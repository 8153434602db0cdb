/// How many different values a column has: exact up to a bound, and then a least number.
struct DistinctValues {
    /// Values of one column, beyond which they are not told apart any more.
    static let limit = 100_000
    /// Values of all columns together.
    static let limitOfAll = 2_000_000

    private(set) var count = 0
    private(set) var isExact = true
    /// Whether a value came up again while they were told apart.
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
