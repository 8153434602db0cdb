import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklineSources
import Mailchimp

/// Finds everything that is wrong with one activation, and continues after each mistake.
struct ActivationInspector {
    let app: App
    let workspace: LoadedWorkspace
    /// Parameters that the request sets.
    let settings: [ParameterSetting]
    let request: CheckRequest

    func inspect(_ name: String) -> [Issue] {
        var found: Loaded<Activation>?
        let refusal = collecting { found = try app.activation(name, settings, in: workspace) }
        guard let loaded = found else { return refusal }
        var issues = loaded.issues + loaded.inertKeys
        guard let activation = loaded.partial else {
            // Without a source, or the like, scripts are checked against the fields that the package says it needs.
            let offline = (try? app.activation(name, settings, in: workspace, purpose: .offline))?.partial?.withOwnLookups
            guard let offline, let columns = offline.model.promisedColumns else { return issues }
            let scripts = inspectScripts(offline, columns)
            return issues + scripts.issues
                + ActivationChecker.issues(offline, columns: columns, hasMapHook: scripts.host?.hasMap ?? false)
        }
        var columns: [Column]?
        let sourceIssues = collecting {
            let found = try SourceFactory.look(activation.source, model: activation.model)
            let later = laterKeys(activation, found.columns)
            columns = found.columns + later.columns
            let warnings = found.warnings + later.warnings
            if !warnings.isEmpty { throw IssuesFound(warnings) }
        }
        // The manifest's reader has already reported a file that is missing, and a model without a table.
        let isMissing = issues.contains { $0.code == ManifestIssueCode.noSuchFile.rawValue && $0.severity == .error }
        let missing = [SourceError.Code.notFound, .notAFile].map(\.rawValue)
        issues += sourceIssues.filter { !isMissing || !missing.contains($0.code) }.filter { issue in
            issue.code != SourceError.Code.badModel.rawValue
                || !issues.contains { $0.severity == .error && $0.position == issue.position }
        }
        let (scriptIssues, host) = inspectScripts(activation, columns)
        issues += scriptIssues + remembering(activation, host)
        if let columns {
            issues += ActivationChecker.issues(activation, columns: columns, hasMapHook: host?.hasMap ?? false)
        }
        if let columns, let host, !issues.contains(where: { $0.severity == .error }) {
            // No run would get past what setup refuses, such as a parameter that only it understands.
            issues += collecting(in: activation) { try start(host, activation, columns) }
        }
        if request.checksPurity, host != nil { issues += collecting { try inspectPurity(activation) } }
        return issues
    }

    /// Why no verdict is remembered although the activation asks for it.
    private func remembering(_ activation: Activation, _ host: LuaHookHost?) -> [Issue] {
        guard activation.isIncremental else { return [] }
        if activation.hooks.isEmpty {
            return [
                Issue(
                    ManifestIssueCode.noEffect.rawValue, "'incremental' has no effect: the activation has no hooks",
                    at: SourcePosition(file: activation.file, line: 1, column: 1), severity: .warning)
            ]
        }
        guard let found = try? host?.facts().retention else { return [] }
        return [
            Issue(
                ScriptIssueCode.retention.rawValue,
                "'incremental' has no effect, because the scripts may keep something from row to row: \(found)",
                at: activation.hooksPosition, severity: .warning)
        ]
    }

    /// The columns of a JSONL file that something uses although the first objects do not show them at the top: a run finds them.
    private func laterKeys(_ activation: Activation, _ known: [Column]) -> (columns: [Column], warnings: [Issue]) {
        guard activation.source.kind == .jsonl, activation.model.fields == nil,
            // Keys that no object has are reported where they are used.
            let used = try? readingOnlyUsed(activation),
            let found = try? SourceFactory.look(activation.source, model: used.model)
        else { return ([], []) }
        let names = Set(known.map(\.name))
        return (found.columns.filter { !names.contains($0.name) }, found.warnings)
    }

    /// Reads all rows of an activation's source.
    ///
    /// - Parameters:
    ///   - name: the activation.
    ///   - found: what is wrong with its files; with an error among it, no row says anything.
    /// - Returns: nil when the rows were not read.
    /// - Throws: `CancellationError`.
    func readData(_ name: String, _ found: [Issue]) throws -> DataCheck? {
        guard !found.contains(where: { $0.severity == .error }), let activation = try app.activation(name, settings, in: workspace).partial
        else { return nil }
        return try DataInspection(
            activation: try readingOnlyUsed(activation), now: app.clock.now(),
            signals: SourceQuestions(activation.source, root: workspace.root, timezone: activation.timezone)
        ).check()
    }

