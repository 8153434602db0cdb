import HooklineCore
import HooklineEngine
import Support
import Synchronization
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

    private static func first(_ count: Int) -> Condition {
        .segment(SegmentRule(rules: nil, limit: SegmentLimit(count, by: "spent", key: "id")))
    }

    @Test("limit a segment, and say what the limit drops, with any number of threads", arguments: [1, 2, 5])
    func limit(_ threads: Int) async throws {
        let scenario = try Scenario(contacts: Self.crowd.map(\.0))
        let report = await scenario.run([], .init(rules: Self.first(20), threads: threads, source: Self.source(Self.crowd)))
        #expect(report.limit.map { [$0.n, $0.met, $0.dropped] } == [20, 100, 80] && report.buckets.droppedByRules == 80)
        #expect(scenario.members() == Self.crowd.filter { $0.1 > 80 }.map(\.0).sorted())
        // Of each user, the first row counts, and the others take no place.
        let rows: [(String, Double?)] = Self.crowd.flatMap { [($0.0, $0.1), ($0.0, 1_000)] }
        let one = await scenario.run([], .init(rules: Self.first(20), oneRow: .init(key: .email, keep: .first), source: Self.source(rows)))
        #expect(one.segments.map { [$0.added, $0.removed] } == [[0, 0]] && one.limit?.met == 100)
    }

    /// A source that has more rows each time that it is opened.
    private final class GrowingSource: RowSource {
        let opened = Mutex(0)

        func open() throws -> any RowCursor {
            let times = opened.withLock { opened in
                opened += 1
                return opened
            }
            return try ComparingRowsTests.source((1...10 * times).map { ("user\($0)@example.com", Double($0)) }).open()
        }
    }

    @Test("let no more rows in than a limit has, even if the source grows while it is read")
    func growing() async throws {
        let scenario = try Scenario(contacts: (1...100).map { "user\($0)@example.com" })
        let report = await scenario.run([], .init(rules: Self.first(3), source: GrowingSource()))
        #expect(report.outcome == .done && scenario.members() == (8...10).map { "user\($0)@example.com" }.sorted())
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
