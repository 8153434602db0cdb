import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklineSources
import Mailchimp

/// Finds everything that is wrong with a workspace and its activations, and goes on after each mistake.
struct Inspector {
    let app: App
    /// Parameters set on the command line.
    let settings: [ParameterSetting]
    let scriptFlags: ScriptFlags
    /// Nil leaves it out.
    let purity: PurityInspection?

    /// The issues of the workspace and of the named activations (all, when none is named), each once.
    func inspect(_ names: [String], connect: Bool) async -> (issues: [Issue], checked: [String]) {
        var issues: [Issue] = []
        guard let root = WorkspaceLoader.findRoot(from: app.directory) else {
            return ([Issue("manifest.no_workspace", "there is no hookline.yaml in \(app.directory) or above it", at: nil)], [])
        }
        let loader = WorkspaceLoader(environment: app.environment)
        let loaded = loader.load(root: root)
        issues += loaded.issues
        guard let document = loaded.partial else { return (issues, []) }
        issues += document.unresolved
        let chosen = names.isEmpty ? document.workspace.activationNames : names
        for name in chosen { issues += inspectActivation(name, LoadedWorkspace(loader: loader, document: document)) }
        if connect {
            for name in document.workspace.destinations.keys.sorted() {
                guard let destination = document.destination(named: name).value else { continue }
                issues += await tryConnecting(destination, LoadedWorkspace(loader: loader, document: document))
            }
        }
        if !connect { issues = excused(issues, document.unresolvedSecrets) }
        var seen: Set<String> = []
        return (issues.filter { seen.insert($0.line).inserted }, chosen)
    }

    /// A secret that is not set here makes no file wrong: whoever sends something has it. Without `--connect` it is worth a warning.
    private func excused(_ issues: [Issue], _ secrets: [Issue]) -> [Issue] {
        issues.map { secrets.contains($0) ? Issue($0.code, $0.message, at: $0.position, severity: .warning) : $0 }
    }

    private func inspectActivation(_ name: String, _ workspace: LoadedWorkspace) -> [Issue] {
        var found: Loaded<Activation>?
        let refusal = collecting { found = try app.activation(name, settings, in: workspace) }
        guard let loaded = found else { return refusal }
        var issues = loaded.issues
        guard let activation = loaded.partial else {
            // Without a source, or the like, scripts are held against the fields that the package says it needs.
            let offline = (try? app.activation(name, settings, in: workspace, purpose: .offline))?.partial?.withOwnLookups
            guard let offline, let columns = offline.model.promisedColumns else { return issues }
            let scripts = inspectScripts(offline, columns, workspace)
            return issues + scripts.issues
                + ActivationChecker.issues(offline, columns: columns, hasMapHook: scripts.host?.hasMap ?? false)
        }
        var columns: [Column]?
        let sourceIssues = collecting {
            let found = try SourceFactory.look(activation.source, model: activation.model)
            columns = found.columns
            if !found.warnings.isEmpty { throw IssuesFound(found.warnings) }
        }
        // Of a model without a table the manifest's reader has spoken already.
        issues += sourceIssues.filter { issue in
            issue.code != "sources.bad_model" || !issues.contains { $0.severity == .error && $0.position == issue.position }
        }
        let (scriptIssues, host) = inspectScripts(activation, columns, workspace)
        issues += scriptIssues
        if let columns {
            issues += ActivationChecker.issues(activation, columns: columns, hasMapHook: host?.hasMap ?? false)
        }
        if let columns, let host, !issues.contains(where: { $0.severity == .error }) {
            // What setup refuses, such as a parameter that only it understands, no run would get past.
            issues += collecting { try start(host, activation, columns) }
        }
        if let purity, host != nil {
            issues += collecting {
                let found = try purity.issues(activation, settings: scriptFlags.settings(for: activation))
                if !found.isEmpty { throw IssuesFound(found) }
            }
        }
        return issues
    }

    private func start(_ host: LuaHookHost, _ activation: Activation, _ columns: [Column]) throws {
        let now = app.now()
        try host.start(
            columns: columns, primaryKey: activation.model.primaryKey,
            context: HookContext(
                activation, run: "check", kind: .dryRun, startedAt: now, today: try CalendarDate(now: now, timezone: activation.timezone)))
    }

    /// Looks through the scripts, and loads them if nothing is wrong with their text.
    private func inspectScripts(_ activation: Activation, _ columns: [Column]?, _ workspace: LoadedWorkspace) -> (
        issues: [Issue], host: LuaHookHost?
    ) {
        if activation.hooks.isEmpty { return ([], nil) }
        var issues: [Issue] = []
        var host: LuaHookHost?
        let settings = scriptFlags.settings(for: activation)
        // Those whose value is wrong or missing are parameters all the same.
        let manifest = workspace.loader.manifest(of: PackageLocation(folder: activation.folder, file: activation.file)).partial
        issues += collecting {
            let scripts = try ScriptFiles(activation: activation)
            issues += ScriptCheck.issues(
                scripts.package, columns: columns, parameters: manifest?.parameters.map(\.name) ?? [], jail: settings.jail
            ).map { $0.placed(in: activation) }
            if !issues.contains(where: { $0.code == ScriptIssueCode.syntax.rawValue }) { host = try scripts.host(settings) }
        }
        return (issues, host)
    }

    private func tryConnecting(_ destination: Destination, _ workspace: LoadedWorkspace) async -> [Issue] {
        do {
            try await app.withClient(for: destination, of: workspace) { _ = try await $0.audience(destination.audience) }
            return []
        } catch {
            let failure = RunFailure(error)
            return [Issue(failure.code.rawValue, "destination '\(destination.name)': \(failure.text)", at: nil)]
        }
    }

    private func collecting(_ body: () throws -> Void) -> [Issue] {
        do {
            try body()
            return []
        } catch let found as IssuesFound {
            return found.issues
        } catch {
            let failure = RunFailure(error)
            return [Issue(failure.code.rawValue, failure.text, at: nil)]
        }
    }
}

extension Issue {
    /// With its file named from the workspace, as those of manifests are.
    fileprivate func placed(in activation: Activation) -> Issue {
        guard let position else { return self }
        let folder = PackageLocation(folder: activation.folder, file: activation.file).fileFolder
        let file = folder.isEmpty ? position.file : "\(folder)/\(position.file)"
        return Issue(code, message, at: SourcePosition(file: file, line: position.line, column: position.column), severity: severity)
    }
}

extension Model {
    /// The columns that scripts may count on whatever the source is; nil where the activation does not say its fields.
    var promisedColumns: [Column]? {
        fields.map { fields in
            fields.map { Column($0.name, $0.type) }
                + calculated.map { field in Column(field.name, columns.first { $0.name == field.name }?.type ?? .text) }
        }
    }
}
