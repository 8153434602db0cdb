import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Synchronization
import Testing

@Suite("The look at a single segment before the rows")
struct PreflightTests {
    @Test("tells of a taken name before a long query, not after it")
    func beforeTheRows() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("VIP", members: addresses(5..<8))
        let report = await scenario.run(users(0..<3), .init(breaksBefore: 1))
        #expect(report.error?.code == "engine.segment_exists")
    }

    @Test("is not repeated after them: the name hook is asked once, and the members of an adopted segment are read once")
    func once() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("VIP · May", members: addresses(5..<8))
        let asked = Mutex(0)
        let hooks = ScriptedHooks(name: { name, _ in
            asked.withLock { $0 += 1 }
            return "\(name) · May"
        })
        let report = await scenario.run(users(0..<7), .init(hooks: hooks, adopt: true))
        #expect(report.outcome == .done)
        #expect(asked.withLock { $0 } == 1)
        #expect(report.calls == 3, "a look at the audience, a page of members, a change")
        #expect([report.segments[0].added, report.segments[0].removed, report.segments[0].unchanged] == [5, 1, 2])
    }
}
