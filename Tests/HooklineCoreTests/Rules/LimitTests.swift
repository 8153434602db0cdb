import Support
import Testing

@testable import HooklineCore

@Suite("The limit of a segment")
struct LimitTests {
    private static func picked(
        _ limit: SegmentLimit, _ rows: [[Cell]], key: ColumnType = .integer, rules: Condition? = nil
    ) throws -> [Int] {
        let columns = [Column("k", key, origin: .declared), Column("v", .integer)]
        let condition = Condition.segment(SegmentRule(rules: rules, limit: limit))
        let batch = RecordBatch(columns, rows: rows)
        let ranks = try Ranks(condition, batch, now: 0, zone: .utc)
        var selection: [UInt8] = []
        try RuleEvaluator(condition, columns: columns, now: 0, zone: .utc, ranks: ranks).evaluate(batch, into: &selection)
        return selection.indices.filter { selection[$0] == 1 }
    }

    @Test("lets in the rows with the greatest or the smallest values, NULL last")
    func order() throws {
        let rows: [[Cell]] = [[1, 5], [2, nil], [3, 9], [4, 7], [5, nil]]
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), rows) == [2, 3])
        #expect(try Self.picked(SegmentLimit(2, by: "v", isDescending: false, key: "k"), rows) == [0, 3])
        #expect(try Self.picked(SegmentLimit(4, by: "v", key: "k"), rows) == [0, 1, 2, 3])
        #expect(try Self.picked(SegmentLimit(4, by: "v", isDescending: false, key: "k"), rows) == [0, 1, 2, 3])
        #expect(try Self.picked(SegmentLimit(9, by: "v", key: "k"), rows) == [0, 1, 2, 3, 4])
        #expect(try Self.picked(SegmentLimit(9, by: "v", key: "k"), []) == [])
    }

    @Test("lets the smaller key in between equal values: by its number, or by its bytes")
    func ties() throws {
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), [[10, 1], [9, 1], [100, 1]]) == [0, 1])
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), [["10", 1], ["9", 1], ["100", 1]], key: .text) == [0, 2])
    }

    @Test("lets in no row without a key or a readable value, and none of those at its end that nothing tells apart")
    func keys() throws {
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), [[nil, 9], [1, .unreadable], [.unreadable, 8], [2, 1]]) == [3])
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), [[1, 9], [2, 5], [2, 5], [3, 1]]) == [0])
        #expect(try Self.picked(SegmentLimit(3, by: "v", key: "k"), [[1, 9], [2, 5], [2, 5], [3, 1]]) == [0, 1, 2])
        // One key twice: only the row that is far enough ahead is in.
        #expect(try Self.picked(SegmentLimit(2, by: "v", key: "k"), [[1, 9], [2, 5], [1, 2], [3, 1]]) == [0, 1])
    }

    @Test("lets in the rows that sorting would, of any number", arguments: UInt64(1)...60)
    func sorting(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...300, using: &random)
        let keys = (0..<count).shuffled(using: &random)
        let values = (0..<count).map { _ in Int.random(in: 0...20, using: &random) }
        let limit = Int.random(in: 1...count + 3, using: &random)
        let expected = (0..<count).sorted { (-values[$0], keys[$0]) < (-values[$1], keys[$1]) }.prefix(limit)
        let rows = (0..<count).map { [Cell.integer(Int64(keys[$0])), .integer(Int64(values[$0]))] }
        #expect(try Self.picked(SegmentLimit(limit, by: "v", key: "k"), rows) == expected.sorted())
    }

    @Test("needs columns whose values have a known order")
    func columns() {
        func codes(_ key: Column, _ field: Column) -> [String] {
            let condition = Condition.segment(SegmentRule(rules: nil, limit: SegmentLimit(1, by: "v", key: "k")))
            do throws(IssuesFound) {
                _ = try RuleEvaluator(condition, columns: [key, field], now: 0, zone: .utc)
                return []
            } catch { return error.issues.map(\.code) }
        }
        let number = Column("v", .number)
        #expect(codes(Column("k", .text, origin: .unknown), number) == ["manifest.untyped_column"])
        #expect(codes(Column("k", .text, origin: .source), number) == [])
        #expect(codes(Column("k", .boolean), number) == ["manifest.operation_type"])
        #expect(codes(Column("k", .integer), Column("v", .text, origin: .declared)) == ["manifest.operation_type"])
        #expect(codes(Column("k", .integer), Column("v", .text, origin: .unknown)) == ["manifest.untyped_column"])
        #expect(codes(Column("other", .integer), number) == ["manifest.unknown_column"])
    }
}
