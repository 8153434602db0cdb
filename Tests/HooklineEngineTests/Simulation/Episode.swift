import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization

/// Some runs of one activation under one seed, in bad weather and with sudden deaths, with others at work in the same account, and a
/// last one in good weather; and what must hold after that.
///
/// Everything follows from the seed: rows, contacts, faults, deaths, jumps of the clock, what others do. One call is under way at a
/// time, so that a seed always tells the same story.
struct Episode {
    let seed: UInt64
    let sabotage: Sabotage?

    private let account: SimulatedTransport
    private let clock = TestClock()
    private let ledger = InMemoryLedger()
    private var random: SeededGenerator
    private let size: Int
    private let hasLabels: Bool
    private let deletesEmpty: Bool
    private let hasUnstablePages: Bool
    private var rows: [(String, String)] = []
    private(set) var story: [String] = []
    private var complaints: [String] = []
    /// Segments that others made, with their members.
    private var foreign: [String: Set<String>] = [:]
    private var names = "VIP"
    private var runs = 0

    init(seed: UInt64, sabotage: Sabotage? = nil) throws {
        self.seed = seed
        self.sabotage = sabotage
        var random = SeededGenerator(seed: seed)
        size = Int.random(in: 0..<20, using: &random) == 0 ? 1_300 : Int.random(in: 12...50, using: &random)
        hasLabels = Int.random(in: 0..<4, using: &random) == 0
        deletesEmpty = Bool.random(using: &random)
        var options = SimulatorOptions()
        options.seed = seed
        options.behaviour.unknownHalf = Bool.random(using: &random) ? .refusesAll : .isIgnored
        options.behaviour.errorCount = Bool.random(using: &random) ? .messages : .addresses
        options.behaviour.memberCountLag = Bool.random(using: &random) ? .zero : .seconds(600)
        options.behaviour.unstablePages = Int.random(in: 0..<3, using: &random) == 0
        options.behaviour.plainRefusals = Bool.random(using: &random)
        hasUnstablePages = options.behaviour.unstablePages
        let contacts = (0..<size).filter { _ in Int.random(in: 0..<10, using: &random) > 0 }
        options.contacts = .these(
            contacts.map { ("user\($0)@example.com", ContactStatus.subscribed) } + [("stranger@example.com", .subscribed)])
        let clock = clock
        account = try SimulatedTransport(options, now: { clock.now })
        self.random = random
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// Plays it, and says what did not hold.
    mutating func play() async throws -> [String] {
        for _ in 0..<Int.random(in: 2...5, using: &random) {
            changeRows()
            if chance(40) { try await meddle() }
            if chance(20) { changeContacts() }
            jump()
            _ = try await run(isLast: false)
        }
        changeRows()
        try removeObstacles()
        // Long enough for counts to have settled.
        clock.advance(.seconds(7_200))
        try await finish()
        return complaints
    }

    /// The last run in good weather, and one more that must find nothing to do.
    private mutating func finish() async throws {
        let report = try await run(isLast: true)
        guard report.outcome == .done || report.outcome == .partial else {
            return complain("the last run ended as \(report.outcome.rawValue): \(report.error?.message ?? "")")
        }
        checkMembers()
        let before = account.withAccount { $0.journal.total }
        let idle = try await run(isLast: true, reconciles: false)
        if idle.segments.contains(where: { $0.added + $0.removed > 0 }) { complain("a run without changes changed something") }
        let calls = account.withAccount { $0.journal.total } - before
        // A look, and at most one call to ask again for those who were no contacts; with labels a page of changed contacts, and a call for
        // each segment that waits for one of them. Pages that move make a look at the members seem due once more.
        let least = 2 + (hasLabels ? 1 + idle.segments.count : 0) + (hasUnstablePages ? 2 * idle.segments.count : 0)
        if calls > least { complain("a run without changes cost \(calls) calls: \(recent(calls))") }
        checkMembers()
        let journal = account.withAccount { $0.journal }
        if journal.contactsCreatedThroughAPI + journal.contactsChangedThroughAPI > 0 { complain("contacts were made or changed") }
        for (name, members) in foreign where membersAtMailchimp(name) != members {
            complain("the members of somebody else's '\(name)' were changed")
        }
        let ours = try ledger.segments(of: "vip").filter { $0.mailchimpID != nil }.count
        let there = account.withAccount { $0.segmentViews.count }
        if there != ours + foreign.count { complain("\(there) segments are there, of which \(ours) are ours and \(foreign.count) others'") }
    }

    /// What the account was asked, all runs together.
    var calls: [String: Int] { account.withAccount { $0.journal.calls } }

    /// What the last calls were that the account was asked.
    private func recent(_ calls: Int) -> String {
        let kinds = account.withAccount { $0.journal.calls }
        return "\(kinds), pages \(hasUnstablePages ? "unstable" : "stable")"
    }

    private mutating func complain(_ what: String) { complaints.append(what) }

    // MARK: The world

    private mutating func changeRows() {
        let labels = ["FR", "BE", "", "FR,BE"]
        let share = Int.random(in: 10...95, using: &random)
        rows = (0..<(size + size / 4)).compactMap { number in
            guard chance(share) else { return nil }
            return ("user\(number)@example.com", hasLabels ? labels.randomElement(using: &random) ?? "" : "FR")
        }
        if rows.isEmpty { rows = [("user0@example.com", "FR")] }
        rows.shuffle(using: &random)
        if chance(20) { rows.append(rows[0]) }
        if chance(20) { rows.append(("", "FR")) }
        names = chance(15) ? "VIP \(Int.random(in: 1...3, using: &random))" : names
    }

    private mutating func changeContacts() {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let number = Int.random(in: 0..<(size + size / 4), using: &random)
            let status = [ContactStatus.subscribed, .archived, .unsubscribed, .cleaned].randomElement(using: &random) ?? .subscribed
            let instant = SimulatedInstant(seconds: clock.now)
            try? account.withAccount { try $0.put("user\(number)@example.com", status, at: instant) }
        }
        story.append("contacts change")
    }

