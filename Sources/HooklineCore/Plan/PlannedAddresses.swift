/// The addresses that a plan adds or removes: all in memory, or most of them in a file, in the order of their hashes, and the rest in memory.
package struct PlannedAddresses: Equatable, Sendable {
    /// Those in a file, which come first; nil if all are in memory.
    package let stored: AddressFile?
    /// Those in memory.
    package let rest: AddressList

    package init(_ list: AddressList = AddressList()) {
        stored = nil
        rest = list
    }

    package init(_ stored: AddressFile, then rest: AddressList) {
        self.stored = stored.count == 0 ? nil : stored
        self.rest = rest
    }

    package var count: Int { storedCount + rest.count }
    package var isEmpty: Bool { count == 0 }
    private var storedCount: Int { stored?.count ?? 0 }

    /// The addresses at a range of indexes, with their hashes.
    ///
    /// - Throws: if the file cannot be read.
    package func part(_ range: Range<Int>) throws -> AddressList {
        let inFile = range.clamped(to: 0..<storedCount)
        let inMemory = range.clamped(to: storedCount..<count)
        var part = try stored?.part(inFile) ?? AddressList()
        part.append(rest, at: inMemory.lowerBound - storedCount..<inMemory.upperBound - storedCount)
        return part
    }

    /// The addresses at a range of indexes.
    ///
    /// - Throws: if the file cannot be read.
    package func addresses(_ range: Range<Int>) throws -> [String] {
        let part = try part(range)
        return part.addresses(0..<part.count)
    }

    /// All of them, in memory.
    ///
    /// - Throws: if the file cannot be read.
    package func list() throws -> AddressList { stored == nil ? rest : try part(0..<count) }

    /// Passes some of them after another to `body`, until all have been there.
    ///
    /// - Throws: if the file cannot be read, and what `body` throws.
    package func forEachBlock(_ body: (AddressList) throws -> Void) throws {
        var start = 0
        while start < storedCount {
            let end = min(storedCount, start + 5_000)
            if let stored { try body(stored.part(start..<end)) }
            start = end
        }
        if !rest.isEmpty { try body(rest) }
    }

    /// Whether an address is among them.
    ///
    /// - Throws: if the file cannot be read.
    package func contains(_ hash: SubscriberHash) throws -> Bool {
        if rest.hashes.contains(hash) { return true }
        guard let stored, stored.count > 0 else { return false }
        let rank = try stored.rank(of: hash)
        return try rank < stored.count && stored.part(rank..<rank + 1).hashes[0] == hash
    }
}

extension PlannedAddresses: Codable {
    package init(from decoder: any Decoder) throws { self.init(try AddressList(from: decoder)) }

    package func encode(to encoder: any Encoder) throws {
        if let later = encoder.userInfo[LaterLists.key] as? LaterLists { return try later.keep(self, for: encoder) }
        var container = encoder.unkeyedContainer()
        try forEachBlock { block in
            for index in 0..<block.count { try container.encode(block[index]) }
        }
    }
}
