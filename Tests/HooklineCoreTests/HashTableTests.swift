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
}
