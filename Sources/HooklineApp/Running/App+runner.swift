import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineSources
import HooklineStore

extension PreparedActivation {
    /// What the engine is told of the choices.
    func options(refresh: RunOptions.Refresh? = nil, isDryRun: Bool = false) -> RunOptions {
        var options = RunOptions(
            refresh: refresh, dryRun: isDryRun, adopt: choices.adopts, allowance: choices.allowance, fingerprint: fingerprint)
        options.reconciles = choices.reconciles
        options.lists = listLines
        options.readsAll = choices.readsAll
        options.probeBasis = fingerprint + probeBasis.text
        options.reasonToRead = probeBasis.reasonToRead
        return options
    }
}

extension PreparedActivation {
    /// The hooks, which only rows enter that have changed, if the activation asks for it.
    fileprivate func rememberingHooks(besides ledger: SQLiteLedger, _ options: RunOptions) -> (any HookHost)? {
        guard let hooks, let remembering else { return hooks }
        let memory = VerdictStore(
            besides: ledger, activation: activation.name, fullEveryDays: activation.fullEveryDays, writes: !options.dryRun)
        return RememberingHooks(
            hooks, package: remembering.scripts, limits: activation.limits, memory: memory,
            readsAll: options.readsAll ? "--full asks for it" : nil, unprovable: remembering.unprovable)
    }
}

extension App {
    /// Gives `body` a runner with its ledger and client.
    ///
    /// - Parameters:
    ///   - prepared: the activation.
    ///   - options: for the run.
    ///   - tellsLog: whether the end is observed with what the scripts logged.
    ///   - remembers: whether unchanged rows may keep the verdicts of an earlier run.
    ///   - body: uses the runner.
    /// - Returns: what `body` returns.
    /// - Throws: `StoreError`, `IssuesFound` for a secret that cannot be resolved; what `body` throws.
    func withRunner<Value: Sendable>(
        _ prepared: PreparedActivation, _ options: RunOptions, tellsLog: Bool = true, remembers: Bool = false,
        _ body: (Runner) async throws -> Value
    ) async throws -> Value {
        let activation = prepared.activation
        let watchdog = RunWatchdog(activation, observer)
        defer { withExtendedLifetime(watchdog) {} }
        let ledger = try ledger(prepared.workspace)
        defer { observer.observe(.ended(activation: activation.name, log: tellsLog ? prepared.hooks?.log ?? [] : [])) }
        return try await withClient(for: activation.destination, of: prepared.workspace) { client in
            let hooks = remembers ? prepared.rememberingHooks(besides: ledger, options) : prepared.hooks
            var dependencies = RunDependencies(
                source: prepared.source, hooks: hooks, ledger: ledger, now: clock.now, stopwatch: clock.stopwatch,
                takeLease: { try ledger.lease(activation: $0, run: $1) }, progress: { [observer] in observer.observe(.progress($0)) })
            dependencies.person = person
            dependencies.signals = SourceQuestions(
                activation.source, root: prepared.workspace.root, timezone: activation.timezone)
            dependencies.spilling = Spilling { try ScratchFile(besides: ledger) }
            dependencies.threads = prepared.choices.threads
            return try await body(Runner(activation: activation, options: options, client: client, dependencies: dependencies))
        }
    }
}
