import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("Mailchimp's count of members")
struct CountTests {
    /// A hundred members of three hundred contacts, three hours ago; the daily comparison is far away unless a test asks for it.
    private func scenario(_ behaviour: (inout SimulatorOptions.Behaviour) -> Void = { _ in }) async throws -> Scenario {
        var options = SimulatorOptions()
        behaviour(&options.behaviour)
        let scenario = try Scenario(contacts: addresses(0..<300), options: options)
        await scenario.run(users(0..<100))
        scenario.clock.advance(.seconds(10_800))
        return scenario
    }

    private func run(_ scenario: Scenario, _ numbers: some Sequence<Int>, daily: Bool = false, _ action: DriftPolicy.MemberAction = .mend)
        async -> RunReport
    {
        var policy = DriftPolicy()
        policy.onDrift = action
        if !daily { policy.reconcileEvery = 1_000_000_000 }
        return await scenario.run(users(numbers), .init(driftPolicy: policy))
    }

    private func tamper(_ scenario: Scenario, adding: [String] = [], removing: [String] = []) async throws {
        let batch = try #require(MemberBatch(add: adding, remove: removing))
        _ = try await scenario.runner().client.changeMembers(audience: Scenario.audience, segment: 1001, batch: batch)
    }

    private func reads(_ scenario: Scenario) -> Int {
        scenario.journal.calls.filter { $0.key.hasPrefix("GET") && $0.key.hasSuffix("members") }.values.reduce(0, +)
    }

    @Test("betrays two who were untagged by hand while every run adds one, in the next run")
    func busy() async throws {
        let scenario = try await scenario()
        for step in 1...4 {
            scenario.clock.advance(.seconds(1_800))
            #expect(await run(scenario, 0..<(100 + step)).warnings == [])
        }
        try await tamper(scenario, removing: addresses(3..<5))
        scenario.clock.advance(.seconds(1_800))
        let report = await run(scenario, 0..<105)
        #expect(report.warnings.map(\.code) == ["drift.members"])
        #expect(report.segments[0].members == 105)
        #expect(report.segments[0].believed == nil)
        #expect(scenario.members() == addresses(0..<105).sorted())
    }

    @Test("cannot betray one who went out while another came in: the daily comparison does")
    func swapped() async throws {
        let scenario = try await scenario()
        try await tamper(scenario, adding: addresses(299..<300), removing: addresses(3..<4))
        var told: [Int] = []
        for step in 1...48 {
            scenario.clock.advance(.seconds(1_800))
            if await run(scenario, 0..<(100 + step), daily: true).warnings.contains(where: { $0.code == "drift.members" }) {
                told.append(step)
            }
        }
        #expect(told.count == 1)
        #expect(scenario.members() == addresses(0..<148).sorted())
    }

    @Test("is no reason to read the members while it lags behind our own changes", arguments: 1...6)
    func lag(_ seed: UInt64) async throws {
        let scenario = try await scenario { $0.memberCountLag = .seconds(3_000) }
        var random = SeededGenerator(seed: seed)
        for _ in 1...60 {
            scenario.clock.advance(.seconds(Int.random(in: 60...2_400, using: &random)))
            let wanted = (0..<150).filter { $0 < 60 || Int.random(in: 0..<3, using: &random) > 0 }
            #expect(await run(scenario, wanted).warnings == [])
        }
        #expect(reads(scenario) == 0)
    }

    @Test("is no reason to read the members when a call without an answer took effect, or did not", arguments: [true, false])
    func unanswered(_ tookEffect: Bool) async throws {
        let scenario = try await scenario { $0.memberCountLag = .seconds(3_000) }
        let segment = try #require(try scenario.ledger.segments(of: "vip").first)
        try scenario.ledger.begin(run: "cut-off", activation: "vip", kind: .run, at: scenario.clock.now)
        let (adding, removing) = (addressList(100..<103), addressList(0..<2))
        try scenario.ledger.willChange(segment, adding: adding, removing: removing, run: "cut-off")
        scenario.ledger.processDied()
        if tookEffect { try await tamper(scenario, adding: addresses(100..<103), removing: addresses(0..<2)) }
        for step in 0..<12 {
            scenario.clock.advance(.seconds(900))
            #expect(await run(scenario, (0..<100).filter { step > 4 || $0 > 1 }).warnings == [])
        }
        #expect(reads(scenario) == 0)
        #expect(scenario.members() == addresses(0..<100).sorted())
    }

    @Test("that leaves out the unsubscribed makes one comparison for each change of their number, and no more")
    func unsubscribed() async throws {
        let scenario = try await scenario { $0.leavesOutUnsubscribed = true }
        func set(_ numbers: Range<Int>, _ status: ContactStatus) throws {
            for address in addresses(numbers) {
                try scenario.transport.withAccount { try $0.put(address, status, at: SimulatedInstant(seconds: scenario.clock.now)) }
            }
        }
        var expected = 0
        for change in [{ try set(0..<1, .unsubscribed) }, { try set(1..<3, .unsubscribed) }, { try set(0..<2, .subscribed) }] {
            try change()
            expected += 1
            for step in 0..<6 {
                scenario.clock.advance(.seconds(7_200))
                let report = await run(scenario, 0..<(100 + step % 2))
                #expect(report.warnings == [])
            }
            #expect(reads(scenario) == expected)
        }
        #expect(scenario.members().count == 101)
    }

