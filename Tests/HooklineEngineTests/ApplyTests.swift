import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A saved plan")
struct ApplyTests {
    @Test("is applied exactly, whatever the source says by then")
    func exact() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        let (plan, stop) = try await scenario.runner(users(2..<7)).plan()
        #expect(stop == nil)
        let report = await scenario.runner().apply(plan)
        #expect(report.kind == .apply)
        #expect(report.outcome == .done)
        #expect(scenario.members() == addresses(2..<7))
    }

    @Test("is refused when another run has changed the segment since")
    func stale() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        let (plan, _) = try await scenario.runner(users(2..<7)).plan()
        await scenario.run(users(0..<5))
        let report = await scenario.runner().apply(plan)
        #expect(report.outcome == .failed)
        #expect(report.error?.code == "engine.stale_plan")
        #expect(scenario.members() == addresses(0..<5))
    }

    @Test("is stopped by the review hook, as a run is")
    func reviewed() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let hooks = ScriptedHooks(review: { _ in .stop(reason: "never") })
        let (plan, stop) = try await scenario.runner(users(0..<4), .init(hooks: hooks)).plan()
        #expect(stop?.code == "review.stopped")
        let report = await scenario.runner([], .init(hooks: hooks)).apply(plan)
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "review.stopped")
        #expect(scenario.members().isEmpty)
    }

    @Test("is refused a second time")
    func twice() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let (plan, _) = try await scenario.runner(users(0..<4)).plan()
        #expect(await scenario.runner().apply(plan).outcome == .done)
        #expect(await scenario.runner().apply(plan).error?.code == "engine.stale_plan")
    }

    @Test("is refused when the activation's files have changed")
    func files() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let (plan, _) = try await scenario.runner(users(0..<4), .init(options: RunOptions(fingerprint: "old"))).plan()
        let report = await scenario.runner([], .init(options: RunOptions(fingerprint: "new"))).apply(plan)
        #expect(report.error?.code == "engine.stale_plan")
    }
}
