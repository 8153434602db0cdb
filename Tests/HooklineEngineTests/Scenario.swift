import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization

/// A shop, its audience and its ledger, all in memory: what a test changes between runs.
final class Scenario: Sendable {
    static let columns = [Column("id", .integer), Column("email", .text), Column("country", .text)]
    static let audience = SimulatorOptions.defaultAudience

    let ledger = InMemoryLedger()
    let transport: SimulatedTransport
    let clock: TestClock

    /// An audience of those contacts.
    init(contacts: [String], options: SimulatorOptions = SimulatorOptions()) throws {
        var options = options
        options.contacts = .these(contacts.map { ($0, .subscribed) })
        let clock = TestClock()
        self.clock = clock
        transport = try SimulatedTransport(options, now: { clock.now })
    }

    /// One run over rows of (address, country).
    @discardableResult
    func run(
        _ rows: [(String, String)], options: RunOptions = RunOptions(), hooks: (any HookHost)? = nil, rules: Condition? = nil,
        safeguards: Safeguards = Safeguards(maxRemoved: .percent(100), maxShrunk: .percent(100)), adopt: Bool = false, name: String = "VIP",
        breaksBefore: Int? = nil,
        breakdown: Breakdown = Breakdown(), driftPolicy: DriftPolicy = DriftPolicy()
    ) async -> RunReport {
        await runner(
            rows, options: options, hooks: hooks, rules: rules, safeguards: safeguards, adopt: adopt, name: name,
            breaksBefore: breaksBefore, breakdown: breakdown, driftPolicy: driftPolicy
        ).run()
    }

    /// A runner over rows of (address, country).
    func runner(
        _ rows: [(String, String)], options: RunOptions = RunOptions(), hooks: (any HookHost)? = nil, rules: Condition? = nil,
        safeguards: Safeguards = Safeguards(maxRemoved: .percent(100), maxShrunk: .percent(100)), adopt: Bool = false, name: String = "VIP",
        breaksBefore: Int? = nil,
        breakdown: Breakdown = Breakdown(), driftPolicy: DriftPolicy = DriftPolicy(), maxDuration: Int? = nil,
        source: (any RowSource)? = nil
    ) -> Runner {
        let cells: [[Cell]] = rows.enumerated().map { number, row in
            [.integer(Int64(number + 1)), row.0.isEmpty ? .null : .text(row.0), row.1.isEmpty ? .null : .text(row.1)]
        }
        let clock = clock
        var activation = Activation(
            name: "vip", folder: "/nowhere", file: "activations/vip/activation.yaml",
            source: SourceConfiguration(name: "shop", kind: .csv, path: "/nowhere/users.csv"), model: Model(primaryKey: "id"),
            segmentName: name, rules: rules,
            destination: Destination(name: "newsletter", credential: .apiKey(.literal("key")), audience: Self.audience),
            emailField: "email",
            safeguards: safeguards, breakdown: breakdown, adopt: adopt)
        activation.driftPolicy = driftPolicy
        activation.maxDuration = maxDuration
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey(SimulatorOptions.defaultKey), baseURL: "http://127.0.0.1:1/3.0"),
            transport: transport,
            dependencies: Mailchimp.ClientDependencies(
                sleep: { clock.advance($0) }, uptime: { clock.uptime }, unixSeconds: { clock.now }, fraction: { 0.5 }))
        return Runner(
            activation: activation, options: options, client: client,
            dependencies: RunDependencies(
                source: source ?? InMemorySource(Self.columns, rows: cells, breaksBefore: breaksBefore), hooks: hooks, ledger: ledger,
                now: { clock.now }, stopwatch: { 0 }))
    }

    /// The members of the segment of that name at Mailchimp, sorted.
    func members(of name: String = "VIP") -> [String] {
        transport.withAccount { $0.segmentViews.first { $0.name == name }?.members.map { $0.lowercased() }.sorted() ?? [] }
    }

    var journal: Journal { transport.withAccount { $0.journal } }
}

/// A clock that stands still until it is told.
final class TestClock: Sendable {
    private let seconds = Mutex<Double>(1_772_344_800)

    var now: Int64 { seconds.withLock { Int64($0) } }
    var uptime: Duration { .seconds(seconds.withLock { $0 }) }

    func advance(_ duration: Duration) {
        let parts = duration.components
        seconds.withLock { $0 += Double(parts.seconds) + Double(parts.attoseconds) / 1e18 }
    }
}

/// `user0@example.com` and on, as rows from France.
func users(_ numbers: some Sequence<Int>) -> [(String, String)] {
    numbers.map { ("user\($0)@example.com", "FR") }
}

/// The addresses of such users.
func addresses(_ numbers: some Sequence<Int>) -> [String] {
    numbers.map { "user\($0)@example.com" }
}
