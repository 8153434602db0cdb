import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A breakdown")
struct BreakdownTests {
    @Test("makes a segment for each label, called after the segment and the label")
    func labels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(report.segments.map(\.label) == ["BE", "FR"])
        #expect(report.segments.map(\.added) == [2, 4])
        #expect(scenario.segmentNames == ["VIP · BE", "VIP · FR"])
        #expect(scenario.members(of: "VIP · FR") == addresses(0..<4))
        #expect(report.buckets.inSegment == 6)
        #expect(report.buckets.total == report.rows)
        // One page of segments, two creates, two fillings.
        #expect(report.calls == 5)
    }

    @Test("gives rows without a label the segment itself, which is not made while there are none")
    func unlabelled() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.breakDown(users(0..<4, "FR") + users(4..<6, ""))
        #expect(report.segments.map(\.label) == [nil, "FR"])
        #expect(scenario.members(of: "VIP") == addresses(4..<6))
    }

    @Test("without changes costs no call, and a change costs one for each segment that it touches")
    func quiet() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<8, "BE"))
        #expect(await scenario.breakDown(users(0..<4, "FR") + users(4..<8, "BE")).calls == 1)
        let moved = await scenario.breakDown(users(0..<3, "FR") + users(3..<8, "BE"))
        #expect(moved.calls == 3)
        #expect(scenario.members(of: "VIP · FR") == addresses(0..<3))
        #expect(scenario.members(of: "VIP · BE") == addresses(3..<8))
    }

    @Test("asks at most one more call for any number of segments with users who are no contacts")
    func quietWithStrangers() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = (0..<40).map { ("user\($0)@example.com", "L\($0 % 10)") }
        #expect(await scenario.breakDown(rows).buckets.notAContact == 30)
        let quiet = await scenario.breakDown(rows)
        #expect(quiet.calls == 2)
        #expect(quiet.buckets.notAContact == 30)
        try scenario.transport.withAccount { [now = scenario.clock.now] in
            try $0.put("user11@example.com", .subscribed, at: .init(seconds: now))
        }
        scenario.clock.advance(.seconds(60))
        let report = await scenario.breakDown(rows)
        #expect(report.calls == 3)
        #expect(report.buckets.inSegment == 11)
        #expect(report.buckets.total == report.rows)
        #expect(scenario.members(of: "VIP · L1") == ["user11@example.com", "user1@example.com"].sorted())
    }

    @Test("puts a user of several labels in each of their segments, and in one bucket")
    func severalLabels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<3))
        let report = await scenario.breakDown(users(0..<4, "FR,gold") + users(2..<3, "BE"))
        #expect(report.buckets.inSegment == 3)
        // user3 was asked for twice and is no contact once.
        #expect(report.buckets.notAContact == 1)
        #expect(report.buckets.duplicate == 1)
        #expect(report.buckets.total == report.rows)
        #expect(scenario.members(of: "VIP · gold") == addresses(0..<3))
        #expect(scenario.segmentNames == ["VIP · FR", "VIP · gold"])
    }

    @Test("does not merge segments when a user's second label comes and goes")
    func comingAndGoing() async throws {
        let scenario = try Scenario(contacts: addresses(0..<6))
        await scenario.breakDown(users(0..<3, "FR,gold") + users(3..<6, "FR"))
        await scenario.breakDown(users(0..<3, "FR") + users(3..<6, "FR,gold"))
        #expect(scenario.members(of: "VIP · FR") == addresses(0..<6))
        #expect(scenario.members(of: "VIP · gold") == addresses(3..<6))
    }

    @Test("begins for an activation that had none: the segment itself is emptied, never deleted")
    func begins() async throws {
        let scenario = try Scenario(contacts: addresses(0..<6))
        await scenario.run(users(0..<6))
        let report = await scenario.breakDown(users(0..<6, "FR"), .init(breakdown: Breakdown(deleteEmpty: true)))
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.members(of: "VIP").isEmpty)
        #expect(scenario.segmentNames == ["VIP", "VIP · FR"])
        #expect(await scenario.breakDown(users(0..<6, "FR")).calls == 1)
    }

    @Test("ends with the hook: everybody is in the segment itself, and the labels' segments are emptied")
    func ends() async throws {
        let scenario = try Scenario(contacts: addresses(0..<6))
        await scenario.breakDown(users(0..<6, "FR"))
        #expect(await scenario.run(users(0..<6)).outcome == .done)
        #expect(scenario.members(of: "VIP") == addresses(0..<6))
        #expect(scenario.members(of: "VIP · FR").isEmpty)
        #expect(await scenario.run(users(0..<6)).calls == 1)
    }

    @Test("is refreshed label by label")
    func refresh() async throws {
        let scenario = try Scenario(contacts: addresses(0..<9))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        for refresh in [RunOptions.Refresh.recreate, .reset] {
            let report = await scenario.breakDown(users(0..<5, "FR") + users(5..<9, "BE"), .init(options: RunOptions(refresh: refresh)))
            #expect(report.outcome == .done, "\(report.error?.message ?? "")")
            #expect(report.segments.map(\.added) == [4, 5])
            #expect(scenario.members(of: "VIP · FR") == addresses(0..<5))
            #expect(scenario.members(of: "VIP · BE") == addresses(5..<9))
        }
        #expect(await scenario.breakDown(users(0..<5, "FR") + users(5..<9, "BE")).calls == 1)
    }

    @Test("takes segments of the labels' names over when that is asked for")
    func adopt() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        try await scenario.makeForeignSegment("vip · fr", members: addresses(2..<8))
        #expect(await scenario.breakDown(users(0..<4, "FR")).error?.code == "engine.segment_exists")
        let report = await scenario.breakDown(users(0..<4, "FR") + users(8..<9, "BE"), .init(adopt: true))
        #expect(report.segments.map(\.added) == [1, 2])
        #expect(report.segments[1].removed == 4)
        #expect(report.segments[1].unchanged == 2)
        #expect(await scenario.breakDown(users(0..<4, "FR") + users(8..<9, "BE")).calls == 1)
    }

    @Test("is applied from a saved plan, deletions too, and once")
    func apply() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        func runner(_ rows: [(String, String)]) -> Runner {
            scenario.runner(rows, .init(hooks: ScriptedHooks.labelling(), breakdown: Breakdown(deleteEmpty: true)))
        }
        let (plan, stop) = try await runner(users(0..<6, "FR")).plan()
        #expect(stop == nil)
        let copy = try PlanCopy.of(plan)
        let report = await runner([]).apply(copy)
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(scenario.segmentNames == ["VIP · FR"])
        #expect(report.segments.last?.deleted == true)
        #expect(report.segments.last?.removed == 2)
        #expect(await runner([]).apply(copy).error?.code == "engine.stale_plan")
    }

    @Test("makes a saved plan stale when a run since then made another label's segment")
    func stale() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.breakDown(users(0..<4, "FR"))
        let (plan, _) = try await scenario.runner(users(0..<5, "FR"), .init(hooks: ScriptedHooks.labelling())).plan()
        await scenario.breakDown(users(0..<4, "FR") + users(4..<6, "BE"))
        #expect(await scenario.runner().apply(plan).error?.code == "engine.stale_plan")
    }

    @Test("shows the review hook every segment with its label")
    func review() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let hooks = ScriptedHooks.labelling(review: { $0.label == "BE" && $0.added == 2 ? .stop(reason: "BE") : .go })
        let report = await scenario.run(users(0..<4, "FR") + users(4..<6, "BE"), .init(hooks: hooks))
        #expect(report.error?.code == "review.stopped")
        #expect(scenario.segmentNames.isEmpty)
    }
}
