import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support

/// A shop, its audience, and its ledger, all in memory: what a test changes between runs.
final class Scenario: Sendable {
    static let columns = [Column("id", .integer), Column("email", .text), Column("country", .text)]
    static let audience = SimulatorOptions.defaultAudience

    /// What a test changes about the activation, or about one run of it. Unless told otherwise, no safeguard stops a run.
    struct Setup {
        var options = RunOptions()
        var hooks: (any HookHost)?
        var rules: Condition?
        var consent: Condition?
        var oneRow: Model.OneRow?
        var expectations: [SourceExpectation] = []
        var primaryKeyLimit: Safeguards.Limit?
        var signals: (any SourceSignals)?
        var probe: SourceProbe?
        var safeguards = Safeguards(maxRemoved: .percent(100), maxShrunk: .percent(100))
        var adopt = false
        var name = "VIP"
        /// The row before which the source breaks.
        var breaksBefore: Int?
        var breakdown = Breakdown()
        var driftPolicy = DriftPolicy()
        var askAgain = AskAgainPolicy()
        var maxDuration: Int?
        /// The audience of the destination.
        var audience = Scenario.audience
        /// How many threads read and decide.
        var threads = 1
        var progress: @Sendable (Progress) -> Void = { _ in }
        /// What stands in for the rows.
        var source: (any RowSource)?
        var takeLease: @Sendable (_ activation: String, _ run: String) throws -> (any Sendable)? = { _, _ in nil }

        /// The activation that comes of it.
        var activation: Activation {
            var activation = Activation(
                name: "vip", folder: "/nowhere", file: "activations/vip/activation.yaml",
                source: SourceConfiguration(name: "shop", kind: .csv, path: "/nowhere/users.csv"), model: Model(primaryKey: "id"),
                segmentName: name, rules: rules,
                destination: Destination(name: "newsletter", credential: .apiKey(.literal("key")), audience: audience),
                emailField: "email", safeguards: safeguards, breakdown: breakdown, adopt: adopt)
            activation.consent = consent
            activation.model.oneRow = oneRow
            activation.model.expectations = expectations
            activation.model.probe = probe
            activation.model.primaryKeyLimit = primaryKeyLimit
            activation.driftPolicy = driftPolicy
            activation.askAgain = askAgain
            activation.maxDuration = maxDuration
            return activation
        }
    }

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
    func run(_ rows: [(String, String)], _ setup: Setup = Setup()) async -> RunReport { await runner(rows, setup).run() }

    /// A runner over rows of (address, country).
    func runner(_ rows: [(String, String)] = [], _ setup: Setup = Setup()) -> Runner {
        let clock = clock
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey(SimulatorOptions.defaultKey), baseURL: "http://127.0.0.1:1/3.0"),
            transport: transport,
            dependencies: Mailchimp.ClientDependencies(
                sleep: { clock.advance($0) }, uptime: { clock.uptime }, unixSeconds: { clock.now }, fraction: { 0.5 }))
        var dependencies = RunDependencies(
            source: setup.source ?? InMemorySource(users: rows, breaksBefore: setup.breaksBefore), hooks: setup.hooks, ledger: ledger,
            now: { clock.now }, stopwatch: { 0 }, takeLease: setup.takeLease, progress: setup.progress)
        dependencies.threads = setup.threads
        dependencies.signals = setup.signals
        return Runner(activation: setup.activation, options: setup.options, client: client, dependencies: dependencies)
    }

    /// The members of the segment of that name at Mailchimp, sorted.
    func members(of name: String = "VIP") -> [String] {
        transport.withAccount { $0.segmentViews.first { $0.name == name }?.members.map { $0.lowercased() }.sorted() ?? [] }
    }

    /// What the account was asked so far.
    var journal: Journal { transport.withAccount { $0.journal } }
}
