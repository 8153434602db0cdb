import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklineSources

/// An activation, read and checked, with its scripts loaded: all that a run needs from files.
package struct PreparedActivation: Sendable {
    /// The name, folder or `.hookpack` file that was asked for.
    package let name: String
    package let activation: Activation
    package let choices: RunChoices
    let workspace: LoadedWorkspace
    let source: any RowSource
    let hooks: (any HookHost)?
    /// Identifies its files, parameters and destination.
    package let fingerprint: String
    /// Lines of the workspace's files that stand for lookups.
    let listLines: [String: Int]
    /// What the probe compares beside the source.
    let probeBasis: ProbeBasis
    /// What is needed to remember the hooks' verdicts; nil unless the activation asks for it.
    let remembering: Remembering?
}

/// What is needed to remember the verdicts of an activation's hooks.
struct Remembering: Sendable {
    let scripts: ScriptPackage
    /// Why no verdict may be remembered; nil if they may.
    let unprovable: String?

    /// Nil for an activation without `incremental: true` or without hooks.
    init?(_ activation: Activation, _ scripts: ScriptFiles, _ facts: ScriptFacts?) {
        guard activation.isIncremental, let facts else { return nil }
        self.scripts = scripts.package
        unprovable = facts.retention.map { "the scripts may keep something from row to row: \($0)" }
    }
}

extension App {
    /// Reads an activation with its parameters and scripts, and loads the scripts.
    ///
    /// - Parameters:
    ///   - name: its name, its folder or its `.hookpack` file.
    ///   - choices: what a person chose.
    ///   - workspace: where it is.
    ///   - follows: whether the scripts hand over mappings and the lines that decided, which makes them slower.
    /// - Returns: what `run`, `plan`, `apply`, `undo` and `explain` take, each once.
    /// - Throws: `IssuesFound` with all mistakes in its files, `HookError` when a script does not load, `PackageError`, `SourceError`.
    package func prepare(
        _ name: String, _ choices: RunChoices, in workspace: LoadedWorkspace, follows: Bool = false
    ) throws -> PreparedActivation {
        let settings = try settings(choices.parameters, workspace.loader)
        var activation = try usable(self.activation(name, settings, in: workspace))
        try ActivationIdentity.check(activation, in: workspace)
        let watchdog = RunWatchdog(activation, observer)
        defer { withExtendedLifetime(watchdog) {} }
        let scripts = try ScriptFiles(activation: activation)
        var hookSettings = choices.scripts.settings(for: activation, jail: jail)
        hookSettings.wantsMappings = follows
        hookSettings.wantsLocations = follows
        hookSettings.keepsAllReasons = activation.isIncremental && !follows
        let hooks = try scripts.host(hookSettings)
        let facts = try hooks?.facts()
        activation = activation.readingOnlyUsed(by: facts)
        observer.observe(.prepared(activation: activation.name))
        return PreparedActivation(
            name: name, activation: activation, choices: choices, workspace: workspace,
            source: SourceFactory.source(activation.source, model: activation.model), hooks: hooks,
            fingerprint: Fingerprint(activation, scripts, root: workspace.root).text, listLines: scripts.listLines,
            probeBasis: ProbeBasis(activation, facts, root: workspace.root),
            remembering: follows ? nil : Remembering(activation, scripts, facts))
    }
}

extension PreparedActivation {
    /// Whether its files still say what they said when it was prepared. A file that cannot be read any more counts as changed.
    var isCurrent: Bool {
        guard let scripts = try? ScriptFiles(activation: activation) else { return false }
        return Fingerprint(activation, scripts, root: workspace.root).text == fingerprint
    }
}