    @Test("is reported beside the ledger's number where they differ")
    func differs() async throws {
        let scenario = try await scenario { $0.memberCountLag = .seconds(600) }
        let first = await run(scenario, 0..<101)
        #expect(first.segments[0].seen == SeenMembers(100, at: first.startedAt, by: .count))
        #expect(first.segments[0].believed == nil, "a hundred were seen, and Mailchimp confirmed the one more")
        let second = await run(scenario, 0..<102)
        #expect(second.segments[0].members == 102)
        #expect(second.segments[0].seen?.members == 100, "the count lags")
        #expect(second.segments[0].believed == true)
        let words = second.segments[0].membersText(isOnlyPlanned: false, since: second.startedAt)
        #expect(words == "102 members by the ledger (Mailchimp counted 100 before the run)")
        #expect(first.segments[0].membersText(isOnlyPlanned: false, since: first.startedAt) == "101 members")
    }

    @Test("is not asked by an undo, whose numbers are the ledger's")
    func undo() async throws {
        let scenario = try await scenario()
        let earlier = await run(scenario, 0..<103)
        let report = await scenario.runner().undo(earlier)
        #expect(report.segments[0].members == 100)
        #expect(report.segments[0].seen == nil && report.segments[0].believed == true)
    }

    @Test("may be an old one for a saved plan, and is marked so")
    func saved() async throws {
        let scenario = try await scenario()
        let plan = try await scenario.runner(users(0..<103)).plan().plan
        scenario.clock.advance(.seconds(60))
        let report = await scenario.runner(users(0..<103)).apply(plan)
        #expect(report.segments[0].members == 103 && report.segments[0].believed == true)
        #expect(
            report.segments[0].membersText(isOnlyPlanned: false, since: report.startedAt)
                == "103 members by the ledger (Mailchimp counted 100 for the plan)")
    }

    @Test("is not needed for a segment that the run made, or whose members were read")
    func made() async throws {
        let scenario = try Scenario(contacts: addresses(0..<300))
        let first = await scenario.run(users(0..<10))
        #expect(first.segments[0].seen?.by == .made && first.segments[0].believed == nil)
        var options = RunOptions()
        options.reconciles = true
        try await tamper(scenario, adding: addresses(20..<23), removing: addresses(0..<2))
        let second = await scenario.run(users(0..<10), .init(options: options))
        #expect(second.segments[0].seen == SeenMembers(11, at: second.startedAt, by: .read))
        #expect(second.segments[0].members == 10 && second.segments[0].believed == nil)
        try await tamper(scenario, removing: addresses(0..<2))
        var policy = DriftPolicy()
        policy.onDrift = .report
        let third = await scenario.run(users(0..<10), .init(options: options, driftPolicy: policy))
        #expect(third.segments[0].members == 10 && third.segments[0].believed == true)
        #expect(third.segments[0].seen?.members == 8)
    }

    @Test("does not hide additions without an answer, which are no members")
    func intents() async throws {
        let scenario = try await scenario()
        let segment = try #require(try scenario.ledger.segments(of: "vip").first)
        try scenario.ledger.begin(run: "cut-off", activation: "vip", kind: .run, at: scenario.clock.now)
        try scenario.ledger.willChange(segment, adding: addressList(100..<150), removing: AddressList(), run: "cut-off")
        scenario.ledger.processDied()
        #expect(try scenario.ledger.status()[0].segments.map { [$0.members, $0.adding] } == [[100, 50]])
        // A fifth of a hundred members may leave, not of a hundred and fifty.
        let setup = Scenario.Setup(safeguards: Safeguards(maxRemoved: .percent(20)))
        let stopped = await scenario.run(users(25..<100), setup)
        #expect(stopped.error?.message == "25 of 100 members would leave (limit 20%)")
        #expect(stopped.segments[0].unanswered == 50 && stopped.segments[0].believed == true)
        #expect(
            stopped.segments[0].membersText(isOnlyPlanned: true, since: stopped.startedAt)
                == "75 members then, by the ledger (Mailchimp counted 100 before the run)")
        let plan = try await scenario.runner(users(0..<100)).plan().plan
        #expect(plan.segments[0].membersBefore == 100 && plan.segments[0].leaving == 0 && plan.segments[0].unchanged == 100)
        let next = await run(scenario, 0..<100)
        #expect(next.segments[0].members == 100 && next.segments[0].unanswered == nil)
    }
}

/// The addresses of those users, with their hashes.
private func addressList(_ numbers: Range<Int>) -> AddressList {
    var list = AddressList()
    for address in addresses(numbers) { list.append(address) }
    return list
}
