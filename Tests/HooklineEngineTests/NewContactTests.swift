import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization
import Testing

@Suite("Users who become contacts at any moment are in the segment soon after")
struct NewContactTests {
    private static let rows = users(0..<710)

    /// Ten contacts, and 700 others who are none; one more call does not hold them.
    private func scenario() async throws -> Scenario {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(Self.rows)
        scenario.clock.advance(.seconds(86_400))
        return scenario
    }

    /// Two clean runs later.
    private func settle(_ scenario: Scenario, _ rows: [(String, String)] = Self.rows) async {
        for _ in 1...2 {
            scenario.clock.advance(.seconds(86_400))
            await scenario.run(rows)
        }
    }

    @Test("between a saved plan and its application")
    func savedPlan() async throws {
        let scenario = try await scenario()
        let runner = scenario.runner(Self.rows)
        let plan = try await runner.plan().plan
        scenario.clock.advance(.seconds(20_000))
        try scenario.transport.signUp(addresses(20..<30))
        scenario.clock.advance(.seconds(20_000))
        #expect(await runner.apply(plan).outcome == .done)
        await settle(scenario)
        #expect(scenario.members().count == 20)
    }

    @Test("while a first run goes on for half an hour")
    func firstRun() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let next = Mutex(700)
        scenario.transport.beforeEachAnswer { [clock = scenario.clock, transport = scenario.transport] call in
            guard call.method == "POST" else { return }
            clock.advance(.seconds(1_800))
            let number = next.withLock {
                $0 -= 100
                return $0
            }
            // Their batches may have been answered already.
            try? transport.signUp(addresses(number..<(number + 10)))
        }
        await scenario.run(Self.rows)
        scenario.transport.beforeEachAnswer { _ in }
        await settle(scenario)
        #expect(scenario.members().count >= 30)
        let contacts = scenario.transport.withAccount { account in
            addresses(0..<710).filter { account.status(of: $0) == .subscribed }
        }
        #expect(scenario.members() == contacts.sorted())
    }

    @Test("before an undo that adds somebody again")
    func undo() async throws {
        let scenario = try await scenario()
        await scenario.run(Array(Self.rows.dropFirst()))
        scenario.clock.advance(.seconds(3_600))
        try scenario.transport.withAccount { [now = scenario.clock.now] in
            try $0.put("user0@example.com", .archived, at: SimulatedInstant(seconds: now))
        }
        try scenario.transport.signUp(addresses(20..<30))
        scenario.clock.advance(.seconds(7_200))
        #expect(try await scenario.undo().outcome == .done)
        await settle(scenario)
        #expect(scenario.members() == (addresses(1..<10) + addresses(20..<30)).sorted())
    }

    @Test("while clocks differ", arguments: [-7_200, -3_600, 3_600, 90_000] as [Int64])
    func clocks(_ ahead: Int64) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        scenario.transport.setClock(ahead: ahead)
        await scenario.run(Self.rows)
        for number in 20..<30 {
            scenario.clock.advance(.seconds(60))
            try scenario.transport.signUp(addresses(number..<(number + 1)))
            await scenario.run(Self.rows)
        }
        #expect(scenario.members().count >= 19)
        await settle(scenario)
        #expect(scenario.members().count == 20)
    }

    @Test("while Mailchimp's list of changes lags behind, as far as look_back goes", arguments: [(1_000, 3_600), (20_000, 30_000)])
    func lookBack(_ lag: Int64, _ lookBack: Int) async throws {
        let scenario = try await scenario()
        var setup = Scenario.Setup()
        setup.askAgain.lookBack = lookBack
        scenario.clock.advance(.seconds(lag))
        // Changed before the last look, and not listed by then.
        let before = SimulatedInstant(seconds: scenario.clock.now - lag)
        await scenario.run(Self.rows, setup)
        try scenario.transport.withAccount { try $0.put("user20@example.com", .subscribed, at: before) }
        await scenario.run(Self.rows, setup)
        #expect(scenario.members().contains("user20@example.com"))
    }

    @Test("when Mailchimp never lists the change: with --reconcile at once")
    func reconcile() async throws {
        let scenario = try await scenario()
        try scenario.transport.withAccount { try $0.put("user20@example.com", .subscribed, at: SimulatedInstant(seconds: 1)) }
        await scenario.run(Self.rows)
        #expect(!scenario.members().contains("user20@example.com"))
        var setup = Scenario.Setup()
        setup.options.reconciles = true
        await scenario.run(Self.rows, setup)
        #expect(scenario.members().contains("user20@example.com"))
    }

    @Test("when Mailchimp never lists the change: within 30 days, in calls that are full")
    func slowRound() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<5_010)
        var setup = Scenario.Setup()
        setup.driftPolicy.reconcileEvery = 365 * 86_400
        await scenario.run(rows, setup)
        try scenario.transport.withAccount { account in
            for address in addresses(1_000..<1_100) { try account.put(address, .subscribed, at: SimulatedInstant(seconds: 1)) }
        }
        var calls = 0
        for _ in 0..<(30 * 4) {
            scenario.clock.advance(.seconds(21_600))
            let report = await scenario.run(rows, setup)
            calls += report.calls - 2
            #expect(report.calls <= 4 && report.buckets.total == report.rows)
        }
        // Those who sit at the edge of the last call come with the next one.
        for _ in 1...3 {
            scenario.clock.advance(.seconds(86_400))
            await scenario.run(rows, setup)
        }
        #expect(scenario.members().count == 110)
        #expect(calls <= 20, "the fewest are 10")
    }

    @Test("and stand before those who are only asked again in a plan, which lists the first as entering")
    func order() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let rows = users(0..<5_010)
        await scenario.run(rows)
        scenario.clock.advance(.seconds(5 * 86_400))
        try scenario.transport.signUp(addresses(20..<23))
        let planned = try await scenario.runner(rows).plan().plan
        let segment = try #require(planned.segments.first)
        #expect(try #require(segment.askedAgain) >= 500)
        #expect(Set(segment.adds.rest.addresses(0..<segment.entering)) == Set(addresses(20..<23)))
    }

    @Test("after a first run that was cut off before anybody knew until when it had looked")
    func cutOff() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.losingAnswers(spared: 4) { await scenario.run(users(0..<2_510)) }
        #expect(report.outcome == .failed)
        try scenario.transport.withAccount { account in
            for address in addresses(10..<2_510) { try account.put(address, .subscribed, at: SimulatedInstant(seconds: 1)) }
        }
        await scenario.run(users(0..<2_510))
        #expect(scenario.members().count == 2_510)
    }

    @Test("and an unchanged segment costs two calls all the same")
    func calls() async throws {
        let scenario = try await scenario()
        await scenario.run(Self.rows)
        for _ in 1...5 {
            scenario.clock.advance(.seconds(3_600))
            #expect(await scenario.run(Self.rows).calls == 2)
        }
    }
}
