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
        #expect(await scenario.runner().apply(plan).error?.code == "mailchimp.name_taken")
        let report = await scenario.run(users(0..<4), .init(options: RunOptions(refresh: refresh)))
        #expect(report.outcome == .stopped)
        #expect(report.error?.code == "engine.segment_exists")
        #expect(scenario.members(of: "vip") == addresses(8..<9))
    }

    @Test("a segment that another activation took over after the plan to adopt it stays that one's", arguments: ["VIP", "vip"])
    func adoptedTwice(_ name: String) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment(name, members: addresses(8..<9))
        let setup = Scenario.Setup(adopt: true)
        let (plan, _) = try await scenario.runner(users(0..<4), setup).plan()
        let own = try #require(plan.segments.first?.key)
        let key = SegmentKey(endpoint: own.endpoint, audience: own.audience, activation: "other", label: nil)
        try scenario.ledger.takeIn(
            key, mailchimpID: 1001, name: name, members: AddressList(), now: 1,
            RunReport(run: "i", activation: "other", kind: .takeIn, outcome: .done, startedAt: 1))
        let report = await scenario.runner([], setup).apply(plan)
        #expect(report.outcome == .failed && report.error?.code == "engine.segment_exists")
        #expect(report.error?.message.contains("'other'") == true)
        #expect(try scenario.ledger.segment(own) == nil, "no trace, so that nothing is left to finish")
        #expect(scenario.members(of: name) == addresses(8..<9))
    }

    @Test(
        "a segment whose create lost its answer is found again, not made twice, whatever this machine's clock shows",
        arguments: [0, 3_600, -3_600, 90_000, -90_000] as [Int64])
    func lostCreate(ahead: Int64) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        scenario.transport.setClock(ahead: ahead)
        await scenario.losingCreations { #expect(await scenario.run(users(0..<4)).outcome == .failed) }
        #expect(await scenario.run(users(0..<4)).outcome == .done)
        #expect(scenario.transport.withAccount { $0.segmentViews.count } == 1)
        #expect(scenario.members() == addresses(0..<4))
    }

    @Test(
        "an empty segment of somebody else is not taken for ours after our create was refused, whatever this machine's clock shows",
        arguments: [0, 3_600, -3_600] as [Int64], [60, 1_800] as [Int64])
    func refusedCreate(ahead: Int64, earlier: Int64) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        scenario.transport.setClock(ahead: ahead)
        let (plan, _) = try await scenario.runner(users(0..<4)).plan()
        _ = try await scenario.runner().client.createSegment(audience: Scenario.audience, name: "vip")
        scenario.clock.advance(.seconds(earlier))
        #expect(await scenario.runner().apply(plan).error?.code == "mailchimp.name_taken")
        let report = await scenario.run(users(0..<4))
        #expect(report.outcome == .stopped && report.error?.code == "engine.segment_exists")
        #expect(scenario.members(of: "vip").isEmpty)
    }

    @Test("a refresh deletes nothing when its new name belongs to another segment")
    func nameTaken() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.makeForeignSegment("Taken", members: addresses(8..<9))
        let report = await scenario.run(users(0..<4), .init(options: RunOptions(refresh: .recreate), name: "taken"))
        #expect(report.outcome == .stopped)
        #expect(scenario.members() == addresses(0..<4))
    }

    @Test(
        "a segment deleted by hand is told, and made anew by a run or either refresh",
        arguments: [nil, .recreate, .reset] as [RunOptions.Refresh?])
    func deleted(_ refresh: RunOptions.Refresh?) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: 1001)
        let report = await scenario.run(users(0..<5), .init(options: RunOptions(refresh: refresh)))
        #expect(report.outcome == .done)
        #expect(report.warnings.map(\.code) == ["drift.deleted"])
        #expect(report.segments[0].id == 1002)
        #expect(report.calls == 4, "a look at the segment, one at the audience, the creation, the members")
        #expect(scenario.members() == addresses(0..<5))
        #expect(await scenario.run(users(0..<5)).calls == 1)
    }

    @Test("a segment deleted by hand while a plan waits fails its application, and the next run makes it anew")
    func deletedMeanwhile() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        let (plan, _) = try await scenario.runner(users(0..<5)).plan()
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: 1001)
        #expect(await scenario.runner().apply(plan).error?.code == "engine.segment_gone")
        #expect(await scenario.run(users(0..<5)).outcome == .done)
        #expect(scenario.members() == addresses(0..<5))
    }

    @Test("a segment deleted by hand whose name somebody else has by now stops the run")
    func deletedAndTaken() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.runner().client.deleteSegment(audience: Scenario.audience, id: 1001)
        try await scenario.makeForeignSegment("vip", members: addresses(8..<9))
        for adopt in [false, true] {
            let report = await scenario.run(users(0..<5), .init(adopt: adopt))
            #expect(report.outcome == .stopped)
            #expect(report.error?.message.contains("has been deleted in Mailchimp, and the audience has another one") == true)
        }
        #expect(scenario.members(of: "vip") == addresses(8..<9))
    }

    @Test(
        "a segment that somebody renamed gets its name back, or keeps it where the activation follows",
        arguments: DriftPolicy.RenameAction.allCases)
    func renamed(_ policy: DriftPolicy.RenameAction) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<4))
        try await scenario.runner().client.renameSegment(audience: Scenario.audience, id: 1001, name: "Mine")
        var driftPolicy = DriftPolicy()
        driftPolicy.onRename = policy
        let report = await scenario.run(users(0..<5), .init(driftPolicy: driftPolicy))
        #expect(report.outcome == .done)
        #expect(report.warnings.map(\.code) == ["drift.renamed"])
        #expect(scenario.members(of: policy == .restore ? "VIP" : "Mine") == addresses(0..<5))
        let quiet = await scenario.run(users(0..<5), .init(driftPolicy: driftPolicy))
        #expect(quiet.calls == 1)
        #expect(quiet.warnings == [])
    }
}
