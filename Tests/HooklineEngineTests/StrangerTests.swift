import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("What somebody did to segments in Mailchimp meanwhile")
struct StrangerTests {
    @Test(
        "a segment made after our create was refused is not ours, neither for a run nor for a refresh",
        arguments: [nil, .recreate, .reset] as [RunOptions.Refresh?])
    func madeMeanwhile(_ refresh: RunOptions.Refresh?) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let (plan, _) = try await scenario.runner(users(0..<4)).plan()
        try await scenario.makeForeignSegment("vip", members: addresses(8..<9))
        #expect(await scenario.runner([]).apply(plan).error?.code == "mailchimp.name_taken")
        let report = await scenario.run(users(0..<4), options: RunOptions(refresh: refresh))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "engine.segment_exists")
        #expect(scenario.members(of: "vip") == addresses(8..<9))
    }

    @Test("a segment whose create lost its answer is found again, not made twice")
    func lostCreate() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        scenario.transport.loseAnswers { $0.method == "POST" && $0.url.hasSuffix("/segments") }
        #expect(await scenario.run(users(0..<4)).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        #expect(await scenario.run(users(0..<4)).outcome == .done)
        #expect(scenario.transport.withAccount { $0.segmentViews.count } == 1)
        #expect(scenario.members() == addresses(0..<4))
    }

    @Test("a refresh deletes nothing when its new name belongs to another segment")
    func nameTaken() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.makeForeignSegment("Taken", members: addresses(8..<9))
        let report = await scenario.run(users(0..<4), options: RunOptions(refresh: .recreate), name: "taken")
        #expect(report.outcome == .stopped)
        #expect(scenario.members() == addresses(0..<4))
    }

    @Test("a segment deleted by hand is told, and either refresh makes it anew", arguments: RunOptions.Refresh.allCases)
    func deleted(_ refresh: RunOptions.Refresh) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.runner([]).client.deleteSegment(audience: Scenario.audience, id: 1001)
        let told = await scenario.run(users(0..<5))
        #expect(told.error?.code == "engine.segment_gone")
        #expect(await scenario.run(users(0..<5), options: RunOptions(refresh: refresh)).outcome == .done)
        #expect(scenario.members() == addresses(0..<5))
        #expect(await scenario.run(users(0..<5)).calls == 0)
    }
}
