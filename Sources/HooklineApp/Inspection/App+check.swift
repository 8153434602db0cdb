import HooklineCore
import HooklineManifest
import HooklineSources

/// Asks for everything that is wrong with a workspace and its activations.
package struct CheckRequest: Sendable {
    /// Names, folders or `.hookpack` files; none for all activations of the workspace.
    package var activations: [String]
    package var parameters = ParameterChoices()
    package var scripts = ScriptChoices()
    /// Whether the destinations and the servers of sources are tried, too.
    package var connects = false
    /// Whether all rows are read, too, without running scripts.
    package var readsData = false
    /// Whether the hooks are tried on users in several orders.
    package var checksPurity = false
    /// A CSV or JSONL file of users for that; nil for the package's samples, or the source where it has none.
    package var sample: String?

    package init(_ activations: [String] = []) {
        self.activations = activations
    }
}

/// What a check found: the shape of `check --json`.
package struct CheckResult: Encodable, Sendable {
    /// The activations that were looked at.
    package let checked: [String]
    /// Each once.
    package let issues: [Issue]
    /// What was found in the rows; nil unless they were read.
    package var data: [DataCheck]?

    package var hasErrors: Bool { issues.contains { $0.severity == .error } }

    /// What its errors mean, as `preview` and `audiences` would end with them: data that cannot be read, or an account that does not
    /// answer, is a failure, and anything else is invalid. Nil without errors.
    package var kind: FailureKind? {
        let codes = issues.filter { $0.severity == .error }.map(\.code)
        if codes.isEmpty { return nil }
        let isAboutFiles = codes.contains { code in
            let isElsewhere = code.hasPrefix("sources.") || code.hasPrefix("mailchimp.") || code.hasPrefix("expect.")
            return !isElsewhere || FailureKind(code: RunFailure.Code(rawValue: code)) == .invalid
        }
        return isAboutFiles ? .invalid : .failed
    }
}

extension App {
    /// Finds everything that is wrong with the workspace and its activations. Continues after each mistake.
    ///
    /// - Throws: `IssuesFound` for the request's own file of values; `CancellationError`.
    package func check(_ request: CheckRequest) async throws -> CheckResult {
        let settings = try settings(request.parameters, WorkspaceLoader(environment: environment))
        guard let root = workspaceRoot else {
            return CheckResult(checked: [], issues: [Issue(AppError.Code.noWorkspace.rawValue, noWorkspace.message, at: nil)])
        }
        let loader = WorkspaceLoader(environment: environment)
        let loaded = loader.load(root: root)
        guard let document = loaded.partial else { return CheckResult(checked: [], issues: loaded.issues) }
        let workspace = LoadedWorkspace(loader: loader, document: document)
        var issues = loaded.issues + loaded.inertKeys + document.unresolved
        let chosen = request.activations.isEmpty ? document.workspace.activationNames : request.activations
        let inspector = ActivationInspector(app: self, workspace: workspace, settings: settings, request: request)
        var data: [DataCheck] = []
        for name in chosen {
            let found = inspector.inspect(name)
            // What was interrupted is not wrong.
            try Task.checkCancellation()
            guard request.readsData, let check = try inspector.readData(name, found) else {
                issues += found
                continue
            }
            data.append(check)
            // Whether a key that the first objects lack comes later is known once all are read.
            issues += check.whole ? found.filter { $0.code != SourceError.Code.unknownColumn.rawValue || $0.severity == .error } : found
            issues += check.issues
        }
        issues += SegmentNameClashes(app: self, workspace: workspace, settings: settings).issues(of: chosen)
        issues += Leftovers(app: self, workspace: workspace).issues(of: request.activations)
        if request.connects {
            for name in document.workspace.destinations.keys.sorted() { issues += await inspector.tryConnecting(name) }
            for source in document.workspace.sources.values.sorted(by: { $0.name < $1.name }) {
                let models = models(of: source.name, chosen, in: workspace)
                if source.kind.isPostgreSQL { issues += try PostgresExamination.issues(of: source, models: models) { Task.isCancelled } }
                if source.kind.hasDriver { issues += try DriverExamination.issues(of: source, models: models) { Task.isCancelled } }
            }
        } else {
            // A secret that is not set here makes no file wrong: whoever sends something has it.
            let secrets = document.unresolvedSecrets
            issues = issues.map { secrets.contains($0) ? Issue($0.code, $0.message, at: $0.position, severity: .warning) : $0 }
        }
        var seen: Set<String> = []
        return CheckResult(
            checked: chosen, issues: issues.filter { seen.insert($0.line).inserted }, data: request.readsData ? data : nil)
    }
}
