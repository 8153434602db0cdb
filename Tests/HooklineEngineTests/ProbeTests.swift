import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A run with a probe")
struct ProbeTests {
    private struct Signals: SourceSignals {
        var value: String?
        var marker: Int64?
        func digest(of probe: SourceProbe, isCancelled: @escaping @Sendable () -> Bool) throws -> String? { value }
        func answer(to query: String, isCancelled: @escaping @Sendable () -> Bool) throws -> SignalValue { .nothing }
        func modification(of path: String) throws -> Int64? { marker }
        func modificationOfSource() throws -> Int64? { nil }
    }

    private let scenario: Scenario

    /// Ten members, after a run that read "a".
    init() async throws {
        scenario = try Scenario(contacts: addresses(0..<30))
        #expect(await run("a", users(0..<10)).outcome == .done)
    }

    /// A run whose source breaks where it is read, unless there are rows.
    @discardableResult
    private func run(
        _ value: String?, _ rows: [(String, String)]? = nil, basis: String = "files", _ change: (inout Scenario.Setup) -> Void = { _ in }
    ) async -> RunReport {
        var setup = Scenario.Setup(
            signals: Signals(value: value, marker: scenario.clock.now), probe: .files, breaksBefore: rows == nil ? 0 : nil)
        setup.options.probeBasis = basis
        change(&setup)
        return await scenario.run(rows ?? users(0..<1), setup)
    }

    @Test("ends early when nothing changed, with one call, and keeps what the last run found")
    func unchanged() async throws {
        for _ in 1...60 {
            scenario.clock.advance(.seconds(60))
            let report = await run("a")
            #expect(report.outcome == .unchanged && report.calls == 1 && report.error == nil)
            #expect(report.rows == 10 && report.buckets.inSegment == 10 && report.buckets.total == report.rows)
            #expect(report.segments.first?.members == 10 && report.segments.first?.unchanged == 10)
            #expect(report.probe?.since == 1_772_344_800 && report.probe?.reason == nil)
        }
        // What a source had is not forgotten meanwhile.
        let shrunk = await run("b", users(0..<1)) { $0.safeguards = Safeguards(maxRemoved: .percent(100), maxShrunk: .count(5)) }
        #expect(shrunk.error?.code == "safeguards.shrunk")
    }

    @Test(
        "reads whatever may have changed",
        arguments: ["value", "unknown", "basis", "day", "full", "reconcile", "refresh", "time", "probe"])
    func changed(_ what: String) async throws {
        scenario.clock.advance(.seconds(what == "day" ? 64_800 : 60))
        let report = await run(what == "value" ? "b" : what == "unknown" ? nil : "a", basis: what == "basis" ? "others" : "files") {
            setup in
            switch what {
            case "full": setup.options.readsAll = true
            case "reconcile": setup.options.reconciles = true
            case "refresh": setup.options.refresh = .reset
            case "time": setup.options.reasonToRead = "the rules count days"
            case "probe": setup.probe = nil
            default: break
            }
        }
        #expect(report.outcome == .failed && report.error?.code == "internal", "the source was read, and it is broken")
        #expect((report.probe?.reason == nil) == (what == "probe"))
        // What came of a run that failed is not known, so the next one reads, too.
        #expect(await run("a").outcome == .failed)
        #expect(await run("a", users(0..<10)).outcome == .done)
        #expect(await run("a").outcome == .unchanged)
    }

    @Test("reads at least once a day, in any zone")
    func daily() async throws {
        scenario.clock.advance(.seconds(17 * 3_600))
        #expect(await run("a").outcome == .unchanged)
        scenario.clock.advance(.seconds(2 * 3_600))
        #expect(await run("a").outcome == .failed)
    }

    @Test("hides no change at Mailchimp")
    func segment() async throws {
        let client = scenario.runner().client
        let batch = try #require(MemberBatch(add: addresses(20..<22), remove: addresses(0..<1)))
        _ = try await client.changeMembers(audience: Scenario.audience, segment: 1001, batch: batch)
        scenario.clock.advance(.seconds(3_700))
        let mended = await run("a", users(0..<10))
        #expect(mended.outcome == .done && mended.warnings.map(\.code) == ["drift.members"] && scenario.members() == addresses(0..<10))
        #expect(await run("a").warnings.isEmpty)
        try await client.deleteSegment(audience: Scenario.audience, id: 1001)
        #expect(await run("a", users(0..<10)).outcome == .done)
        #expect(scenario.members() == addresses(0..<10))
    }

    @Test("lets a new contact in who waited, and only then reads")
    func newContact() async throws {
        #expect(await run("b", users(25..<40)).buckets.notAContact == 10)
        scenario.clock.advance(.seconds(7_200))
        #expect(await run("b").outcome == .unchanged)
        try scenario.transport.signUp(addresses(35..<36))
        scenario.clock.advance(.seconds(60))
        let report = await run("b", users(25..<40))
        #expect(
            report.outcome == .done && report.probe?.reason == "there are new contacts" && scenario.members().contains("user35@example.com")
        )
    }

    @Test("reads after anything but a run that was applied: an undo, a saved plan, a change of the ledger")
    func others() async throws {
        await run("b", users(0..<12))
        let undone = try await scenario.undo()
        #expect(undone.outcome == .done)
        #expect(await run("b", users(0..<12)).outcome == .done && scenario.members().count == 12)
        let plan = try await scenario.runner(users(0..<11)).plan().plan
        #expect(await scenario.runner().apply(plan).outcome == .done)
        #expect(await run("b", users(0..<12)).outcome == .done && scenario.members().count == 12)
    }

    @Test("takes nothing for fresh that no longer is, nor for complete without its marker")
    func expectations() async throws {
        let columns = Scenario.columns + [Column("seen", .timestamp)]
        let source = InMemorySource(
            columns, rows: (0..<10).map { [.integer($0), .text("user\($0)@example.com"), .text("FR"), .integer(scenario.clock.now)] })
        let expect = [
            SourceExpectation(.freshWithin(seconds: 3_600, field: "seen")), SourceExpectation(.afterMarker(.file("done"), within: nil)),
            SourceExpectation(.minRows(100), .warn),
        ]
        func run(marker: Bool = true) async -> RunReport {
            let signals = Signals(value: "c", marker: marker ? scenario.clock.now : nil)
            return await scenario.run([], .init(expectations: expect, signals: signals, probe: .files, source: source))
        }
        #expect(await run().outcome == .done)
        scenario.clock.advance(.seconds(1_800))
        let unchanged = await run()
        #expect(unchanged.outcome == .unchanged && unchanged.warnings.map(\.code) == ["expect.min_rows"])
        let missing = await run(marker: false)
        #expect(missing.outcome == .stale && missing.calls == 0)
        #expect(await run().outcome == .done)
        #expect(await run().outcome == .unchanged)
        scenario.clock.advance(.seconds(1_801))
        #expect(await run().outcome == .stale)
    }
}
