import HooklineCore
import Support
import Testing

@Suite("A list of many addresses")
struct ManyAddressesTests {
    @Test("appends, cuts, picks, and sorts as an array of texts does", arguments: UInt64(1)...30)
    func likeAnArray(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let texts = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            String(repeating: "a", count: Int.random(in: 0...40, using: &random)) + "\(random.next() % 100)@example.com"
        }
        var list = AddressList()
        for text in texts { list.append(text) }
        func check(_ list: AddressList, _ expected: [String]) {
            #expect((0..<list.count).map { list[$0] } == expected)
            #expect(list.hashes == expected.map { SubscriberHash(of: $0) })
        }
        check(list, texts)

        let isWanted = texts.map { _ in Int.random(in: 0..<4, using: &random) > 0 }
        let bounds = (0..<2).map { _ in Int.random(in: 0...texts.count, using: &random) }.sorted()
        var longer = list.part(bounds[0]..<bounds[1])
        check(longer, Array(texts[bounds[0]..<bounds[1]]))
        longer.append(list, where: { isWanted[$0] })
        longer.append(list, at: bounds[0]..<bounds[1])
        check(
            longer, texts[bounds[0]..<bounds[1]] + texts.indices.filter { isWanted[$0] }.map { texts[$0] } + texts[bounds[0]..<bounds[1]])

        var table = HashTable()
        for index in texts.indices where isWanted[index] { table.set(1, for: list.hashes[index]) }
        check(list.without(table), texts.filter { table.mark(of: SubscriberHash(of: $0)) == 0 })
        check(list.inHashOrder(), texts.sorted { SubscriberHash(of: $0) < SubscriberHash(of: $1) })
    }
}
