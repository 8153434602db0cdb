import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("One row per user")
struct OneRowTests {
    private static let columns = [Column("id", .integer), Column("email", .text), Column("state", .text), Column("at", .date)]
    private static let isActive = Condition.test(Condition.Test(field: "state", operation: .equal, value: .scalar("active")))

    private struct Row: Equatable {
        var email: String?
        var state: String
        var day: String?

        var address: String? { email.map { $0.lowercased() } }
    }

    private static func source(_ rows: [Row]) -> InMemorySource {
        InMemorySource(
            columns,
            rows: rows.enumerated().map { index, row in
                [.integer(Int64(index + 1)), row.email.map { .text($0) } ?? .null, .text(row.state), row.day.map { .text($0) } ?? .null]
            })
    }

    private static func run(
        _ rows: [Row], _ key: Model.OneRow.Key = .email, keep: Model.OneRow.Keep, consent: Condition? = nil
    ) async throws -> (report: RunReport, members: [String]) {
        let scenario = try Scenario(contacts: Array(Set(rows.compactMap(\.address))).sorted())
        let report = await scenario.run(
            [], .init(rules: isActive, consent: consent, oneRow: .init(key: key, keep: keep), source: source(rows)))
        #expect(report.buckets.total == rows.count)
        return (report, scenario.members())
    }

    private static let history = [
        Row(email: "ada@example.com", state: "active", day: "2026-01-01"), Row(email: "bea@example.com", state: "left", day: "2026-01-02"),
        Row(email: "Ada@example.com", state: "left", day: "2026-03-01"), Row(email: "bea@example.com", state: "active", day: "2026-02-01"),
    ]

    @Test("is the first, the last or the newest, and only that one meets rules")
    func keeps() async throws {
        #expect(try await Self.run(Self.history, keep: .first).members == ["ada@example.com"])
        #expect(try await Self.run(Self.history, keep: .last).members == ["bea@example.com"])
        let newest = try await Self.run(Self.history.reversed(), keep: .newest("at"))
        #expect(newest.members == ["bea@example.com"])
        #expect(newest.report.buckets.superseded == 2 && newest.report.buckets.droppedByRules == 1)
        #expect(!newest.report.warnings.contains { $0.code == "rows.different_ends" })
    }

    @Test("is nobody's if two different rows are as new, or one has no time, unless a newer row follows")
    func unknown() async throws {
        let tied = [
            Row(email: "ada@example.com", state: "active", day: "2026-01-01"),
            Row(email: "ada@example.com", state: "left", day: "2026-01-01"),
        ]
        let first = try await Self.run(tied, keep: .newest("at"))
        #expect(first.members.isEmpty && first.report.buckets.superseded == 2)
        #expect(first.report.warnings.contains { $0.code == "rows.unknown_newest" })
        let resolved = try await Self.run(tied + [Row(email: "ada@example.com", state: "active", day: "2026-01-02")], keep: .newest("at"))
        #expect(resolved.members == ["ada@example.com"])
        let timeless = try await Self.run(
            [Row(email: "ada@example.com", state: "left", day: nil), Row(email: "ada@example.com", state: "active", day: "2026-01-02")],
            keep: .newest("at"))
        #expect(timeless.members.isEmpty)
        #expect(try await Self.run([Row(email: "ada@example.com", state: "active", day: nil)], keep: .newest("at")).members.count == 1)
    }

    @Test("leaves rows without a key alone")
    func keyless() async throws {
        let rows = [Row(email: nil, state: "active", day: "2026-01-01"), Row(email: nil, state: "active", day: "2026-01-01")]
        #expect(try await Self.run(rows, keep: .last).report.buckets.noEmail == 2)
    }

    @Test("alone is asked for consent")
    func consent() async throws {
        let changed = [
            Row(email: "ada@example.com", state: "left", day: "2026-01-01"),
            Row(email: "ada@example.com", state: "active", day: "2026-01-02"),
        ]
        #expect(try await Self.run(changed, keep: .newest("at"), consent: Self.isActive).members == ["ada@example.com"])
        #expect(try await Self.run(changed.reversed(), keep: .last, consent: Self.isActive).members.isEmpty)
    }

    @Test("is shown by explain beside those that it supersedes")
    func explained() async throws {
        let scenario = try Scenario(contacts: ["ada@example.com"])
        let runner = scenario.runner(
            [], .init(rules: Self.isActive, oneRow: .init(key: .email, keep: .newest("at")), source: Self.source(Self.history)))
        let explained = try await Explainer(
            address: "ada@example.com", activation: runner.activation, options: runner.options, client: runner.client,
            dependencies: runner.dependencies, hooks: nil
        ).explain()
        #expect(explained.rows.map(\.verdict) == [.superseded, .droppedByRules])
        #expect(explained.rows.first?.reason == "by row 3")
    }

    @Test("is the one that a few lines of Swift pick, of many rows in random order", arguments: UInt64(1)...20)
    func random(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<Int.random(in: 1...4_000, using: &random)).map { index in
            Row(
                email: "user\(Int.random(in: 0..<300, using: &random))@example.com", state: Bool.random(using: &random) ? "active" : "left",
                day: CalendarDate(daysSinceEpoch: 20_000 + index).text)
        }.shuffled(using: &random)
        var newest: [String: Row] = [:]
        for row in rows { if (newest[row.email ?? ""]?.day ?? "") < (row.day ?? "") { newest[row.email ?? ""] = row } }
        let expected = newest.values.filter { $0.state == "active" }.compactMap(\.address).sorted()
        #expect(try await Self.run(rows, keep: .newest("at")).members == expected, "seed \(seed)")
    }
}
