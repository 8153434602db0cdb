import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization
import Testing

@Suite("Users who are no contacts")
struct WaitingTests {
    @Test("are asked for again, and are in the segment once they are contacts", arguments: [3, 700])
    func becomeContacts(_ strangers: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<(10 + strangers))
        #expect(await scenario.run(rows).buckets.notAContact == strangers)
        scenario.clock.advance(.seconds(3_600))
        let quiet = await scenario.run(rows)
        #expect(quiet.calls <= 2)
        #expect(quiet.buckets.notAContact == strangers)
        scenario.clock.advance(.seconds(3_600))
        try scenario.transport.withAccount { [now = scenario.clock.now] in
            try $0.put("user11@example.com", .subscribed, at: .init(seconds: now))
        }
        scenario.clock.advance(.seconds(3_600))
        let report = await scenario.run(rows)
        #expect(report.segments[0].added == 1)
        #expect(report.buckets.inSegment == 11)
        #expect(report.buckets.total == report.rows)
        #expect(scenario.members().contains("user11@example.com"))
    }

    @Test("cost nothing when calls have room for them anyway")
    func room() async throws {
        let scenario = try Scenario(contacts: addresses(0..<20))
        await scenario.run(users(0..<10) + users(500..<600))
        #expect(await scenario.run(users(0..<11) + users(500..<600)).calls == 2)
    }

    @Test("do not count as entering when they are asked for again: neither safeguards nor the review hook take fright")
    func notEntering() async throws {
        let scenario = try Scenario(contacts: addresses(0..<40))
        await scenario.run(users(0..<20) + users(500..<600))
        let seen = Mutex(-1)
        let hooks = ScriptedHooks(review: { plan in
            seen.withLock { $0 = plan.added }
            return .go
        })
        let report = await scenario.run(
            users(0..<21) + users(500..<600), .init(hooks: hooks, safeguards: Safeguards(maxAdded: .percent(10))))
        #expect(report.outcome == .done, "\(report.error?.message ?? "")")
        #expect(seen.withLock { $0 } == 1)
        #expect(report.segments[0].added == 1)
        let stopped = await scenario.run(users(0..<40) + users(500..<600), .init(safeguards: Safeguards(maxAdded: .percent(10))))
        #expect(stopped.error?.code == "safeguards.additions")
    }

    @Test("are forgotten when nobody wants them any more")
    func forgotten() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<14))
        let report = await scenario.run(users(0..<10))
        #expect(report.calls == 1)
        #expect(report.buckets.notAContact == 0)
        let key = SegmentKey(endpoint: "http://127.0.0.1:1/3.0", audience: Scenario.audience, activation: "vip")
        #expect(try scenario.ledger.segment(key)?.waiting == 0)
    }
}
