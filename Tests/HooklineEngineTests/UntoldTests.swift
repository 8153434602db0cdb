import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("What a run saw of others' edits, and did not live to tell")
struct UntoldTests {
    /// A run that dies at the first change of members, after the ledger took over what a person did.
    private func killed(_ scenario: Scenario, _ rows: [(String, String)]) async -> Life {
        let life = Life(steps: nil)
        var runner = scenario.runner(rows, setup)
        runner.dependencies.ledger = MortalLedger(scenario.ledger, life, sabotage: nil)
        scenario.transport.beforeEachAnswer { call in
            if call.method == "POST" { life.end() }
        }
        _ = await runner.run()
        scenario.transport.beforeEachAnswer { _ in }
        scenario.ledger.processDied()
        return life
    }

    private var setup: Scenario.Setup {
        var setup = Scenario.Setup()
        setup.options.reconciles = true
        return setup
    }

    @Test("the next run tells, once")
    func members() async throws {
        let scenario = try Scenario(contacts: addresses(0..<30))
        await scenario.run(users(0..<10))
        let batch = try #require(MemberBatch(add: addresses(20..<23), remove: addresses(0..<2)))
        _ = try await scenario.runner().client.changeMembers(audience: Scenario.audience, segment: 1001, batch: batch)
        let life = await killed(scenario, users(0..<10))
        #expect(life.isOver)
        let next = await scenario.run(users(0..<10))
        #expect(next.warnings.map(\.code) == ["drift.members"])
        #expect(next.warnings.first?.message.contains("3 were put in by others") == true)
        #expect(scenario.members() == addresses(0..<10))
        #expect(await scenario.run(users(0..<10)).warnings == [])
    }

    @Test("a plan that is only looked at does not count as telling")
    func planned() async throws {
        let scenario = try Scenario(contacts: addresses(0..<30))
        await scenario.run(users(0..<10))
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: 1001)
        _ = await killed(scenario, users(0..<10))
        #expect(try await scenario.runner(users(0..<10)).plan().plan.warnings.map(\.code) == ["drift.deleted"])
        #expect(await scenario.run(users(0..<10)).warnings.map(\.code) == ["drift.deleted"])
        #expect(await scenario.run(users(0..<10)).warnings == [])
    }

    @Test("own work that got no answer is nobody else's edit", arguments: [0, 1])
    func ownWork(_ spared: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<1_200))
        let failed = await scenario.losingAnswers(spared: spared + 1) { await scenario.run(users(0..<1_200)) }
        #expect(failed.outcome == .failed)
        scenario.clock.advance(.seconds(7_200))
        let report = await scenario.run(users(0..<1_200), setup)
        #expect(report.warnings == [])
        #expect(scenario.members().count == 1_200)
    }

    @Test("own work whose answer nobody recorded is nobody else's edit")
    func refused() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        let life = await killed(scenario, users(0..<20))
        #expect(life.isOver)
        await scenario.run(users(0..<5))
        _ = await killed(scenario, users(5..<20))
        scenario.clock.advance(.seconds(7_200))
        let report = await scenario.run(users(5..<20), setup)
        #expect(report.warnings == [])
        #expect(scenario.members() == addresses(5..<20).sorted())
    }
}
