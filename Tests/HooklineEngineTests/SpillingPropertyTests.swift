import Foundation
import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("A run that puts on disk what memory should not hold")
struct SpillingPropertyTests {
    @Test("plans and does the same as one that keeps everything in memory, whatever happened before", arguments: UInt64(1)...200)
    func equality(seed: UInt64) async throws {
        var stories = [try Story(seed: seed), try Story(seed: seed)]
        let (inMemory, spilled) = (try await stories[0].play(nil), try await stories[1].play(Int(seed % 23)))
        for (one, other) in zip(inMemory, spilled) { #expect(one == other, "seed \(seed)") }
        #expect(inMemory.count == spilled.count)
    }

    @Test("sends nothing and records nothing when there is no room for it", arguments: [0, 3_000])
    func full(room: Int) async throws {
        let scenario = try await Scenario.after(0..<40, contacts: 100)
        let (before, calls) = (scenario.members(), scenario.journal.calls.filter { $0.key.hasPrefix("POST") })
        var runner = scenario.runner(users(20..<90))
        runner.dependencies.spilling = Spilling(threshold: 10) { InMemoryScratch(room: room) }
        let report = await runner.run()
        #expect(report.outcome == .failed)
        #expect(scenario.members() == before && scenario.journal.calls.filter { $0.key.hasPrefix("POST") } == calls)
        #expect(await scenario.run(users(20..<90)).outcome == .done)
        #expect(scenario.members() == addresses(20..<90).sorted())
    }

    @Test("lets everybody leave when there is no row at all", arguments: [0, 3, 100])
    func empty(threshold: Int) async throws {
        let scenario = try await Scenario.after(0..<20)
        var runner = scenario.runner([])
        runner.dependencies.spilling = Spilling(threshold: threshold) { InMemoryScratch() }
        let segment = try await runner.plan().plan.segments[0]
        #expect(segment.membersBefore == 20 && segment.leaving == 20)
        #expect(try Set(segment.removes.addresses(0..<segment.removes.count)) == Set(addresses(0..<20)))
    }

    @Test("makes the same plan with any number of threads, byte for byte")
    func threads() async throws {
        var plans: [[UInt8]] = []
        for threads in [1, 2, 8] {
            let scenario = try await Scenario.after(0..<500, contacts: 3_000)
            var runner = scenario.runner(users(200..<3_000) + users(2_900..<3_000))
            (runner.dependencies.spilling, runner.dependencies.threads) = (Spilling(threshold: 300) { InMemoryScratch() }, threads)
            var plan = try await runner.plan().plan
            plan.run = ""
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            plans.append(Array(try encoder.encode(plan)))
        }
        #expect(plans[0].count > 2_000 * 20)
        #expect(plans[1] == plans[0] && plans[2] == plans[0])
    }

    @Test("keeps in memory no more than it should, and lists who enters in the order of hashes")
    func order() async throws {
        let scenario = try Scenario(contacts: [])
        let scratch = InMemoryScratch()
        var runner = scenario.runner(users(0..<2_000))
        runner.dependencies.spilling = Spilling(threshold: 100) { scratch }
        let plan = try await runner.plan().plan
        let adds = plan.segments[0].adds
        #expect(adds.count == 2_000 && adds.rest.isEmpty && scratch.size > 2_000 * 60)
        #expect(try adds.list().hashes == adds.list().hashes.sorted())
        #expect(try Set(adds.addresses(0..<2_000)) == Set(addresses(0..<2_000)))
    }
}

/// Some runs that follow from a seed, of which the last one may spill.
private struct Story {
    private var random: SeededGenerator
    private let scenario: Scenario
    private let size: Int
    private let stranger = "stranger@example.com"
    private let setup: Scenario.Setup

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        size = seed.isMultiple(of: 25) ? 1_400 : Int.random(in: 5...70, using: &random)
        var options = SimulatorOptions()
        let size = size
        func some(_ count: Int, _ random: inout SeededGenerator) -> Set<String> {
            Set((0..<count).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" })
        }
        if Int.random(in: 0..<3, using: &random) == 0 { options.behaviour.refused = some(Int.random(in: 1...4, using: &random), &random) }
        if Int.random(in: 0..<3, using: &random) == 0 { options.behaviour.unremovable = some(2, &random) }
        let share = Int.random(in: 2...10, using: &random)
        scenario = try Scenario(
            contacts: addresses((0..<size).filter { _ in Int.random(in: 0..<10, using: &random) < share }) + [stranger], options: options)
        var setup = Scenario.Setup()
        if Int.random(in: 0..<3, using: &random) == 0 {
            setup.consent = .test(.init(field: "country", operation: .notEqual, value: .scalar("LU")))
        }
        if Int.random(in: 0..<2, using: &random) == 0 {
            setup.rules = .test(.init(field: "country", operation: .notEqual, value: .scalar("BE")))
        }
        if Int.random(in: 0..<2, using: &random) == 0 {
            let salt = Int.random(in: 0..<5, using: &random)
            setup.hooks = ScriptedHooks(row: { batch, row in
                switch (batch.rowNumbers[row] + salt) % 13 {
                case 0: .drop("unlucky")
                case 1: .keepAs("User\(batch.rowNumbers[row] % size)@Example.com")
                case 2: .keepAs("not one")
                case 3: .clear
                default: .keep
                }
            })
        }
        self.setup = setup
        self.random = random
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// Rows in which addresses and keys repeat.
    private mutating func source() -> InMemorySource {
        let share = Int.random(in: 10...95, using: &random)
        var rows: [[Cell]] = []
        for number in 0..<size where chance(share) {
            for _ in 0..<(chance(15) ? Int.random(in: 2...3, using: &random) : 1) {
                let key = chance(5) ? Cell.null : .integer(Int64(chance(10) ? Int.random(in: 0..<size, using: &random) : number))
                let address = chance(4) ? Cell.null : .text(chance(4) ? "nobody" : "User\(number)@example.com")
                rows.append([key, address, .text(chance(20) ? (chance(50) ? "LU" : "BE") : "FR")])
            }
        }
        rows.shuffle(using: &random)
        return InMemorySource(Scenario.columns, rows: rows)
    }

    private mutating func meddle() async throws {
        let views = scenario.transport.withAccount { $0.segmentViews }
        guard let segment = views.first(where: { $0.name == "VIP" }) else { return }
        let client = scenario.runner([]).client
        let gone = segment.members.filter { _ in chance(15) }
        if let batch = MemberBatch(add: chance(50) ? [stranger] : ["user0@example.com"], remove: Array(gone.prefix(400))) {
            _ = try? await client.changeMembers(audience: Scenario.audience, segment: segment.id, batch: batch)
        }
        if chance(10) { try? await client.deleteSegment(audience: Scenario.audience, id: segment.id) }
    }

    /// What the last run planned and did, after others; a run of `threshold` spills.
    mutating func play(_ threshold: Int?) async throws -> [String] {
        if chance(20) {
            _ = try? await scenario.runner([]).client.createSegment(audience: Scenario.audience, name: "VIP")
            try await meddle()
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            var runner = scenario.runner([], with(source(), RunOptions()))
            if chance(20) {
                await scenario.losingAnswers(spared: 1) { _ = await runner.run() }
            } else {
                _ = await runner.run()
            }
            runner.dependencies.keeper = nil
            if chance(40) { try await meddle() }
            if chance(40) {
                let number = Int.random(in: 0..<size, using: &random)
                try scenario.transport.withAccount { [now = scenario.clock.now] in
                    try $0.put("user\(number)@example.com", chanceStatus(number), at: .init(seconds: now))
                }
            }
            scenario.clock.advance(.seconds(Int.random(in: 60...200_000, using: &random)))
        }
        var options = RunOptions()
        options.reconciles = chance(30)
        if chance(20) { options.refresh = chance(50) ? .recreate : .reset }
        options.adopt = true
        let runner = scenario.runner([], with(source(), options))
        return try await planned(runner, threshold) + done(runner, threshold)
    }

    private func chanceStatus(_ number: Int) -> ContactStatus { number.isMultiple(of: 2) ? .subscribed : .archived }

    private func with(_ source: InMemorySource, _ options: RunOptions) -> Scenario.Setup {
        var setup = setup
        setup.source = source
        setup.options = options
        setup.options.adopt = true
        return setup
    }

    private func spilling(_ threshold: Int?) -> Spilling? { threshold.map { Spilling(threshold: $0) { InMemoryScratch() } } }

    /// How many threads decide what was put on disk.
    private func threads(_ threshold: Int) -> Int { [1, 2, 8][threshold % 3] }

    private func planned(_ runner: Runner, _ threshold: Int?) async throws -> [String] {
        var runner = runner
        let keeper = RowKeeper()
        (runner.dependencies.spilling, runner.dependencies.keeper) = (spilling(threshold), keeper)
        if let threshold { runner.dependencies.threads = threads(threshold) }
        var (plan, stop): (Plan, RunFailure?)
        do { (plan, stop) = try await runner.plan() } catch { return ["\(error)"] }
        let report = plan.asReport(stop: stop, seconds: 0, startedAt: 0)
        let people = try PlanPeople(report, keeper, limit: nil)
        let shown = people.entering.map { "\($0.row ?? 0) \($0.key ?? "-") \($0.address)" }.sorted()
        plan.run = ""
        for index in plan.segments.indices {
            plan.segments[index].adds = PlannedAddresses(try plan.segments[index].adds.list().inHashOrder())
            plan.segments[index].removes = PlannedAddresses(try plan.segments[index].removes.list().inHashOrder())
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return [String(decoding: try encoder.encode(plan), as: UTF8.self), "\(shown)", stop?.text ?? "go"]
    }

    private func done(_ runner: Runner, _ threshold: Int?) async throws -> [String] {
        var runner = runner
        runner.dependencies.spilling = spilling(threshold)
        if let threshold { runner.dependencies.threads = threads(threshold) }
        runner.dependencies.makeIdentifier = { _ in "the-run" }
        var report = await runner.run()
        report.seconds = 0
        var facts = ["\(report)", "\(scenario.members())"]
        for bucket in RowBucket.allCases {
            try scenario.ledger.forEachRow(of: "the-run", in: bucket) { facts.append("\(bucket) \($0)") }
        }
        for segment in try scenario.ledger.segments(of: "vip") {
            try scenario.ledger.forEachMember(of: segment) { facts.append("\($0) \($1)") }
        }
        return facts
    }
}
