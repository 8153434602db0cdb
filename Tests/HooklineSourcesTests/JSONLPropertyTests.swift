import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Random JSONL")
struct JSONLPropertyTests {
    private func model(_ table: RandomTable) -> Model { Model(columns: table.names.map { .init($0, .text) }) }

    @Test("reads back what was written, with any block size", arguments: 0..<24 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, columns: Int.random(in: 1...5, using: &generator))
        let bytes = table.jsonl(&generator)
        for block in Array(1...64) + [1 << 18] {
            #expect(try RowsRead.jsonl(bytes, model(table), limits: .init(block: block)).rows == table.expected, "block of \(block)")
        }
    }

    @Test("truncated anywhere, is a shorter file or an error", arguments: 100..<115 as Range<UInt64>)
    func truncation(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, columns: 3)
        let bytes = table.jsonl(&generator)
        for length in 0..<bytes.count {
            do {
                let read = try RowsRead.jsonl(bytes[..<length], model(table), limits: .init(block: 5))
                #expect(read.rows == Array(table.expected.prefix(read.rows.count)))
            } catch let error as SourceError {
                #expect(error.code == .badJSON)
            } catch is IssuesFound {}
        }
    }

    @Test("with one byte changed, gives other rows or an error", arguments: 200..<230 as Range<UInt64>)
    func noise(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, columns: 2)
        var bytes = table.jsonl(&generator)
        for _ in 0..<20 where !bytes.isEmpty {
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            _ = try? RowsRead.jsonl(bytes, model(table), limits: .init(block: 7))
        }
    }
}