    /// The activation as a run would read it; no script is run.
    private func readingOnlyUsed(_ activation: Activation) throws -> Activation {
        activation.readingOnlyUsed(
            by: activation.hooks.isEmpty ? nil : try ScriptFacts(ScriptFiles(activation: activation).package, jail: app.jail))
    }

    private func inspectPurity(_ activation: Activation) throws {
        let inspection = PurityInspection(
            app: app, sample: request.sample, settings: request.scripts.settings(for: activation, jail: app.jail))
        let found = try inspection.issues(activation)
        if !found.isEmpty { throw IssuesFound(found) }
    }

    private func start(_ host: LuaHookHost, _ activation: Activation, _ columns: [Column]) throws {
        let now = app.clock.now()
        try host.start(
            columns: columns, primaryKey: activation.model.primaryKey,
            context: HookContext(
                activation, run: "check", kind: .dryRun, startedAt: now, today: try CalendarDate(now: now, timezone: activation.timezone)))
    }

    /// Looks through the scripts, and loads them unless their text does not compile.
    private func inspectScripts(_ activation: Activation, _ columns: [Column]?) -> (issues: [Issue], host: LuaHookHost?) {
        if activation.hooks.isEmpty { return ([], nil) }
        var issues: [Issue] = []
        var host: LuaHookHost?
        let settings = request.scripts.settings(for: activation, jail: app.jail)
        // A parameter whose value is wrong or missing is a parameter nevertheless.
        let manifest = workspace.loader.manifest(of: PackageLocation(folder: activation.folder, file: activation.file)).partial
        issues += collecting(in: activation) {
            let scripts = try ScriptFiles(activation: activation)
            issues += ScriptCheck.issues(
                scripts.package, columns: columns, parameters: manifest?.parameters.map(\.name) ?? [], jail: settings.jail
            ).map { $0.placed(in: activation) }
            if !issues.contains(where: { $0.code == ScriptIssueCode.syntax.rawValue }) { host = try scripts.host(settings) }
        }
        return (issues, host)
    }

    /// Signs in at a destination and looks for its audience.
    func tryConnecting(_ name: String) async -> [Issue] {
        guard let destination = workspace.document.destination(named: name).value else { return [] }
        do {
            try await app.withClient(for: destination, of: workspace) { client in
                do { _ = try await client.audience(destination.audience) } catch let error as MailchimpError
                    where error.code == .notFound
                {
                    throw await EngineError.noSuchAudience(destination.audience, client)
                }
            }
            return []
        } catch {
            let failure = RunFailure(error)
            return [Issue(failure.code.rawValue, "destination '\(destination.name)': \(failure.text)", at: nil)]
        }
    }

    private func collecting(in activation: Activation? = nil, _ body: () throws -> Void) -> [Issue] {
        do {
            try body()
            return []
        } catch let found as IssuesFound {
            return found.issues
        } catch let error as HookError where activation != nil && error.file != nil && error.line != nil && error.text != nil {
            let position = SourcePosition(file: error.file ?? "", line: error.line ?? 1, column: 1)
            let issue = Issue(error.code.rawValue, error.text ?? error.message, at: position)
            return [activation.map { issue.placed(in: $0) } ?? issue]
        } catch {
            let failure = RunFailure(error)
            return [Issue(failure.code.rawValue, failure.text, at: nil)]
        }
    }
}

extension Issue {
    /// The issue with its file named from the workspace, as those of manifests are.
    fileprivate func placed(in activation: Activation) -> Issue {
        guard let position else { return self }
        let folder = PackageLocation(folder: activation.folder, file: activation.file).fileFolder
        let file = folder.isEmpty ? position.file : "\(folder)/\(position.file)"
        return Issue(code, message, at: SourcePosition(file: file, line: position.line, column: position.column), severity: severity)
    }
}

extension Model {
    /// The columns that scripts may count on whatever the source is; nil where the activation does not name its fields, and where related
    /// models of the workspace decide.
    var promisedColumns: [Column]? {
        if !relations.isEmpty { return nil }
        return fields.map { fields in
            fields.map { Column($0.name, $0.type) }
                + calculated.map { field in Column(field.name, columns.first { $0.name == field.name }?.type ?? .text) }
        }
    }
}
