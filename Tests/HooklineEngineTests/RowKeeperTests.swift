import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support
import Testing

@Suite("The rows of a run")
struct RowKeeperTests {
    private static let rows =
        users(0..<8) + users(0..<2) + [("", "FR"), ("nobody", "FR")] + users(20..<23) + users(3..<4, "DE") + users(30..<32, "IT")

    private static let hooks = ScriptedHooks(row: { batch, row in
        batch.columns[2].text(row) == "DE" ? .drop("not in France") : .keep
    })

    private static let rules = Condition.test(.init(field: "country", operation: .notEqual, value: .scalar("IT")))

    private func rows(of run: String, _ ledger: InMemoryLedger) throws -> [RowBucket: [KeptRow]] {
        var kept: [RowBucket: [KeptRow]] = [:]
        for bucket in RowBucket.allCases { try ledger.forEachRow(of: run, in: bucket) { kept[bucket, default: []].append($0) } }
        return kept
    }

    @Test("are kept by where they ended, as many as the buckets count, with the addresses that may be kept")
    func buckets() async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let report = await scenario.run(Self.rows, .init(hooks: Self.hooks, rules: Self.rules))
        let kept = try rows(of: report.run, scenario.ledger)
        for bucket in RowBucket.allCases { #expect(kept[bucket]?.count ?? 0 == bucket.count(in: report.buckets), "\(bucket)") }
        #expect(kept[.duplicate]?.map(\.row) == [9, 10] && kept[.duplicate]?.map(\.address) == addresses(0..<2))
        #expect(kept[.noEmail] == [KeptRow(row: 11, key: "11")])
        #expect(kept[.badEmail] == [KeptRow(row: 12, key: "12", address: "nobody")])
        #expect(kept[.notAContact]?.map(\.row) == [13, 14, 15] && kept[.notAContact]?.map(\.address) == addresses(20..<23))
        #expect(kept[.droppedByHook] == [KeptRow(row: 16, key: "16", reason: "not in France")])
    }

    @Test("are also those who only wait, and not those who became contacts", arguments: [3, 700])
    func waiting(_ strangers: Int) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        let wanted = users(0..<(10 + strangers))
        await scenario.run(wanted)
        scenario.clock.advance(.seconds(3_600))
        try scenario.transport.withAccount { [now = scenario.clock.now] in
            try $0.put("user11@example.com", .subscribed, at: .init(seconds: now))
        }
        scenario.clock.advance(.seconds(3_600))
        let report = await scenario.run(wanted)
        let kept = try rows(of: report.run, scenario.ledger)[.notAContact] ?? []
        #expect(kept.count == strangers - 1 && kept.count == report.buckets.notAContact)
        #expect(!kept.contains { $0.address == "user11@example.com" } && kept.allSatisfy { $0.address != nil })
    }

    @Test("are also members that a refresh finds to be contacts no more", arguments: RunOptions.Refresh.allCases)
    func refresh(_ how: RunOptions.Refresh) async throws {
        let scenario = try Scenario(contacts: addresses(0..<10))
        await scenario.run(users(0..<10))
        try scenario.transport.withAccount { [now = scenario.clock.now] in
            try $0.put("user3@example.com", .archived, at: .init(seconds: now))
        }
        let report = await scenario.run(users(0..<10), .init(options: RunOptions(refresh: how)))
        #expect(report.buckets.notAContact == 1)
        #expect(try rows(of: report.run, scenario.ledger)[.notAContact]?.map(\.row) == [4])
    }

    @Test("of labels are kept once, and those of a run that was stopped as it would have gone")
    func labels() async throws {
        let scenario = try Scenario(contacts: addresses(0..<4))
        let report = await scenario.breakDown(users(0..<6, "FR,IT"))
        #expect(try rows(of: report.run, scenario.ledger)[.notAContact]?.map(\.row) == [5, 6])
        let stopped = await scenario.run(
            users(3..<6, "FR"), .init(hooks: ScriptedHooks.labelling(), safeguards: Safeguards(maxRemoved: .percent(10), minSize: 2)))
        #expect(stopped.outcome == .stopped && stopped.buckets.notAContact == 2)
        #expect(try rows(of: stopped.run, scenario.ledger)[.notAContact]?.map(\.row) == [2, 3])
    }

    @Test("are not kept of a plan, a dry run or an undo")
    func none() async throws {
        let scenario = try Scenario(contacts: addresses(0..<4))
        let run = await scenario.run(users(0..<6))
        let earlier = try #require(try scenario.ledger.run(run.run))
        let undo = await scenario.runner().undo(earlier)
        #expect(try undo.outcome == .done && rows(of: undo.run, scenario.ledger).isEmpty)
        _ = try await scenario.runner(users(0..<6)).plan()
        #expect(try scenario.ledger.history(of: "vip", limit: 9).count == 2)
    }

    @Test("that nobody can write are a warning, and the run is done")
    func failure() async throws {
        let scenario = try Scenario(contacts: addresses(0..<4))
        let report = await scenario.run(
            users(0..<4),
            .init(
                hooks: ScriptedHooks(report: { _ in
                    scenario.ledger.failNext(1)
                    return nil
                })))
        #expect(report.outcome == .done && report.warnings.count == 1)
        #expect(try scenario.ledger.run(report.run)?.outcome == .done)
    }

    @Test("who would enter have their numbers and keys in a plan; who leave, and who is only asked again, have not")
    func people() async throws {
        let scenario = try Scenario(contacts: addresses(0..<30))
        await scenario.run(users(0..<10) + users(40..<43))
        var runner = scenario.runner(users(2..<14) + users(40..<43))
        let keeper = RowKeeper()
        runner.dependencies.keeper = keeper
        let report = try await runner.plan().plan.asReport(stop: nil, seconds: 0, startedAt: 0)
        let people = try PlanPeople(report, keeper, limit: 3)
        #expect(people.entering.map(\.row) == [9, 10, 11] && people.entering.map(\.key) == ["9", "10", "11"])
        #expect(people.enteringCount == 4 && people.leavingCount == 2)
        #expect(Set(people.leaving.map(\.address)) == Set(addresses(0..<2)) && people.leaving.allSatisfy { $0.row == nil })
        #expect(try PlanPeople(report, keeper, limit: nil).entering.map(\.address) == addresses(10..<14))
    }
}
