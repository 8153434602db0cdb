import HooklineCore
import Support
import Testing

@Suite("Segment rules agree with SQL")
struct RulesAgainstSQLTests {
    @Test("for any nesting of all, any and not, over every type", arguments: 1...400)
    func agree(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rules = RandomRules()
        let rows = (0..<40).map { _ in RandomRules.columns.map { rules.cell($0.type, &random) } }
        let condition = rules.condition(depth: 4, &random)
        var selection: [UInt8] = []
        let zone = try #require(ZoneOffsets(named: RandomRules.zone))
        try RuleEvaluator(condition, columns: RandomRules.columns, now: RandomRules.now, zone: zone)
            .evaluate(RecordBatch(RandomRules.columns, rows: rows), into: &selection)
        #expect(
            selection.indices.filter { selection[$0] == 1 } == (try rules.pickedBySQL(condition, rows)),
            "seed \(seed): \(rules.sql(condition))")
    }

    @Test("also when they compare rows with each other", arguments: 1...400)
    func compare(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rules = RandomRules(compares: true)
        let rows = (0..<Int.random(in: 0...60, using: &random)).map { _ in RandomRules.columns.map { rules.cell($0.type, &random) } }
        let condition = rules.condition(depth: 3, &random)
        let columns = RandomRules.keyedColumns
        let batch = RecordBatch(columns, rows: rules.keyed(rows))
        var selection: [UInt8] = []
        let zone = try #require(ZoneOffsets(named: RandomRules.zone))
        let ranks = try Ranks(condition, batch, now: RandomRules.now, zone: zone)
        try RuleEvaluator(condition, columns: columns, now: RandomRules.now, zone: zone, ranks: ranks)
            .evaluate(batch, into: &selection)
        #expect(
            selection.indices.filter { selection[$0] == 1 } == (try rules.pickedBySQL(condition, rows)),
            "seed \(seed): \(rules.sql(condition))")
    }
}
