import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("Nothing is sent")
struct StoppingTests {
    @Test("when the source breaks half-way: a row not read looks like a departure")
    func brokenSource() async throws {
        let scenario = try Scenario(contacts: addresses(0..<3_000))
        await scenario.run(users(0..<2_500))
        let before = scenario.journal.total
        let report = await scenario.run(users(0..<2_500), .init(breaksBefore: 1_500))
        #expect(report.outcome == .failed)
        #expect(scenario.journal.total == before + 1)
        #expect(scenario.members().count == 2_500)
    }

    @Test("when the source has no row for so long that the time of the run is over")
    func slowSource() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<10))
        let report = await scenario.runner([], .init(maxDuration: 600, source: PonderingSource(clock: scenario.clock))).run()
        #expect(report.outcome == .failed)
        #expect(report.error?.code == "engine.deadline")
        #expect(scenario.members().count == 10)
    }

    @Test("when the time is over while explain asks the hooks")
    func slowHooks() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let hooks = ScriptedHooks()
        let runner = scenario.runner(users(0..<10), .init(maxDuration: 600))
        _ = try await Explainer(
            address: "user1@example.com", activation: runner.activation, options: runner.options, client: runner.client,
            dependencies: runner.dependencies, hooks: hooks
        ).explain()
        #expect(!hooks.isCancelled)
        scenario.clock.advance(.seconds(600))
        #expect(hooks.isCancelled)
    }

    @Test("when the source is empty, unless that is allowed")
    func emptySource() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<10))
        let stopped = await scenario.run([])
        #expect(stopped.outcome == .empty)
        #expect(stopped.error?.code == "safeguards.empty_source")
        #expect(scenario.members().count == 10)
        let allowed = await scenario.run([], .init(options: RunOptions(allowance: .init(removals: 10, emptySource: true))))
        #expect(allowed.outcome == .done)
        #expect(scenario.members().isEmpty)
    }

    @Test("when too many would leave")
    func tooMany() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<100))
        let report = await scenario.run(users(0..<70), .init(safeguards: Safeguards(maxRemoved: .percent(20))))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "safeguards.removals")
        #expect(report.buckets.total == report.rows)
        #expect(scenario.members().count == 100)
    }

    @Test("when a refresh would lose too many, although it removes nobody by name")
    func refreshLosesTooMany() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<100))
        let report = await scenario.run(
            users(0..<70), .init(options: RunOptions(refresh: .recreate), safeguards: Safeguards(maxRemoved: .percent(20))))
        #expect(report.error?.code == "safeguards.removals")
        #expect(scenario.members().count == 100)
    }

    @Test("when the review hook says no")
    func review() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.run(users(0..<10), .init(hooks: ScriptedHooks(review: { .stop(reason: "\($0.added) at once") })))
        #expect(report.outcome == .stopped)
        #expect(report.error?.message.contains("10 at once") == true)
        #expect(scenario.transport.withAccount { $0.segmentViews.isEmpty })
    }

    @Test("by a dry run or a plan, and neither leaves a trace in the history")
    func dryRun() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.run(users(0..<10), .init(options: RunOptions(dryRun: true)))
        #expect(report.kind == .dryRun)
        #expect(report.segments[0].added == 10)
        _ = try await scenario.runner(users(0..<10)).plan()
        #expect(scenario.transport.withAccount { $0.segmentViews.isEmpty })
        #expect(try scenario.ledger.history(of: "vip", limit: 9).isEmpty)
    }

    @Test("when a person says no")
    func declined() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.runner(users(0..<10)).run { _ in false }
        #expect(report.outcome == .stopped)
        #expect(scenario.members().isEmpty)
    }

    @Test("to a segment of the same name that Hookline did not make")
    func stranger() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("vip", members: addresses(5..<8))
        let report = await scenario.run(users(0..<3))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "engine.segment_exists")
        #expect(scenario.members(of: "vip") == addresses(5..<8))
    }

    @Test("by somebody else's lease")
    func lease() async throws {
        struct Held: Error {}
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.run(users(0..<10), .init(takeLease: { _, _ in throw Held() }))
        #expect(report.outcome == .failed)
        #expect(scenario.members().isEmpty)
    }
}

@Suite("A segment that Hookline did not make")
struct AdoptionTests {
    @Test("is taken over when that is asked for: from then on it follows the source")
    func adopt() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("Vip", members: addresses(2..<8))
        let report = await scenario.run(users(0..<4), .init(adopt: true))
        #expect(report.outcome == .done)
        #expect(report.segments[0].id == 1001)
        #expect(report.segments[0].added == 2)
        #expect(report.segments[0].removed == 4)
        #expect(report.segments[0].unchanged == 2)
        #expect(scenario.members(of: "VIP") + scenario.members(of: "Vip") == addresses(0..<4))
        let again = await scenario.run(users(0..<4))
        #expect(again.calls == 1)
    }

    @Test("keeps its members under the same safeguards as any other")
    func safeguards() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("VIP", members: addresses(2..<8))
        let report = await scenario.run(users(0..<4), .init(safeguards: Safeguards(maxRemoved: .percent(20)), adopt: true))
        #expect(report.error?.code == "safeguards.removals")
        #expect(scenario.members().count == 6)
    }
}

extension Scenario {
    /// Somebody makes a tag by hand.
    func makeForeignSegment(_ name: String, members: [String]) async throws {
        let client = runner([]).client
        let segment = try await client.createSegment(audience: Self.audience, name: name)
        _ = try await client.changeMembers(audience: Self.audience, segment: segment.id, batch: #require(.init(add: members)))
    }
}
