/// The order of hashes, found in a time that grows with their number alone, as their bits are as good as random.
enum HashOrder {
    /// The most hashes in a place that are sorted by comparing all of them.
    private static let crowd: UInt32 = 64

    /// A hash's first half, and its index.
    private typealias Entry = (high: UInt64, index: UInt32)

    /// The indexes of hashes in their order; of equal ones, the first comes first.
    static func indexes(of hashes: [SubscriberHash]) -> [UInt32] {
        hashes.withUnsafeBufferPointer { hashes in
            guard hashes.count > 1, let (lowest, shift, places) = spread(of: hashes) else { return hashes.indices.map { UInt32($0) } }
            func place(_ hash: SubscriberHash) -> Int { Int(truncatingIfNeeded: (hash.high &- lowest) &>> shift) }
            var ends = [UInt32](repeating: 0, count: places + 1)
            let isCrowded = ends.withUnsafeMutableBufferPointer { ends in
                for hash in hashes { ends[place(hash) + 1] &+= 1 }
                var most: UInt32 = 0
                for index in 1...places {
                    most = max(most, ends[index])
                    ends[index] &+= ends[index - 1]
                }
                return most > crowd
            }
            if isCrowded { return sorted(hashes) }
            return withUnsafeTemporaryAllocation(of: Entry.self, capacity: hashes.count) { entries in
                ends.withUnsafeMutableBufferPointer { ends in
                    for index in hashes.indices {
                        let place = place(hashes[index])
                        entries.initializeElement(at: Int(ends[place]), to: (hashes[index].high, UInt32(truncatingIfNeeded: index)))
                        ends[place] &+= 1
                    }
                }
                // Each is near to where it belongs.
                for index in 1..<entries.count {
                    let entry = entries[index]
                    var target = index
                    while target > 0, precedes(entry, entries[target - 1], hashes) {
                        entries[target] = entries[target - 1]
                        target -= 1
                    }
                    if target < index { entries[target] = entry }
                }
                return entries.map { $0.index }
            }
        }
    }

    /// The lowest first half, and how to make about as many places of it as there are hashes; nil if the hashes are in order.
    private static func spread(of hashes: UnsafeBufferPointer<SubscriberHash>) -> (lowest: UInt64, shift: UInt64, places: Int)? {
        var (lowest, highest, isOrdered) = (hashes[0].high, hashes[0].high, true)
        for index in 1..<hashes.count {
            let high = hashes[index].high
            if isOrdered, hashes[index] < hashes[index - 1] { isOrdered = false }
            lowest = min(lowest, high)
            highest = max(highest, high)
        }
        if isOrdered { return nil }
        let bits = min(20, Int.bitWidth - hashes.count.leadingZeroBitCount)
        let shift = max(0, UInt64.bitWidth - (highest - lowest).leadingZeroBitCount - bits)
        return (lowest, UInt64(shift), Int((highest - lowest) >> UInt64(shift)) + 1)
    }

    private static func precedes(_ one: Entry, _ other: Entry, _ hashes: UnsafeBufferPointer<SubscriberHash>) -> Bool {
        one.high != other.high ? one.high < other.high : hashes[Int(one.index)].low < hashes[Int(other.index)].low
    }

    /// By comparing, for hashes that are not as good as random.
    private static func sorted(_ hashes: UnsafeBufferPointer<SubscriberHash>) -> [UInt32] {
        let entries: [Entry] = hashes.indices.map { (hashes[$0].high, UInt32($0)) }
        return entries.sorted { precedes($0, $1, hashes) }.map { $0.index }
    }
}
