import HooklineCore

/// Addresses of a plan in the order of their hashes, whether they are in a file or in memory.
struct AddressesInOrder: Sendable {
    private let list: PlannedAddresses
    /// The indexes of those in memory, in the order of their hashes.
    private let order: [UInt32]
    /// How many of those in the file come before each of those; empty without a file.
    private let ranks: [Int]
    let count: Int

    /// - Parameters:
    ///   - list: the addresses.
    ///   - others: which of those in memory do not count.
    /// - Throws: if the file cannot be read.
    init(_ list: PlannedAddresses, without others: HashTable) throws {
        self.list = list
        let all = list.rest.indexesInHashOrder()
        let order = others.count == 0 ? all : all.filter { others.mark(of: list.rest.hashes[Int($0)]) == 0 }
        ranks = try list.stored.map { stored in try order.map { try stored.rank(of: list.rest.hashes[Int($0)]) } } ?? []
        self.order = order
        count = order.count + (list.stored?.count ?? 0)
    }

    /// The addresses at a range of positions in that order.
    ///
    /// - Throws: if the file cannot be read.
    func part(_ range: Range<Int>) throws -> AddressList {
        guard let stored = list.stored else { return list.rest.at(order[range]) }
        // One in memory has the position of its rank and of those in memory before it.
        let positions = order.indices
        let first = positions.partitioningIndex { ranks[$0] + $0 >= range.lowerBound }
        let end = positions.partitioningIndex { ranks[$0] + $0 >= range.upperBound }
        let part = try stored.part(range.lowerBound - first..<range.upperBound - end)
        if first == end { return part }
        var both = part
        both.append(list.rest.at(order[first..<end]), at: 0..<end - first)
        return both.inHashOrder()
    }
}
