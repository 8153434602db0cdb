import HooklineCore
import Support
import Testing

@Suite("A table of subscriber hashes")
struct HashTableTests {
    @Test("agrees with a dictionary, in any order and however often it grows", arguments: 1...20)
    func likeADictionary(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = HashTable(capacity: 1)
        var expected: [SubscriberHash: UInt8] = [:]
        for _ in 0..<3_000 {
            // Few distinct low bits, so that slots collide.
            let hash = SubscriberHash(high: random.next() % 50, low: random.next() % 40)
            let mark = UInt8.random(in: 1...255, using: &random)
            if Bool.random(using: &random) {
                table.set(mark, for: hash)
                expected[hash] = mark
            } else {
                let before = table.update(hash) { $0 | mark }
                #expect(before == expected[hash] ?? 0)
                expected[hash] = before | mark
            }
        }
        #expect(table.count == expected.count)
        var found: [SubscriberHash: UInt8] = [:]
        table.forEach { found[$0] = $1 }
        #expect(found == expected)
    }

    @Test("searches a few slots only, whatever first bits its hashes have in common", arguments: [0, 4, 8, 16])
    func sharedBits(_ bits: Int) {
        var random = SeededGenerator(seed: 7)
        for capacity in [1_000, 20_000] {
            var table = HashTable(capacity: capacity)
            var before: [UInt8] = []
            let shared = random.next() << UInt64(64 - bits)
            let hashes = (0..<20_000).map { _ in SubscriberHash(high: random.next() >> UInt64(bits) | shared, low: random.next()) }
            table.set(1, for: hashes, where: Array(repeating: 1, count: hashes.count), before: &before)
            #expect(table.count == hashes.count)
            #expect(hashes.allSatisfy { table.mark(of: $0) == 1 })
            #expect(table.longestSearch < 200)
        }
    }

    @Test("searches a few slots only while it grows, also if hashes come in their order")
    func inOrder() {
        var random = SeededGenerator(seed: 8)
        let hashes = (0..<40_000).map { _ in SubscriberHash(high: random.next(), low: random.next()) }.sorted()
        var table = HashTable(capacity: 64)
        for (index, hash) in hashes.enumerated() {
            table.set(1, for: hash)
            if index % 5_000 == 4_999 { #expect(table.longestSearch < 200) }
        }
        #expect(table.count == hashes.count)
    }

    @Test("sets bits of many hashes as it does one by one, whatever they share", arguments: 1...40)
    func batches(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (table, single) = (HashTable(capacity: 1), HashTable(capacity: 1))
        var before: [UInt8] = []
        for _ in 0..<30 {
            // Hashes with the same first bits, which share slots, hashes that are there twice, and slots at the end of the table.
            let hashes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                SubscriberHash(
                    high: [0, 1 << 54, UInt64.max, random.next()].randomElement(using: &random) ?? 0, low: random.next() % 30)
            }
            let isWanted = hashes.map { _ in UInt8.random(in: 0...1, using: &random) }
            let bits = UInt8.random(in: 1...255, using: &random)
            let copy = table
            if random.next() % 4 == 0 { table.reserve(Int.random(in: 0...2_000, using: &random)) }
            table.set(bits, for: hashes, where: isWanted, before: &before)
            let expected = zip(hashes, isWanted).map { hash, isWanted in isWanted == 1 ? single.update(hash) { $0 | bits } : 0 }
            #expect(before == expected)
            #expect(table.count == single.count)
            #expect(hashes.allSatisfy { table.mark(of: $0) == single.mark(of: $0) })
            // The copy has not changed.
            #expect(zip(hashes, expected).allSatisfy { hash, mark in mark == 0 || copy.mark(of: hash) & ~bits == mark & ~bits })
            var members = 0
            copy.forEach { _, _ in members += 1 }
            #expect(members == copy.count)
        }
    }
}
