import HooklineCore
import Testing

@Suite("The effects of rules")
struct RuleEffectsTests {
    private static let columns = [Column("country", .text), Column("spent", .integer)]

    private static func batch(_ rows: [(String?, Int64?)]) -> RecordBatch {
        var batch = RecordBatch(columns: columns)
        for (index, row) in rows.enumerated() {
            if let country = row.0 { batch.columns[0].append(text: country) } else { batch.columns[0].appendNull() }
            if let spent = row.1 { batch.columns[1].append(integer: spent) } else { batch.columns[1].appendNull() }
            batch.endRow(number: index + 1)
        }
        return batch
    }

    private static func test(_ country: String) -> Condition {
        .test(Condition.Test(field: "country", operation: .equal, value: .scalar(Literal(country, .text))))
    }

    private static let big = Condition.test(Condition.Test(field: "spent", operation: .greater, value: .scalar(Literal("100", .number))))
    private static let rows: [(String?, Int64?)] = [("FR", 500), ("FR", 1), ("BE", 500), (nil, 500), ("FR", nil), ("IT", 1)]

    private func effects(_ condition: Condition?) throws -> RuleEffects {
        let rules = try RuleEvaluator(condition, columns: Self.columns, now: 0, zone: .utc)
        var effects = RuleEffects(condition, rules)
        let batch = Self.batch(Self.rows)
        effects.count(batch, where: [1, 1, 1, 1, 1, 0])
        return effects
    }

    @Test("count what a part removes by itself, and what the rules pick without it")
    func all() throws {
        let effects = try effects(.all([.any([Self.test("FR"), Self.test("BE")]), Self.big]))
        #expect((effects.rows, effects.picked) == (5, 2))
        #expect(effects.lines.map(\.removes) == [3, 1, 2, 4, 2])
        #expect(effects.lines.map(\.without) == [5, 3, 1, 1, 4])
    }

    @Test("take a group with one part for that part, and NULL for neither true nor false")
    func groups() throws {
        let effects = try effects(.all([.not(.any([Self.test("FR")])), Self.big]))
        #expect(effects.picked == 1 && effects.lines.map(\.depth) == [0, 1, 2, 3, 1])
        #expect(effects.lines.map(\.without) == [5, 3, 3, 3, 1])
        let single = try self.effects(Self.test("FR"))
        #expect(single.lines.map(\.without) == [5] && single.lines.map(\.removes) == [2])
        let none = try self.effects(nil)
        #expect(none.picked == 5 && none.lines.isEmpty)
    }

    @Test("count what a limit drops of the rows that the rules let through, last")
    func limit() throws {
        let limit = SegmentLimit(2, by: "spent", key: "spent")
        let condition = Condition.segment(SegmentRule(rules: .not(Self.test("IT")), limit: limit))
        let batch = Self.batch([("FR", 500), ("FR", 1), ("BE", 400), ("FR", 300), ("FR", nil), ("IT", 600)])
        let ranks = try Ranks(condition, now: 0, zone: .utc, spilling: nil) { begin, body in
            try begin(Self.columns)
            try body(batch)
        }
        var effects = RuleEffects(condition, try RuleEvaluator(condition, columns: Self.columns, now: 0, zone: .utc, ranks: ranks))
        effects.count(batch, where: [1, 1, 1, 1, 0, 1])
        #expect((effects.rows, effects.met, effects.picked) == (5, 4, 2))
        #expect(effects.lines.map(\.rule) == ["not", "country = IT", "limit 2 by spent desc"])
        #expect(effects.lines.map(\.removes) == [1, 4, 2] && effects.lines.map(\.without) == [5, 5, 4])
        let effect = try #require(ranks?.effect(of: condition))
        #expect((effect.met, effect.dropped) == (5, 3))
        var bare = RuleEffects(
            .segment(SegmentRule(rules: nil, limit: limit)),
            try RuleEvaluator(.segment(SegmentRule(rules: nil, limit: limit)), columns: Self.columns, now: 0, zone: .utc))
        bare.count(batch, where: [1, 1, 1, 1, 1, 1])
        #expect((bare.met, bare.picked) == (6, 0) && bare.lines.map(\.removes) == [6])
    }
}
