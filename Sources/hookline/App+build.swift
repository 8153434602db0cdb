import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklineSources
import HooklineStore
import Mailchimp

/// An activation with everything that its run needs from files.
struct PreparedActivation: Sendable {
    let activation: Activation
    let source: any RowSource
    let hooks: (any HookHost)?
    /// What its files, parameters and destination are.
    let fingerprint: String
    /// Lines of the workspace's files that stand for lookups.
    let listLines: [String: Int]
}

extension App {
    /// Reads an activation, its scripts and its parameters.
    ///
    /// - Parameters:
    ///   - keepsScripts: false loads the scripts to see that they load, and lets their process go.
    ///   - follows: whether the scripts hand over mappings and the lines that decided, which makes them slower.
    func prepare(
        _ name: String, _ flags: RunFlags, in workspace: LoadedWorkspace, keepsScripts: Bool = true, follows: Bool = false
    ) throws -> PreparedActivation {
        let activation = try usable(self.activation(name, try flags.parameters.all(self, workspace.loader), in: workspace))
        try checkHome(of: activation, in: workspace)
        let watchdog = RunWatchdog(activation)
        defer { withExtendedLifetime(watchdog) {} }
        let scripts = try ScriptFiles(activation: activation)
        var settings = flags.scripts.settings(for: activation)
        settings.wantsMappings = follows
        settings.wantsLocations = follows
        let hooks = try scripts.host(settings)
        return PreparedActivation(
            activation: activation, source: try SourceFactory.source(activation.source, model: activation.model),
            hooks: keepsScripts ? hooks : nil, fingerprint: Fingerprint(activation, scripts, root: workspace.workspace.root).text,
            listLines: scripts.listLines)
    }

    /// Gives `body` a runner with its ledger and client.
    func withRunner<Value: Sendable>(
        _ prepared: PreparedActivation, refresh: RunOptions.Refresh?, dryRun: Bool, flags: RunFlags, in workspace: LoadedWorkspace,
        tellsLog: Bool = true, _ body: (Runner) async throws -> Value
    ) async throws -> Value {
        let watchdog = RunWatchdog(prepared.activation)
        defer { withExtendedLifetime(watchdog) {} }
        let ledger = try ledger(workspace.workspace)
        let bar = progressBar
        defer {
            bar.clear()
            if tellsLog { tell(prepared.hooks?.log ?? []) }
        }
        return try await withClient(for: prepared.activation.destination, of: workspace) { client in
            var options = RunOptions(
                refresh: refresh, dryRun: dryRun, adopt: flags.adopt, allowance: flags.allowance, fingerprint: prepared.fingerprint)
            options.reconciles = flags.reconcile
            options.lists = prepared.listLines
            var dependencies = RunDependencies(
                source: prepared.source, hooks: prepared.hooks, ledger: ledger, now: now, stopwatch: Clock.stopwatch,
                takeLease: { try ledger.lease(activation: $0, run: $1) }, progress: { bar.show($0) })
            dependencies.person = "\(NSUserName())@\(ProcessInfo.processInfo.hostName)"
            return try await body(Runner(activation: prepared.activation, options: options, client: client, dependencies: dependencies))
        }
    }
}
