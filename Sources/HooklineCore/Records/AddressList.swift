/// Addresses with their hashes, in flat buffers instead of a string each.
package struct AddressList: Sendable, Equatable {
    /// The subscriber hash of each address.
    package private(set) var hashes: [SubscriberHash] = []
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    package init() {}

    init(hashes: [SubscriberHash], bytes: [UInt8], ends: [UInt32]) {
        (self.hashes, self.bytes, self.ends) = (hashes, bytes, ends)
    }

    /// Reserves memory, which costs nothing until it is used, for so many addresses, each with about so many bytes.
    package mutating func reserve(_ count: Int, bytesEach: Int) {
        hashes.reserveCapacity(count)
        ends.reserveCapacity(count)
        bytes.reserveCapacity(count * bytesEach)
    }

    package var count: Int { hashes.count }
    package var isEmpty: Bool { hashes.isEmpty }

    /// The address at an index.
    package subscript(index: Int) -> String {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
    }

    /// Passes the UTF-8 of each address to `body`, with its index; valid until `body` returns.
    package func forEachUTF8(_ body: (Int, UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for (index, end) in ends.enumerated() {
                try body(index, UnsafeBufferPointer(rebasing: bytes[start..<Int(end)]))
                start = Int(end)
            }
        }
    }

    /// Whether the hashes are in order, each once.
    package var isInHashOrder: Bool {
        for index in hashes.indices.dropFirst() where hashes[index - 1] >= hashes[index] { return false }
        return true
    }

    /// The addresses at a range of indexes.
    package func addresses(_ range: Range<Int>) -> [String] { range.map { self[$0] } }

    /// The indexes of the addresses in hash order, in which the ledger writes them fastest.
    package func indexesInHashOrder() -> [UInt32] { HashOrder.indexes(of: hashes) }

    /// The addresses in hash order.
    package func inHashOrder() -> AddressList { isInHashOrder ? self : at(indexesInHashOrder()[...]) }

    /// The addresses at some indexes, in that order.
    package func at(_ indexes: ArraySlice<UInt32>) -> AddressList {
        var picked = AddressList()
        picked.hashes = indexes.map { hashes[Int($0)] }
        ends.withUnsafeBufferPointer { ends in
            var end = 0
            picked.ends = indexes.map { index in
                end += Int(ends[Int(index)]) - Self.start(Int(index), ends)
                return UInt32(truncatingIfNeeded: end)
            }
            picked.bytes = bytes.withUnsafeBytes { bytes in
                [UInt8](unsafeUninitializedCapacity: end) { target, filled in
                    guard let target = UnsafeMutableRawPointer(target.baseAddress), let source = bytes.baseAddress else { return }
                    for index in indexes {
                        let start = Self.start(Int(index), ends)
                        let size = Int(ends[Int(index)]) - start
                        (target + filled).copyMemory(from: source + start, byteCount: size)
                        filled += size
                    }
                }
            }
        }
        return picked
    }

    /// Where the address at an index starts.
    @inline(__always)
    private static func start(_ index: Int, _ ends: UnsafeBufferPointer<UInt32>) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

    /// The addresses at a range of indexes, with their hashes.
    package func part(_ range: Range<Int>) -> AddressList {
        var part = AddressList()
        part.append(self, at: range)
        return part
    }

    /// The addresses that are not in a table.
    package func without(_ table: HashTable) -> AddressList {
        filtered { table.mark(of: $0) == 0 }
    }

    /// The addresses whose hash fits.
    package func filtered(_ isWanted: (SubscriberHash) -> Bool) -> AddressList {
        var rest = AddressList()
        rest.append(self, where: { isWanted(hashes[$0]) })
        return rest
    }

    /// Appends the address at an index of another list.
    package mutating func append(_ other: AddressList, at index: Int) { append(other, at: index..<index + 1) }

    /// Appends another list.
    package mutating func append(_ other: AddressList) { append(other, at: 0..<other.count) }

    /// Appends the addresses at a range of indexes of another list.
    package mutating func append(_ other: AddressList, at range: Range<Int>) { append(other.hashes, other.bytes, other.ends, at: range) }

    /// Appends the addresses of another list whose index fits.
    package mutating func append(_ other: AddressList, where isWanted: (Int) -> Bool) {
        Self.forEachRun(of: other.count, isWanted) { append(other, at: $0) }
    }

    /// Appends the address of a row.
    package mutating func append(_ rows: RowAddresses, row: Int) { append(rows.hashes, rows.bytes, rows.ends, at: row..<row + 1) }

    /// Appends the addresses of rows; neighbors are copied together.
    package mutating func append(_ rows: RowAddresses, where isWanted: (Int) -> Bool) {
        Self.forEachRun(of: rows.hashes.count, isWanted) { append(rows.hashes, rows.bytes, rows.ends, at: $0) }
    }

    private mutating func append(_ hashes: [SubscriberHash], _ bytes: [UInt8], _ ends: [UInt32], at range: Range<Int>) {
        guard let last = range.last else { return }
        let (start, end) = (range.lowerBound == 0 ? 0 : Int(ends[range.lowerBound - 1]), Int(ends[last]))
        precondition(self.bytes.count + end - start <= UInt32.max, "a list holds at most 4 GB of addresses")
        let shift = UInt32(self.bytes.count) &- UInt32(start)
        self.bytes.append(contentsOf: bytes[start..<end])
        self.hashes.append(contentsOf: hashes[range])
        self.ends.append(contentsOf: ends[range].lazy.map { $0 &+ shift })
    }

    /// Passes ranges of neighbors that fit to `body`.
    private static func forEachRun(of count: Int, _ isWanted: (Int) -> Bool, _ body: (Range<Int>) -> Void) {
        var start: Int?
        for index in 0..<count {
            if isWanted(index) {
                if start == nil { start = index }
            } else if let first = start {
                body(first..<index)
                start = nil
            }
        }
        if let start { body(start..<count) }
    }

    /// Appends an address, in UTF-8, with its hash.
    package mutating func append(_ address: some Collection<UInt8>, _ hash: SubscriberHash) {
        bytes.append(contentsOf: address)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
    }

    /// Appends an address and computes its hash.
    package mutating func append(_ address: String) {
        append(address.utf8, SubscriberHash(of: address))
    }
}

extension AddressList: Codable {
    package init(from decoder: any Decoder) throws {
        self.init()
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd { append(try container.decode(String.self)) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for index in 0..<count { try container.encode(self[index]) }
    }
}
