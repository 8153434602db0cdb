import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("Members that others changed in Mailchimp")
struct DriftTests {
    private let scenario: Scenario

    /// Ten members by the ledger; at Mailchimp two of them are missing, and three others are in the segment.
    init() async throws {
        scenario = try Scenario(contacts: addresses(0..<30))
        await scenario.run(users(0..<10))
        try await tamper(adding: addresses(20..<23), removing: addresses(0..<2))
    }

    private func tamper(adding: [String], removing: [String]) async throws {
        let batch = try #require(MemberBatch(add: adding, remove: removing))
        _ = try await scenario.runner().client.changeMembers(audience: Scenario.audience, segment: 1001, batch: batch)
    }

    private func run(_ numbers: some Sequence<Int>, reconciles: Bool = false, _ policy: DriftPolicy.MemberAction = .mend, every: Int? = nil)
        async
        -> RunReport
    {
        var (driftPolicy, options) = (DriftPolicy(), RunOptions())
        driftPolicy.onDrift = policy
        if let every { driftPolicy.reconcileEvery = every }
        options.reconciles = reconciles
        return await scenario.run(users(numbers), .init(options: options, driftPolicy: driftPolicy))
    }

    @Test("are mended both ways when that is asked for")
    func mend() async throws {
        let report = await run(0..<10, reconciles: true)
        #expect(report.warnings.map(\.code) == ["drift.members"])
        #expect(report.warnings[0].message.contains("2 are missing, 3 were put in by others"))
        #expect(report.segments[0].added == 2)
        #expect(report.segments[0].removed == 3)
        #expect(report.buckets.inSegment == 10)
        #expect(scenario.members() == addresses(0..<10))
        #expect(report.calls == 3, "a look, a page of members, a change")
        #expect(await run(0..<10).calls == 1)
    }

    @Test("are mended on suspicion, but not on a count that may lag behind")
    func suspicion() async throws {
        let fresh = await run(0..<10)
        #expect(fresh.warnings == [], "an hour has not passed since our own change")
        #expect(fresh.calls == 1)
        scenario.clock.advance(.seconds(3_600))
        let later = await run(0..<10)
        #expect(later.warnings.map(\.code) == ["drift.members"])
        #expect(scenario.members() == addresses(0..<10))
    }

    @Test("who are wanted stay, without a call; who are not wanted any more leave once")
    func wanted() async throws {
        let report = await run(Array(1..<10) + [20, 21], reconciles: true)
        #expect(report.segments[0].added == 1)
        #expect(report.segments[0].removed == 2, "user22, and user0, of whom nobody knows for certain that they are gone")
        #expect(report.segments[0].unchanged == 10)
        #expect(scenario.members() == (addresses(1..<10) + addresses(20..<22)).sorted())
    }

    @Test("are only reported where the activation says so, and looked into once")
    func report() async throws {
        scenario.clock.advance(.seconds(7_200))
        let first = await run(0..<10, .report)
        #expect(first.warnings.map(\.code) == ["drift.members"])
        #expect(first.warnings[0].message.contains("on_drift: report"))
        #expect(first.segments[0].added + first.segments[0].removed == 0)
        let second = await run(0..<10, .report)
        #expect(second.calls == 1)
        #expect(scenario.members() == (addresses(2..<10) + addresses(20..<23)).sorted())
        // The segment is ours all the same: who leaves the source leaves it.
        _ = await run(0..<9, .report)
        #expect(!scenario.members().contains("user9@example.com"))
    }

    @Test("are read whenever the last time is long enough ago")
    func interval() async throws {
        _ = await run(0..<10, reconciles: true)
        try await tamper(adding: addresses(25..<26), removing: addresses(3..<4))
        scenario.clock.advance(.seconds(80_000))
        #expect(await run(0..<10).warnings == [], "the count is the same")
        let due = await run(0..<10, every: 72_000)
        #expect(due.warnings.map(\.code) == ["drift.members"])
        #expect(scenario.members() == addresses(0..<10))
        #expect(await run(0..<10, every: 72_000).calls == 1)
    }

    @Test("are found within a day in a busy segment, and when one went out and another came in")
    func busy() async throws {
        _ = await run(0..<10, reconciles: true)
        try await tamper(adding: addresses(25..<26), removing: addresses(3..<5))
        var (told, calls) = (0, 0)
        for step in 1...48 {
            scenario.clock.advance(.seconds(1_800))
            let report = await run(0..<(10 + step % 10))
            told += report.warnings.count { $0.code == "drift.members" }
            calls += report.calls
        }
        #expect(told == 1)
        #expect(scenario.members() == addresses(0..<18).sorted())
        #expect(calls <= 48 * 2 + 1, "a look and a change in each run, and the members once")
    }

    @Test("are held by the safeguards when they would leave")
    func safeguards() async throws {
        try await tamper(adding: addresses(10..<20) + addresses(23..<30), removing: [])
        var options = RunOptions()
        options.reconciles = true
        let report = await scenario.run(users(0..<10), .init(options: options, safeguards: Safeguards(maxRemoved: .count(5))))
        #expect(report.error?.code == "safeguards.removals")
        #expect(scenario.members().count == 28)
        #expect(try scenario.ledger.status()[0].segments[0].members == 10)
    }

    @Test("an archived contact that the ledger takes for a member is no contact any more")
    func archived() async throws {
        try scenario.transport.withAccount { try $0.put("user5@example.com", .archived, at: SimulatedInstant(seconds: scenario.clock.now)) }
        let report = await run(0..<10, reconciles: true)
        #expect(report.outcome == .done)
        #expect(report.buckets.notAContact == 1)
        #expect(report.buckets.inSegment == 9)
        scenario.clock.advance(.seconds(7_200))
        #expect(await run(0..<10).warnings == [])
    }

    @Test("with a breakdown each segment is looked at, those too whose label vanished")
    func breakdown() async throws {
        let scenario = try Scenario(contacts: addresses(0..<30))
        _ = await scenario.breakDown(users(0..<4, "FR") + users(4..<8, "BE"))
        _ = await scenario.breakDown(users(0..<4, "FR"))
        let client = scenario.runner().client
        let ids = scenario.transport.withAccount { $0.segmentViews.map(\.id) }
        for (index, id) in ids.enumerated() {
            let batch = try #require(MemberBatch(add: addresses((20 + index)..<(21 + index)), remove: []))
            _ = try await client.changeMembers(audience: Scenario.audience, segment: id, batch: batch)
        }
        scenario.clock.advance(.seconds(7_200))
        let report = await scenario.breakDown(users(0..<4, "FR"))
        #expect(report.warnings.count { $0.code == "drift.members" } == 2)
        #expect(scenario.transport.withAccount { $0.segmentViews.map(\.members.count).sorted() } == [0, 4])
        scenario.clock.advance(.seconds(7_200))
        #expect(await scenario.breakDown(users(0..<4, "FR")).calls == 1)
    }
}