    private mutating func jump() {
        let hours = [0, 0, 1, 3, 30, -1, -2].randomElement(using: &random) ?? 0
        clock.advance(.seconds(hours * 3_600 + Int.random(in: 1...900, using: &random)))
        if hours < 0 { story.append("the clock goes back by \(-hours) h") }
    }

    /// Somebody works in the account by hand.
    private mutating func meddle() async throws {
        let client = client(MortalTransport.Weather(), Life(steps: nil), wanted: [:]).client
        let ours = try ledger.segments(of: "vip").compactMap(\.mailchimpID)
        let there = account.withAccount { $0.segmentViews.map(\.id) }
        guard let id = ours.filter(there.contains).randomElement(using: &random) else { return }
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1:
            let some = (0..<3).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" }
            let others = (0..<3).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" }.filter { !some.contains($0) }
            story.append("somebody edits the members of \(id)")
            if let batch = MemberBatch(add: some, remove: others) {
                _ = try await client.changeMembers(audience: Scenario.audience, segment: id, batch: batch)
            }
        case 2:
            story.append("somebody renames \(id)")
            _ = try? await client.renameSegment(audience: Scenario.audience, id: id, name: "Mine \(id)")
        case 3:
            story.append("somebody deletes \(id)")
            try await client.deleteSegment(audience: Scenario.audience, id: id)
        default:
            let name = "VIP \(Int.random(in: 1...3, using: &random))"
            guard let made = try? await client.createSegment(audience: Scenario.audience, name: name) else { return }
            story.append("somebody makes '\(name)' (\(made.id))")
            let batch = MemberBatch(add: ["stranger@example.com"])
            if let batch { _ = try await client.changeMembers(audience: Scenario.audience, segment: made.id, batch: batch) }
            foreign[name] = ["stranger@example.com"]
        }
    }

    /// The last run must not stop because somebody has the name that it wants: that is right, and not what is looked at here.
    private mutating func removeObstacles() throws {
        names = "VIP"
    }

    // MARK: A run

    private func client(
        _ weather: MortalTransport.Weather, _ life: Life, wanted: [String: Set<String>], sabotage: Sabotage? = nil, seed: UInt64 = 0
    ) -> (client: MailchimpClient, transport: MortalTransport) {
        let clock = clock
        let chance = SeededChance(seed: seed ^ 0xC4A7)
        let transport = MortalTransport(
            account, clock: clock, ledger: ledger, life: life, weather: weather, sabotage: sabotage, seed: seed, wanted: wanted)
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(
                credential: .apiKey(SimulatorOptions.defaultKey), baseURL: "http://127.0.0.1:1/3.0", connections: 1),
            transport: transport,
            dependencies: Mailchimp.ClientDependencies(
                sleep: { clock.advance($0) }, uptime: { clock.uptime }, unixSeconds: { clock.now },
                fraction: { chance.fraction() }))
        return (client, transport)
    }

    private mutating func run(isLast: Bool, reconciles: Bool = true) async throws -> RunReport {
        runs += 1
        var weather = MortalTransport.Weather()
        var steps: Int?
        var options = RunOptions()
        options.reconciles = isLast ? reconciles : chance(15)
        var breaks: Int?
        if !isLast {
            if chance(70) {
                weather.faultRate = Double.random(in: 0.02...0.4, using: &random)
                weather.kinds = SimulatorOptions.Fault.Kind.allCases.filter { _ in Bool.random(using: &random) }
                weather.lyingTotals = chance(30) ? 0.3 : 0
            }
            if chance(50) { steps = Int.random(in: 0...40, using: &random) }
            if chance(15) { options.refresh = Bool.random(using: &random) ? .recreate : .reset }
            if chance(10) { breaks = Int.random(in: 1...max(1, rows.count), using: &random) }
        }
        // An undo goes against the rows; the run after it goes with them again.
        let earlier = !isLast && chance(12) ? try ledger.history(of: "vip", limit: 1).first : nil
        let life = Life(steps: steps)
        let (client, transport) = client(
            weather, life, wanted: earlier == nil ? wanted() : [:], sabotage: sabotage, seed: seed &+ UInt64(runs) &* 7_919)
        let runner = runner(client, life, options, breaks)
        let before = client.statistics
        let report = if let earlier { await runner.undo(earlier) } else { await runner.run() }
        if life.isOver { ledger.processDied() }
        story.append(
            "run \(runs): \(earlier.map { "back of \($0.run)" } ?? "\(rows.count) rows")\(breaks.map { ", breaks before \($0)" } ?? ""), \(report.kind.rawValue) \(life.isOver ? "killed" : report.outcome.rawValue) \(report.error?.code ?? "")"
        )
        complaints += transport.violations.map { "run \(runs): \($0)" }
        check(report, life, isClean: isLast, calls: client.statistics.calls - before.calls, retries: client.statistics.retries)
        return report
    }

    private func runner(_ client: MailchimpClient, _ life: Life, _ options: RunOptions, _ breaks: Int?) -> Runner {
        let cells: [[Cell]] = rows.enumerated().map { number, row in
            [.integer(Int64(number + 1)), row.0.isEmpty ? .null : .text(row.0), row.1.isEmpty ? .null : .text(row.1)]
        }
        let activation = Activation(
            name: "vip", folder: "/nowhere", file: "activations/vip/activation.yaml",
            source: SourceConfiguration(name: "shop", kind: .csv, path: "/nowhere/users.csv"), model: Model(primaryKey: "id"),
            segmentName: names,
            destination: Destination(name: "newsletter", credential: .apiKey(.literal("key")), audience: Scenario.audience, connections: 1),
            emailField: "email", safeguards: Safeguards(maxRemoved: .percent(100), maxShrunk: .percent(100)),
            breakdown: Breakdown(deleteEmpty: deletesEmpty))
        let (clock, run) = (clock, "run-\(runs)")
        var source: any RowSource = InMemorySource(Scenario.columns, rows: cells, breaksBefore: breaks)
        if sabotage == .takesBrokenSourceForWhole, let breaks {
            source = InMemorySource(Scenario.columns, rows: Array(cells.prefix(breaks - 1)))
        }
        if sabotage == .miscounts { source = InflatedSource(source) }
        return Runner(
            activation: activation, options: options, client: client,
            dependencies: RunDependencies(
                source: source, hooks: hasLabels ? ScriptedHooks.labelling() : nil,
                ledger: MortalLedger(ledger, life, sabotage: sabotage), now: { clock.now }, stopwatch: { 0 }, makeIdentifier: { _ in run }))
    }

    // MARK: What must hold

    private mutating func check(_ report: RunReport, _ life: Life, isClean: Bool, calls: Int, retries: Int) {
        if report.rows > 0, report.buckets.total != report.rows {
            complain("run \(runs): the buckets hold \(report.buckets.total) of \(report.rows) rows")
        }
        guard isClean, report.outcome == .done else { return }
        // What the changes need, a look or two, and the pages of every segment's members, read twice where totals disagree.
        let batches = report.segments.reduce(0) {
            $0 + MemberBatch.count(adding: size * 2, removing: size * 2) + ($1.added + $1.removed > 0 ? 3 : 0)
        }
        let least = 3 + report.segments.count * (4 + size / 400) + batches * 2
        if calls - retries > least { complain("run \(runs): \(calls) calls, where \(least) are enough") }
        if retries > 0 { complain("run \(runs): calls were repeated in good weather") }
    }

    /// Whom the rows want in the segment of each label; the segment itself is under "".
    private func wanted() -> [String: Set<String>] {
        var wanted: [String: Set<String>] = [:]
        var seen: Set<String> = []
        for (address, labels) in rows where !address.isEmpty && seen.insert(address).inserted {
            for label in hasLabels && !labels.isEmpty ? labels.split(separator: ",") : [""] {
                wanted[String(label), default: []].insert(address)
            }
        }
        return wanted
    }

    private mutating func checkMembers() {
        let wanted = Dictionary(uniqueKeysWithValues: wanted().map { ($0.isEmpty ? names : "\(names) · \($0)", $1) })
        for view in account.withAccount({ $0.segmentViews }) where foreign[view.name] == nil {
            // Who is archived is out of sight for every call, and comes back with all tags.
            let there = Set(view.members.map { $0.lowercased() }).filter { address in
                account.withAccount { account in account.status(of: address) != .archived }
            }
            let wish = wanted[view.name] ?? []
            if let one = there.subtracting(wish).sorted().first { complain("\(one) is in '\(view.name)' and no row wants that") }
        }
        for (name, wish) in wanted {
            let missing = wish.subtracting(membersAtMailchimp(name)).filter { isAddable($0) }
            if let one = missing.sorted().first { complain("\(one) is missing in '\(name)'") }
        }
    }

    private func membersAtMailchimp(_ name: String) -> Set<String> {
        account.withAccount { account in Set((account.segmentViews.first { $0.name == name }?.members ?? []).map { $0.lowercased() }) }
    }

    private func isAddable(_ address: String) -> Bool {
        account.withAccount { account in
            [.subscribed, .pending, .transactional].contains { account.status(of: address) == $0 }
        }
    }
}
