import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support

/// Some runs of one activation under one seed, in bad weather and with sudden deaths, with others at work in the same account, and a
/// last one in good weather, after which the invariants must hold.
///
/// One call is in flight at a time, so that a seed always tells the same story.
struct Episode {
    let seed: UInt64
    let sabotage: Sabotage?
    private var world: World
    private var invariants = Invariants()
    private var runs = 0
    /// What runs saw of others' edits, and must be in a report in the end.
    private var toTell: [RunWarning] = []

    init(seed: UInt64, sabotage: Sabotage? = nil) throws {
        self.seed = seed
        self.sabotage = sabotage
        world = try World(seed: seed)
    }

    /// What happened.
    var story: [String] { world.story }
    /// What the account was asked, all runs together.
    var calls: [String: Int] { world.journal.calls }

    /// Plays it, and says what did not hold.
    mutating func play() async throws -> [String] {
        for _ in 0..<Int.random(in: 2...5, using: &world.random) {
            world.changeRows()
            if world.chance(40) {
                let (client, _) = client(MortalTransport.Weather(), Life(steps: nil), wanted: [:])
                try await world.meddle(through: client)
            }
            if world.chance(20) { world.changeContacts() }
            world.jump()
            try await run(isLast: false)
        }
        world.changeRows()
        world.takeFreeName()
        // Long enough for counts to have settled.
        world.clock.advance(.seconds(7_200))
        try await finish()
        return invariants.complaints
    }

    /// The last run in good weather, and one more that must find nothing to do.
    private mutating func finish() async throws {
        try await run(isLast: true, reconciles: false, signUpRate: 0.5)
        let contacts = world.addable
        for _ in 1...2 { try await run(isLast: true, reconciles: false, signUpRate: 0.5) }
        try invariants.checkNewContacts(contacts, in: world)
        let report = try await run(isLast: true)
        guard report.outcome == .done || report.outcome == .partial else {
            return invariants.complain("the last run ended as \(report.outcome.rawValue): \(report.failureText ?? "")")
        }
        invariants.checkMembers(in: world)
        let before = world.journal.total
        let idle = try await run(isLast: true, reconciles: false)
        invariants.checkIdle(idle, calls: world.journal.total - before, in: world)
        invariants.checkMembers(in: world)
        try invariants.checkOthers(in: world)
        try invariants.checkTold(toTell, in: world)
    }

    @discardableResult
    private mutating func run(isLast: Bool, reconciles: Bool = true, signUpRate: Double = 0) async throws -> RunReport {
        runs += 1
        var weather = MortalTransport.Weather()
        var steps: Int?
        var options = RunOptions()
        options.reconciles = isLast ? reconciles : world.chance(15)
        var breaks: Int?
        weather.signUpRate = signUpRate
        if !isLast {
            if world.chance(50) { weather.signUpRate = 0.1 }
            if world.chance(30) { weather.editRate = 0.1 }
            if world.chance(70) {
                weather.faultRate = Double.random(in: 0.02...0.4, using: &world.random)
                weather.kinds = SimulatorOptions.Fault.Kind.allCases.filter { _ in Bool.random(using: &world.random) }
                weather.lyingTotals = world.chance(30) ? 0.3 : 0
            }
            if world.chance(50) { steps = Int.random(in: 0...40, using: &world.random) }
            if world.chance(15) { options.refresh = Bool.random(using: &world.random) ? .recreate : .reset }
            if world.chance(10) { breaks = Int.random(in: 1...max(1, world.rows.count), using: &world.random) }
        }
        // An undo goes against the rows; the run after it goes with them again.
        let earlier = !isLast && world.chance(12) ? try world.ledger.history(of: "vip", limit: 1).first : nil
        let life = Life(steps: steps)
        let (client, transport) = client(
            weather, life, wanted: earlier == nil ? world.wanted : [:], sabotage: sabotage, seed: seed &+ UInt64(runs) &* 7_919)
        let runner = runner(client, life, options, breaks)
        let before = client.statistics
        let isSaved = !isLast && earlier == nil && world.chance(15)
        let report =
            if let earlier {
                await runner.undo(earlier)
            } else if isSaved, let plan = try? await runner.plan().plan {
                await applied(plan, runner)
            } else {
                await runner.run()
            }
        if life.isOver { world.ledger.processDied() }
        toTell += life.toTell
        let what = earlier.map { "undo of \($0.run)" } ?? "\(world.rows.count) rows"
        world.story.append(
            "run \(runs): \(what)\(breaks.map { ", breaks before \($0)" } ?? ""), \(report.kind.rawValue) \(life.isOver ? "killed" : report.outcome.rawValue) \(report.error?.code.rawValue ?? "")"
        )
        // Nobody gets the report of a process that died.
        if !life.isOver { invariants.checkNumbers(report, run: runs, transport.shown) }
        for violation in transport.violations { invariants.complain("run \(runs): \(violation)") }
        invariants.check(
            report, run: runs, in: world, isClean: isLast, calls: client.statistics.calls - before.calls, retries: client.statistics.retries
        )
        return report
    }

    /// Applies a plan that was made some time ago.
    private mutating func applied(_ plan: Plan, _ runner: Runner) async -> RunReport {
        world.story.append("the plan lies around")
        if world.chance(50) { world.changeContacts() }
        world.jump()
        return await runner.apply(plan)
    }

    private func client(
        _ weather: MortalTransport.Weather, _ life: Life, wanted: [String: Set<String>], sabotage: Sabotage? = nil, seed: UInt64 = 0
    ) -> (client: MailchimpClient, transport: MortalTransport) {
        let clock = world.clock
        let chance = SeededChance(seed: seed ^ 0xC4A7)
        let transport = MortalTransport(
            world.account, clock: clock, ledger: world.ledger, life: life, weather: weather, sabotage: sabotage, seed: seed,
            users: world.size + world.size / 4, wanted: wanted)
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(
                credential: .apiKey(SimulatorOptions.defaultKey), baseURL: "http://127.0.0.1:1/3.0", connections: 1),
            transport: transport,
            dependencies: Mailchimp.ClientDependencies(
                sleep: { clock.advance($0) }, uptime: { clock.uptime }, unixSeconds: { clock.now }, fraction: { chance.fraction() }))
        return (client, transport)
    }

    private func runner(_ client: MailchimpClient, _ life: Life, _ options: RunOptions, _ breaks: Int?) -> Runner {
        var activation = Scenario.Setup(name: world.name, breakdown: Breakdown(deleteEmpty: world.deletesEmpty)).activation
        activation.destination.connections = 1
        var rows = InMemorySource(users: world.rows, breaksBefore: breaks)
        if sabotage == .takesBrokenSourceForWhole, let breaks { rows = InMemorySource(users: Array(world.rows.prefix(breaks - 1))) }
        rows.rowsPerBatch = 5
        var source: any RowSource = rows
        if sabotage == .miscounts { source = InflatedSource(source) }
        let (clock, run) = (world.clock, "run-\(runs)")
        var dependencies = RunDependencies(
            source: source, hooks: world.hasLabels ? ScriptedHooks.labelling() : nil,
            ledger: MortalLedger(world.ledger, life, sabotage: sabotage, ourTime: { clock.now }), now: { clock.now }, stopwatch: { 0 },
            makeIdentifier: { _ in run })
        dependencies.spilling = world.threshold.map { threshold in
            Spilling(threshold: threshold) { InMemoryScratch { try life.step() } }
        }
        // The same story for any number.
        dependencies.threads = [1, 2, 4][runs % 3]
        return Runner(activation: activation, options: options, client: client, dependencies: dependencies)
    }
}
