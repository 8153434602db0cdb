import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("Addresses that Mailchimp refuses")
struct RefusedTests {
    private static let culprits = Set(addresses([3, 77, 401, 650, 999]))

    private func known(_ scenario: Scenario) throws -> [Refusal] {
        try scenario.ledger.segments(of: "vip").flatMap { try scenario.ledger.refusals(in: $0) }
    }

    @Test("are told once; a run over the same rows is done, costs a look, and still says them")
    func unchanged() async throws {
        let scenario = try Scenario(contacts: addresses(0..<1_000))
        scenario.transport.refuseBatches(with: Self.culprits)
        let first = await scenario.run(users(0..<1_000))
        #expect(first.outcome == .partial && first.buckets.rejected == 5)
        #expect(first.refusals?.map(\.isNew) == [true])
        for _ in 1...3 {
            scenario.clock.advance(.seconds(3_600))
            let next = await scenario.run(users(0..<1_000))
            #expect(next.outcome == .done && next.calls <= 2)
            #expect(next.buckets.rejected == 5 && next.buckets.inSegment == 995 && next.buckets.notAContact == 0)
            #expect(next.warnings.map(\.code) == ["mailchimp.still_refused"])
            #expect(next.refusals?.map(\.addresses) == [5])
        }
        let plan = try await scenario.runner(users(0..<1_000)).plan().plan.asReport(stop: nil, seconds: 0, startedAt: 0)
        #expect(plan.warnings.map(\.code) == ["mailchimp.still_refused"] && plan.buckets.rejected == 5)
    }

    @Test("are not told again when another one comes, which is")
    func another() async throws {
        let scenario = try Scenario(contacts: addresses(0..<1_100))
        scenario.transport.refuseBatches(with: Self.culprits)
        await scenario.run(users(0..<1_000))
        scenario.transport.refuseBatches(with: Self.culprits.union(["user1050@example.com"]))
        let second = await scenario.run(users(0..<1_100))
        #expect(second.outcome == .partial && second.buckets.rejected == 6)
        #expect(second.refusals?.map(\.isNew) == [true, false] && second.refusals?.map(\.addresses) == [1, 5])
        // The known ones are in no batch: only the new one is looked for.
        #expect(second.calls < 20)
        #expect(await scenario.run(users(0..<1_100)).outcome == .done)
    }

    @Test("are asked for again alone, a few in a run, ever more seldom, and enter when they have healed")
    func healed() async throws {
        let scenario = try Scenario(contacts: addresses(0..<60))
        scenario.transport.refuseBatches(with: Set(addresses([3, 17, 29, 41, 55])))
        await scenario.run(users(0..<60))
        var asked = 0
        for _ in 1...40 {
            scenario.clock.advance(.seconds(86_400))
            let before = try known(scenario).map(\.askedAt)
            let run = await scenario.run(users(0..<60))
            // A look, a page of members once a day, and those whose turn it is.
            #expect(run.outcome == .done && run.calls <= 5)
            asked += zip(before, try known(scenario).map(\.askedAt)).count { $0 != $1 }
        }
        #expect(asked >= 10 && asked <= 40)
        scenario.transport.refuseBatches(with: [])
        for _ in 1...2 {
            scenario.clock.advance(.seconds(31 * 86_400))
            await scenario.run(users(0..<60))
        }
        #expect(scenario.members() == addresses(0..<60).sorted())
        #expect(try known(scenario).isEmpty)
        #expect(await scenario.run(users(0..<60)).refusals == [])
    }

    @Test("within an answer cost no call of their own before their turn, and go along where there is room")
    func withinAnAnswer() async throws {
        var options = SimulatorOptions()
        options.behaviour.rejected = ["user3@example.com", "user4@example.com"]
        let scenario = try Scenario(contacts: addresses(0..<20), options: options)
        #expect(await scenario.run(users(0..<10)).outcome == .partial)
        let idle = await scenario.run(users(0..<10))
        #expect(idle.outcome == .done && idle.calls == 1 && idle.buckets.rejected == 2)
        scenario.clock.advance(.seconds(60))
        let along = await scenario.run(users(0..<11))
        #expect(along.outcome == .done && along.calls == 2 && along.segments[0].added == 1 && along.buckets.rejected == 2)
        #expect(try known(scenario).map(\.askedAt) == [scenario.clock.now, scenario.clock.now])
        scenario.clock.advance(.seconds(86_400))
        #expect(await scenario.run(users(0..<11)).calls <= 3)
        #expect(await scenario.run(users(0..<11)).calls == 1)
    }

    @Test("are asked for at once with --reconcile, and after a clock that was wrong")
    func atOnce() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        scenario.transport.refuseBatches(with: ["user3@example.com"])
        scenario.clock.advance(.seconds(400 * 86_400))
        await scenario.run(users(0..<20))
        scenario.clock.advance(.seconds(-400 * 86_400))
        await scenario.run(users(0..<20))
        #expect(try known(scenario)[0].askedAt <= scenario.clock.now)
        scenario.transport.refuseBatches(with: [])
        #expect(await scenario.run(users(0..<20)).buckets.rejected == 1)
        var setup = Scenario.Setup()
        setup.options.reconciles = true
        #expect(await scenario.run(users(0..<20), setup).buckets.inSegment == 20)
    }

    @Test("and that a run found which ended without telling it are told by the next one")
    func untold() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        scenario.transport.refuseBatches(with: ["user3@example.com"])
        var first = await scenario.run(users(0..<20))
        first.outcome = .failed
        let segment = try #require(try scenario.ledger.segments(of: "vip").first)
        // As a process leaves it that was killed after the last answer.
        var receipt = Receipt(rejected: [(SubscriberHash(of: "user4@example.com"), "user4@example.com", "Looks fake")])
        receipt.isOfCulprit = true
        try scenario.ledger.didChange(segment, receipt, run: "killed", now: scenario.clock.now)
        let next = await scenario.run(users(0..<20))
        #expect(next.outcome == .partial && next.refusals?.map(\.isNew) == [true, false])
        #expect(await scenario.run(users(0..<20)).outcome == .done)
    }

    @Test("in one segment of a breakdown are kept out of the batches of the others, and a refresh does not look for them anew")
    func labels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<60))
        scenario.transport.refuseBatches(with: ["user3@example.com"])
        var setup = Scenario.Setup()
        setup.hooks = ScriptedHooks.labelling()
        let rows = addresses(0..<60)
        #expect(await scenario.run(rows.map { ($0, "FR") }, setup).outcome == .partial)
        let moved = await scenario.run(rows.map { ($0, $0 == "user3@example.com" ? "BE" : "FR") }, setup)
        #expect(moved.outcome == .done && moved.buckets.rejected == 1)
        setup.options.refresh = .recreate
        let refreshed = await scenario.run(rows.map { ($0, "FR") }, setup)
        #expect(refreshed.outcome == .done && refreshed.buckets.rejected == 1)
        setup.options.refresh = nil
        let gone = await scenario.run(rows.filter { $0 != "user3@example.com" }.map { ($0, "FR") }, setup)
        #expect(gone.outcome == .done && gone.refusals == [])
        #expect(try known(scenario).isEmpty)
    }
}
