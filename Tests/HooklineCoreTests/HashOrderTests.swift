import HooklineCore
import Support
import Testing

@Suite("The order of hashes")
struct HashOrderTests {
    private func list(_ hashes: [SubscriberHash]) -> AddressList {
        var list = AddressList()
        for (index, hash) in hashes.enumerated() { list.append("\(index)".utf8, hash) }
        return list
    }

    private func check(_ hashes: [SubscriberHash]) {
        let expected = hashes.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
        #expect(list(hashes).indexesInHashOrder() == expected.map { UInt32($0) })
        let ordered = list(hashes).inHashOrder()
        #expect(ordered.hashes == expected.map { hashes[$0] })
        #expect((0..<ordered.count).map { ordered[$0] } == expected.map { "\($0)" })
    }

    @Test("is that of their bytes, however they are spread, and equal ones keep theirs", arguments: UInt64(1)...40)
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...(seed.isMultiple(of: 10) ? 20_000 : 500), using: &random)
        // How many of the highest bits are the same, and how many of the lowest are 0.
        let (shared, zeros) = (UInt64.random(in: 0...64, using: &random), UInt64.random(in: 0...64, using: &random))
        let start = random.next()
        check(
            (0..<count).map { _ in
                var high = random.next()
                if shared > 0 { high = (high >> shared) | (start << (64 - shared)) }
                if zeros > 0 { high = (high >> zeros) << zeros }
                return SubscriberHash(high: high, low: random.next() % 4)
            })
    }

    @Test("is found where nearly all crowd in one place")
    func crowd() {
        check([SubscriberHash.last] + (0..<2_000).map { SubscriberHash(high: $0 % 7, low: $0 * 31 % 1_000) })
        check((0..<500).map { SubscriberHash(high: .max - $0, low: 0) })
        check([SubscriberHash](repeating: .first, count: 300))
    }
}
