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
        let report = await scenario.run(users(2..<9), .init(options: RunOptions(refresh: .recreate)))
        #expect(report.kind == .refresh)
        #expect(report.segments[0].id == 1002)
        #expect(report.segments[0].added == 7)
        #expect(scenario.members() == addresses(2..<9))
        #expect(await scenario.run(users(2..<9)).calls == 1)
    }

    @Test("says in its plan and its report which segment is deleted or emptied, and who does not come back", arguments: [true, false])
    func told(_ recreates: Bool) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let how: RunOptions.Refresh = recreates ? .recreate : .reset
        for isDry in [true, false] {
            let report = await scenario.run(users(2..<9), .init(options: RunOptions(refresh: how, dryRun: isDry)))
            #expect(report.segments[0].replaces == (recreates ? 1001 : nil))
            #expect(report.segments[0].emptied == (recreates ? nil : true))
            #expect(report.segments[0].notReturning == 2)
            #expect(report.isOnlyPlanned == isDry)
        }
        let ordinary = await scenario.run(users(2..<9))
        #expect(ordinary.segments[0].replaces == nil && ordinary.segments[0].emptied == nil && ordinary.segments[0].notReturning == nil)
    }

    @Test("may empty it instead, and keep its id")
    func reset() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let report = await scenario.run(users(2..<9), .init(options: RunOptions(refresh: .reset)))
        #expect(report.segments[0].id == 1001)
        #expect(scenario.members() == addresses(2..<9))
    }

    @Test("asks again for everybody, those who were no contacts too")
    func waiting() async throws {
        let scenario = try Scenario(contacts: addresses(0..<5))
        #expect(await scenario.run(users(0..<10)).buckets.notAContact == 5)
        try scenario.transport.withAccount { try $0.put("user7@example.com", .subscribed, at: .beginning) }
        let report = await scenario.run(users(0..<10), .init(options: RunOptions(refresh: .reset)))
        #expect(report.buckets.inSegment == 6)
        #expect(report.buckets.notAContact == 4)
    }

    @Test("that was cut off after the delete goes on with the next run", arguments: ["DELETE", "POST", "PATCH"])
    func cutOff(_ method: String) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<6))
        let how: RunOptions.Refresh = method == "PATCH" ? .reset : .recreate
        let setup = Scenario.Setup(options: RunOptions(refresh: how))
        await scenario.losingAnswers(to: method) {
            let report = await scenario.run(users(0..<6), setup)
            #expect(report.outcome == .failed)
            // Nobody knows whether the segment still has its members.
            #expect(report.segments[0].believed == true)
        }
        let next = await scenario.run(users(0..<7))
        #expect(next.outcome == .done, "\(next.error?.message ?? "")")
        #expect(scenario.members() == addresses(0..<7))
    }

    @Test("that was cut off after the delete leaves the safeguards on")
    func safeguardsAfterCut() async throws {
        let scenario = try Scenario(contacts: addresses(0..<100))
        await scenario.run(users(0..<100))
        let setup = Scenario.Setup(options: RunOptions(refresh: .recreate))
        await scenario.losingCreations { #expect(await scenario.run(users(0..<100), setup).outcome == .failed) }
        let limit = Safeguards(maxRemoved: .percent(20), maxShrunk: .percent(100))
        #expect(await scenario.run(users(0..<10), .init(safeguards: limit)).error?.code == "safeguards.removals")
        #expect(await scenario.run(users(0..<90), .init(safeguards: limit)).outcome == .done)
        #expect(scenario.members() == addresses(0..<90).sorted())
    }
}
