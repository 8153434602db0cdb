import HooklineCore

/// A list of addresses and which of them belong to which part of all, without a copy of any.
struct PartedAddresses: Sendable {
    private let list: AddressList
    /// The indexes of the list, those of one part after those of another.
    private let indexes: [UInt32]
    /// Where those of each part start, and where the last ones end.
    private let starts: [Int]

    /// - Parameters:
    ///   - list: the addresses, in any order.
    ///   - count: how many parts there are.
    ///   - part: the part of a hash.
    init(_ list: AddressList, parts count: Int, part: (SubscriberHash) -> Int) {
        var next = [Int](repeating: 0, count: count + 1)
        for hash in list.hashes { next[part(hash) + 1] += 1 }
        for number in 1...count { next[number] += next[number - 1] }
        starts = next
        var indexes = [UInt32](repeating: 0, count: list.count)
        for (index, hash) in list.hashes.enumerated() {
            let number = part(hash)
            indexes[next[number]] = UInt32(truncatingIfNeeded: index)
            next[number] += 1
        }
        (self.list, self.indexes) = (list, indexes)
    }

    /// The addresses of a part, in the order of the list.
    subscript(part number: Int) -> AddressList { list.at(indexes[starts[number]..<starts[number + 1]]) }
}
