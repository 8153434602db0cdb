/// Addresses with their hashes, in flat buffers instead of a string each.
package struct AddressList: Sendable, Equatable {
    /// The subscriber hash of each address.
    package private(set) var hashes: [SubscriberHash] = []
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    package init() {}

    package var count: Int { hashes.count }
    package var isEmpty: Bool { hashes.isEmpty }

    /// The address at an index.
    package subscript(index: Int) -> String {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
    }

    /// The addresses at a range of indexes.
    package func addresses(_ range: Range<Int>) -> [String] { range.map { self[$0] } }

    /// The addresses in hash order, in which the ledger writes them fastest.
    package func inHashOrder() -> AddressList {
        var sorted = AddressList()
        for index in hashes.indices.sorted(by: { hashes[$0] < hashes[$1] }) { sorted.append(self, at: index) }
        return sorted
    }

    /// The addresses at a range of indexes, with their hashes.
    package func part(_ range: Range<Int>) -> AddressList {
        var part = AddressList()
        for index in range { part.append(self, at: index) }
        return part
    }

    /// The addresses that are not in a table.
    package func without(_ table: HashTable) -> AddressList {
        var rest = AddressList()
        for index in 0..<count where table.mark(of: hashes[index]) == 0 { rest.append(self, at: index) }
        return rest
    }

    /// Appends the address at an index of another list.
    package mutating func append(_ other: AddressList, at index: Int) {
        let start = index == 0 ? 0 : Int(other.ends[index - 1])
        append(other.bytes[start..<Int(other.ends[index])], other.hashes[index])
    }

    /// Appends an address, in UTF-8, with its hash.
    package mutating func append(_ address: some Collection<UInt8>, _ hash: SubscriberHash) {
        bytes.append(contentsOf: address)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
    }

    /// Appends an address, in UTF-8, with its hash. Not generic: a generic call from another module costs more than the copy.
    package mutating func append(_ address: [UInt8], _ hash: SubscriberHash) {
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
