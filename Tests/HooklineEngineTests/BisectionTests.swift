import HooklineCore
import HooklineEngine
import Mailchimp
import Support
import Testing

@Suite("A batch that Mailchimp refuses as a whole")
struct BisectionTests {
    @Test(
        "is split until the culprits stand alone: they are rejected with Mailchimp's words, the rest goes through", arguments: [1, 3, 40])
    func culprits(_ count: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<700))
        let culprits = Set(addresses((0..<count).map { $0 * 17 + 3 }))
        scenario.transport.refuseBatches(with: culprits)
        let report = await scenario.run(users(0..<700))
        #expect(report.outcome == .partial)
        #expect(report.buckets.rejected == count)
        #expect(report.buckets.inSegment == 700 - count)
        #expect(
            report.warnings.map(\.message) == [
                "Mailchimp rejected \(count): members_to_add: Looks fake".replacing("members_to_add: ", with: "")
            ])
        #expect(scenario.members() == addresses(0..<700).filter { !culprits.contains($0) }.sorted())
        // Each culprit costs at most two calls a level, and there are ten levels.
        #expect(report.calls <= 3 + count * 20)
        let key = SegmentKey(endpoint: "http://127.0.0.1:1/3.0", audience: Scenario.audience, activation: "vip")
        let segment = try #require(try scenario.ledger.segment(key))
        let entry = try scenario.ledger.entry(of: SubscriberHash(of: "user3@example.com"), in: segment)
        #expect(entry?.state == .rejected)
        #expect(entry?.reason == "Looks fake")
    }

    @Test("for whom it was to remove: that is told once, they are not asked for again, and are gone once a look shows it")
    func removals() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        await scenario.run(users(0..<20))
        scenario.transport.refuseBatches(with: ["user3@example.com"])
        let report = await scenario.run(users(5..<20))
        #expect(report.outcome == .partial)
        #expect(report.segments[0].removed == 4)
        #expect(report.segments[0].members == 16)
        #expect(report.warnings.map(\.code) == ["mailchimp.rejected"])
        let next = await scenario.run(users(5..<20))
        #expect(next.outcome == .done && next.calls == 1 && next.segments[0].members == 16)
        #expect(next.warnings.map(\.code) == ["mailchimp.still_refused"])
        #expect(next.refusals?.map(\.act) == [.remove])
        // Day after day: it is still in the segment, nobody put it in, and a call a day at most asks for it.
        for _ in 1...3 {
            scenario.clock.advance(.seconds(86_400))
            let later = await scenario.run(users(5..<20))
            #expect(later.warnings.map(\.code) == ["mailchimp.still_refused"])
            #expect(later.outcome == .done && later.calls <= 3)
        }
        // Somebody takes it out by hand.
        scenario.transport.refuseBatches(with: [])
        let id = try #require(next.segments[0].id)
        let batch = try #require(MemberBatch(add: [], remove: ["user3@example.com"]))
        _ = try await scenario.runner().client.changeMembers(audience: Scenario.audience, segment: id, batch: batch)
        scenario.transport.refuseBatches(with: ["user3@example.com"])
        scenario.clock.advance(.seconds(86_400))
        let last = await scenario.run(users(5..<20))
        #expect(last.warnings.isEmpty && last.refusals == [] && last.segments[0].members == 15)
    }

    @Test("whatever is in it fails the run, after a few calls and with nobody rejected")
    func hopeless() async throws {
        let scenario = try Scenario(contacts: addresses(0..<1_500))
        await scenario.run([])
        scenario.transport.refuseBatches(with: Set(addresses(0..<1_500)))
        let report = await scenario.run(users(0..<1_500))
        #expect(report.outcome == .failed)
        #expect(report.error?.code == "mailchimp.refused")
        #expect(report.buckets.rejected == 0)
        #expect(report.calls < 150)
        scenario.transport.refuseBatches(with: [])
        #expect(await scenario.run(users(0..<1_500)).outcome == .done)
        #expect(scenario.members().count == 1_500)
    }
}
