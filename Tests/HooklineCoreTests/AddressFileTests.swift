import HooklineCore
import Support
import Testing

@Suite("Addresses in a file")
struct AddressFileTests {
    private func list(_ numbers: Range<Int>) -> AddressList {
        var list = AddressList()
        for number in numbers { list.append("user\(number)@example.com") }
        return list.inHashOrder()
    }

    private static let sizes = [0, 1, 2, 499, 500, 501, 1_000, 1_703]

    @Test("are read in any part as they were written, whatever the pieces", arguments: sizes)
    func parts(_ size: Int) throws {
        let all = list(0..<size)
        var (random, file, written) = (SeededGenerator(seed: UInt64(size)), AddressFile(in: InMemoryScratch()), 0)
        while written < size {
            let end = min(size, written + Int.random(in: 0...900, using: &random))
            try file.append(all.part(written..<end))
            written = end
        }
        #expect(file.count == size)
        #expect(try file.part(0..<size) == all)
        for _ in 0..<40 {
            let start = Int.random(in: 0...size, using: &random)
            let end = Int.random(in: start...size, using: &random)
            #expect(try file.part(start..<end) == all.part(start..<end))
        }
    }

    @Test("are found by their hashes, and so is the place of those that are not there", arguments: sizes)
    func ranks(_ size: Int) throws {
        let all = list(0..<size)
        var file = AddressFile(in: InMemoryScratch())
        try file.append(all)
        let planned = PlannedAddresses(file, then: list(5_000..<5_003))
        for hash in all.hashes + list(2_000..<2_200).hashes + [.first, .last] {
            #expect(try file.rank(of: hash) == all.hashes.count { $0 < hash })
            #expect(try planned.contains(hash) == all.hashes.contains(hash))
        }
        for hash in list(5_000..<5_003).hashes { #expect(try planned.contains(hash)) }
    }

    @Test("come before those in memory, and all of them come one block after another", arguments: sizes)
    func planned(_ size: Int) throws {
        var file = AddressFile(in: InMemoryScratch())
        try file.append(list(0..<size))
        let planned = PlannedAddresses(file, then: list(3_000..<3_007))
        var wanted = list(0..<size)
        wanted.append(list(3_000..<3_007), at: 0..<7)
        #expect(planned.count == size + 7)
        #expect(try planned.list() == wanted)
        var blocks = AddressList()
        try planned.forEachBlock { blocks.append($0, at: 0..<$0.count) }
        #expect(blocks == wanted)
        #expect(try planned.part(max(0, size - 3)..<size + 2) == wanted.part(max(0, size - 3)..<size + 2))
    }
}
