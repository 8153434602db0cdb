import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Random CSV")
struct CSVPropertyTests {
    @Test("reads back what was written, with any block size", arguments: 0..<24 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let delimiter = [",", ";", "\t"].randomElement(using: &generator) ?? ","
        let table = RandomTable(&generator, columns: Int.random(in: 1...4, using: &generator))
        let bytes = table.csv(&generator, delimiter: Character(delimiter))
        let mark = try #require(Character(delimiter).asciiValue)
        for block in Array(1...64) + [1 << 18] {
            let read = try RowsRead.csv(bytes, delimiter: mark, limits: .init(block: block))
            #expect(read.columns.map(\.name) == table.names)
            #expect(read.rows == table.expected, "block of \(block)")
        }
    }

    @Test("truncated anywhere, is a shorter file or an error", arguments: 100..<120 as Range<UInt64>)
    func truncation(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, columns: Int.random(in: 1...3, using: &generator))
        let bytes = table.csv(&generator, delimiter: ",")
        for length in 0..<bytes.count {
            do {
                let read = try RowsRead.csv(bytes[..<length], limits: .init(block: 5))
                #expect(read.rows.count <= table.rows.count)
                #expect(Array(read.rows.dropLast()) == Array(table.expected.prefix(max(0, read.rows.count - 1))))
            } catch is SourceError {}
        }
    }

    @Test("of random bytes gives rows or an error", arguments: 200..<260 as Range<UInt64>)
    func noise(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("a,\"\n\r; ".utf8) + [0, 0xC3, 0xA9, 0xFF, 0xE2, 0x80]
        let bytes = Array("x,y\n".utf8) + (0..<200).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
        let whole = Result { try RowsRead.csv(bytes).rows }
        let pieces = Result { try RowsRead.csv(bytes, limits: .init(block: 3)).rows }
        switch (whole, pieces) {
        case (.success(let left), .success(let right)): #expect(left == right)
        case (.failure(let left), .failure(let right)):
            let (left, right) = (try #require(left as? SourceError), try #require(right as? SourceError))
            #expect(left.code == right.code && left.location.line == right.location.line)
        default: Testing.Issue.record("the block size changed the result")
        }
    }
}
