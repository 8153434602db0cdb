import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("Rules that compare rows")
struct ComparingRowsTests {
    private static let columns = [Column("id", .integer), Column("email", .text), Column("spent", .number)]

    private static func source(_ rows: [(String, Double?)]) -> InMemorySource {
        var source = InMemorySource(
            columns,
            rows: rows.enumerated().map { [.integer(Int64($0 + 1)), .text($1.0), $1.1.map { .number($0) } ?? .null] })
        source.rowsPerBatch = 7
        return source
    }

    private static func above(_ percent: Int) -> Condition {
        .test(Condition.Test(field: "spent", operation: .abovePercentile, value: .scalar(Literal(plain: "\(percent)"))))
    }

    private static let crowd = (1...100).map { ("user\($0)@example.com", Double($0 * 37 % 101)) }

    @Test("pick the same rows with any number of threads, and whatever is kept outside of memory", arguments: [1, 2, 5], [nil, 0, 3])
    func threads(_ threads: Int, _ threshold: Int?) async throws {
        let scenario = try Scenario(contacts: Self.crowd.map(\.0))
        var runner = scenario.runner([], .init(rules: Self.above(80), threads: threads, source: Self.source(Self.crowd)))
        if let threshold { runner.dependencies.spilling = Spilling(threshold: threshold) { InMemoryScratch() } }
        let report = await runner.run()
        #expect(report.outcome == .done && report.rows == 100 && report.buckets.droppedByRules == 80)
        #expect(scenario.members() == Self.crowd.filter { $0.1 > 80 }.map(\.0).sorted())
    }

    @Test("compare only the rows that count, and all of those, with or without consent")
    func counting() async throws {
        // Of each user, the last row counts: the values are 1 to 100 again.
        let rows = Self.crowd.map { ($0.0, 1_000.0 as Double?) } + Self.crowd.map { ($0.0, $0.1 as Double?) } + [("user1@example.com", 37)]
        let scenario = try Scenario(contacts: Self.crowd.map(\.0))
        let consent = Condition.test(Condition.Test(field: "spent", operation: .lessOrEqual, value: .scalar(Literal(plain: "95"))))
        let report = await scenario.run(
            [], .init(rules: Self.above(90), consent: consent, oneRow: .init(key: .email, keep: .last), source: Self.source(rows)))
        #expect((report.buckets.superseded, report.buckets.noConsent, report.buckets.inSegment) == (101, 5, 5))
        #expect(scenario.members() == Self.crowd.filter { $0.1 > 90 && $0.1 <= 95 }.map(\.0).sorted())
    }

    @Test("pick nobody while nobody has a value, and send nothing when the source breaks or there is no room")
    func failures() async throws {
        let scenario = try Scenario(contacts: Self.crowd.map(\.0))
        let empty = await scenario.run([], .init(rules: Self.above(50), source: Self.source([("user1@example.com", nil)])))
        #expect(empty.outcome == .done && scenario.members() == [])
        var broken = Self.source(Self.crowd)
        broken.breaksBefore = 60
        #expect(await scenario.run([], .init(rules: Self.above(50), source: broken)).outcome == .failed)
        var runner = scenario.runner(
            [], .init(rules: Self.above(50), source: Self.source((0..<40_000).map { ("user\($0)@example.com", 1) })))
        runner.dependencies.spilling = Spilling(threshold: 1_000) { InMemoryScratch(room: 1_000) }
        #expect(await runner.run().outcome == .failed)
        #expect(scenario.members() == [])
    }
}
