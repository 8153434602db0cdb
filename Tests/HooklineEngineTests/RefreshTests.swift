import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A historical refresh")
struct RefreshTests {
    @Test("deletes the segment and makes it anew")
    func recreate() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let report = await scenario.run(users(2..<9), options: RunOptions(refresh: .recreate))
        #expect(report.kind == .refresh)
        #expect(report.segments[0].id == 1002)
        #expect(report.segments[0].added == 7)
        #expect(scenario.members() == addresses(2..<9))
        #expect(await scenario.run(users(2..<9)).calls == 1)
    }

    @Test("may empty it instead, and keep its id")
    func reset() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let report = await scenario.run(users(2..<9), options: RunOptions(refresh: .reset))
        #expect(report.segments[0].id == 1001)
        #expect(scenario.members() == addresses(2..<9))
    }

    @Test("asks again for everybody, those who were no contacts too")
    func waiting() async throws {
        let scenario = try Scenario(contacts: addresses(0..<5))
        #expect(await scenario.run(users(0..<10)).buckets.notAContact == 5)
        try scenario.transport.withAccount { try $0.put("user7@example.com", .subscribed, at: .beginning) }
        let report = await scenario.run(users(0..<10), options: RunOptions(refresh: .reset))
        #expect(report.buckets.inSegment == 6)
        #expect(report.buckets.notAContact == 4)
    }

    @Test("that was cut off after the delete goes on with the next run", arguments: ["DELETE", "POST", "PATCH"])
    func cutOff(_ method: String) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let how: RunOptions.Refresh = method == "PATCH" ? .reset : .recreate
        scenario.transport.loseAnswers { $0.method == method && (method != "POST" || $0.url.hasSuffix("/segments")) }
        let cut = await scenario.run(users(0..<6), options: RunOptions(refresh: how))
        #expect(cut.outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        let next = await scenario.run(users(0..<7))
        #expect(next.outcome == .done, "\(next.error?.message ?? "")")
        #expect(scenario.members() == addresses(0..<7))
    }

    @Test("that was cut off after the delete leaves the safeguards on")
    func safeguardsAfterCut() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<100))
        scenario.transport.loseAnswers { $0.method == "POST" && $0.url.hasSuffix("/segments") }
        #expect(await scenario.run(users(0..<100), options: RunOptions(refresh: .recreate)).outcome == .failed)
        scenario.transport.loseAnswers { _ in false }
        let limit = Safeguards(maxRemoved: .percent(20), maxShrunk: .percent(100))
        #expect(await scenario.run(users(0..<10), safeguards: limit).error?.code == "safeguards.removals")
        #expect(await scenario.run(users(0..<90), safeguards: limit).outcome == .done)
        #expect(scenario.members() == addresses(0..<90).sorted())
    }
}
