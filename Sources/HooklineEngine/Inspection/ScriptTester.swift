import HooklineCore
import Mailchimp

/// The outcome of a test's run.
package struct ScriptTestOutcome: Sendable {
    /// The plan; nil if an error came first.
    package var plan: Plan?
    /// What would stop the run: a safeguard or the review hook.
    package var stop: RunFailure?
    package var error: RunFailure?
    /// What the `report` hook returned; nil if the test does not ask.
    package var note: String?
    package var fates: [RowFate] = []
    package var costs: [HookCost] = []
    package var log: [HookLogLine] = []
    /// Whether the source has more rows than were read.
    package var isCut = false

    /// The stop, unless it is a safeguard's: a sample is small, and safeguards meant for thousands would stop nearly every test.
    package var scriptStop: RunFailure? { stop.flatMap { $0.code.isSafeguard ? nil : $0 } }

    /// An outcome that is empty but for an error.
    package init(error: RunFailure? = nil) {
        self.error = error
    }
}

/// Runs one test: the real pipeline up to the plan, on a sample, with a ledger and an account that exist only for the test.
package struct ScriptTester: Sendable {
    private let activation: Activation
    private let test: ScriptTest
    private let source: any RowSource
    private let hooks: (any HookHost)?
    private let rows = RowRecorder(.all)
    private let identifier: String
    private let makeLedger: @Sendable () throws -> any Ledger

    /// The activation has the test's parameters, the source is its sample, and `makeLedger` makes the run's empty ledger. Scripts see
    /// `identifier` as the run's ID; nil for one that shows that it is a test.
    package init(
        activation: Activation, test: ScriptTest, source: any RowSource, hooks: (any HookHost)?, identifier: String? = nil,
        makeLedger: @escaping @Sendable () throws -> any Ledger
    ) {
        self.identifier = identifier ?? "test-\(test.seed)"
        self.makeLedger = makeLedger
        // A sample is neither fresh nor large, and has nothing to be trusted for.
        var activation = activation
        activation.model.expectations = []
        activation.model.primaryKeyLimit = .percent(100)
        self.activation = activation
        self.test = test
        self.source = source
        self.hooks = hooks
    }

    /// Runs the test; an error is part of the outcome.
    package func run() async -> ScriptTestOutcome {
        var outcome = ScriptTestOutcome()
        do {
            let ledger = try makeLedger()
            try fill(ledger)
            let (plan, stop) = try await runner(ledger).plan()
            outcome.plan = plan
            outcome.stop = stop
            if test.expectation.report != nil {
                outcome.note = try hooks?.report(plan.asReport(stop: outcome.scriptStop, seconds: 0, startedAt: test.now))
            }
        } catch {
            outcome.error = RunFailure(error)
        }
        outcome.log = hooks?.log ?? []
        outcome.fates = rows.entries(log: outcome.log).map(\.fate)
        outcome.costs = hooks?.costs ?? []
        return outcome
    }

    /// Records the segments from before the run, with their members.
    private func fill(_ ledger: any Ledger) throws {
        for (index, label) in ledgerLabels().enumerated() {
            let key = SegmentKey(
                endpoint: Self.endpoint, audience: activation.destination.audience, activation: activation.name, label: label)
            let name = name(of: label)
            let segment = try ledger.willCreate(key, name: name, now: test.now)
            try ledger.isLive(segment, mailchimpID: 1_001 + index, name: name, now: test.now)
            var members = AddressList()
            for address in test.members[label] ?? [] { members.append(EmailAddress.normalized(address)) }
            guard let live = try ledger.segment(key) else { continue }
            try ledger.takeOver(live, members: members.inHashOrder())
        }
    }

    private func runner(_ ledger: any Ledger) -> Runner {
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(credential: .apiKey("offline-us1"), baseURL: Self.endpoint),
            transport: StubTransport(segments: segments()),
            dependencies: ClientDependencies(sleep: { _ in }, uptime: { .zero }, unixSeconds: { [test] in test.now }, fraction: { 0 }))
        var dependencies = RunDependencies(
            source: source, hooks: hooks, ledger: ledger, now: { [test] in test.now }, stopwatch: { 0 },
            makeIdentifier: { [identifier] _ in identifier })
        dependencies.observer = rows
        return Runner(activation: activation, options: RunOptions(dryRun: true), client: client, dependencies: dependencies)
    }

    /// The segments from before the run, as Mailchimp describes them.
    private func segments() -> [StubTransport.Segment] {
        ledgerLabels().enumerated().map { index, label in
            StubTransport.Segment(
                id: 1_001 + index, name: name(of: label), members: Set((test.members[label] ?? []).map(EmailAddress.compared)).count)
        }
    }

    private func ledgerLabels() -> [String?] { test.members.keys.sorted { ($0 ?? "") < ($1 ?? "") } }

    private func name(of label: String?) -> String { label.map { "\(activation.segmentName) · \($0)" } ?? activation.segmentName }

    private static let endpoint = "https://offline.invalid/3.0"
}
