import HooklineCore
import HooklineManifest
import HooklineSources

/// What keeps an activation that has just arrived from running.
package struct Readiness: Sendable {
    /// What the workspace has to say first.
    package let errors: [Issue]
    package let warnings: [Issue]
}

extension App {
    /// Tells what the workspace has to say before an activation can run, and what its source lacks; nil where the workspace cannot be read.
    package func readiness(of name: String) -> Readiness? {
        // Whoever asks has heard the workspace's own warnings already.
        let loader = WorkspaceLoader(environment: environment)
        guard let document = workspaceRoot.flatMap({ loader.load(root: $0).value }),
            let loaded = try? activation(name, in: LoadedWorkspace(loader: loader, document: document))
        else { return nil }
        var issues = loaded.issues.filter { $0.code != ManifestIssueCode.unresolvedEnvironment.rawValue }
        if !issues.contains(where: { $0.severity == .error }), let activation = loaded.value {
            do {
                let found = try SourceFactory.look(activation.source, model: activation.model)
                issues += found.warnings
                _ = try ScriptFiles(activation: activation)
                issues += ActivationChecker.issues(activation, columns: found.columns, hasMapHook: false).filter {
                    $0.code == "manifest.absent_field"
                }
            } catch { issues += (error as? IssuesFound)?.issues ?? [] }
        }
        return Readiness(errors: issues.filter { $0.severity == .error }, warnings: issues.filter { $0.severity == .warning })
    }
}
