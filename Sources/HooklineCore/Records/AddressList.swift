/// Many addresses with their hashes, in two buffers instead of as many strings.
package struct AddressList: Sendable, Equatable {
    /// The subscriber hash of each address.
    package private(set) var hashes: [SubscriberHash] = []
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    package init() {}

    package var count: Int { hashes.count }
    package var isEmpty: Bool { hashes.isEmpty }

    /// The address at that place.
    package subscript(index: Int) -> String {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
    }

    /// The addresses of a range of places.
    package func addresses(_ range: Range<Int>) -> [String] { range.map { self[$0] } }

    /// The same addresses in the order of their hashes: the order in which the ledger stores them quickest.
    package func inHashOrder() -> AddressList {
        var sorted = AddressList()
        for index in hashes.indices.sorted(by: { hashes[$0] < hashes[$1] }) { sorted.append(self, at: index) }
        return sorted
    }

    /// A part of the list.
    package func part(_ range: Range<Int>) -> AddressList {
        var part = AddressList()
        for index in range { part.append(self, at: index) }
        return part
    }

    /// Adds another list's address at that place.
    package mutating func append(_ other: AddressList, at index: Int) {
        let start = index == 0 ? 0 : Int(other.ends[index - 1])
        append(other.bytes[start..<Int(other.ends[index])], other.hashes[index])
    }

    /// Adds an address with its hash.
    package mutating func append(_ address: some Collection<UInt8>, _ hash: SubscriberHash) {
        bytes.append(contentsOf: address)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
    }

    /// Adds an address with its hash; not generic, because another module's call of a generic function costs more than the copy.
    package mutating func append(_ address: [UInt8], _ hash: SubscriberHash) {
        bytes.append(contentsOf: address)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
    }

    /// Adds an address and computes its hash.
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
