import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("Repeated keys")
struct RepeatedKeysTests {
    private static let columns = [Column("id", .integer)]

    /// Keys that ascend for a while, in steps of any size, with some that are NULL, and then perhaps do not.
    private func keys(_ random: inout SeededGenerator) -> [Int64?] {
        var (keys, key): ([Int64?], Int64) = ([], Int64.random(in: -1_000...1_000, using: &random))
        let step = [1, 3, 300, Int64.max / 40_000][Int.random(in: 0..<4, using: &random)]
        let breaks = Int.random(in: 0..<4, using: &random)
        for _ in 0..<Int.random(in: 0...3_000, using: &random) {
            key += Int64.random(in: 1...step, using: &random)
            keys.append(random.next() % 50 == 0 ? nil : key)
        }
        for _ in 0..<breaks where !keys.isEmpty {
            let place = Int.random(in: 0...keys.count, using: &random)
            keys.insert(keys.randomElement(using: &random) ?? nil, at: place)
        }
        return keys
    }

    @Test("are those that an earlier row has, whatever the order of the keys, on disk or in memory", arguments: UInt64(1)...60)
    func count(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let keys = keys(&random)
        let spilling = seed.isMultiple(of: 3) ? nil : Spilling(threshold: Int(seed % 7) * 100) { InMemoryScratch() }
        var repeated = RepeatedKeys(columns: Self.columns, primaryKey: "id", spilling, showsExamples: true)
        // Rows between batches may be missing.
        var (first, numbers, start) = (1, [Int](), 0)
        while start < keys.count {
            let end = min(keys.count, start + Int.random(in: 1...500, using: &random))
            first += Int.random(in: 0...2, using: &random)
            let batch = RecordBatch(Self.columns, rows: keys[start..<end].map { [$0.map { .integer($0) } ?? .null] }, first: first)
            try repeated.note(batch)
            numbers += batch.rowNumbers
            (first, start) = (first + batch.count, end)
        }
        var (seen, found) = (Set<Int64>(), RowCount())
        for (key, number) in zip(keys, numbers) { if let key, !seen.insert(key).inserted { found.add(number) } }
        let finding = try #require(try repeated.finding("id", limit: nil, threads: [1, 2, 8][Int(seed % 3)]))
        #expect(finding.rows == keys.count && finding.missing == keys.count { $0 == nil })
        #expect(finding.repeated == found.count && finding.firstRepeated == found.firstRow)
    }
}
