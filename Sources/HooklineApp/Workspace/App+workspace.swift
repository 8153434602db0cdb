import HooklineCore
import HooklineManifest
import HooklineStore
import SystemPackage

extension App {
    /// The folder of the workspace around the directory, an absolute path; nil when there is none.
    package var workspaceRoot: String? { WorkspaceLoader.findRoot(from: directory) }

    /// Opens the workspace around the directory.
    ///
    /// - Throws: `manifest.no_workspace`, or `IssuesFound` with everything that is wrong with `hookline.yaml`.
    package func workspace() throws -> LoadedWorkspace {
        guard let root = workspaceRoot else {
            throw AppError(
                .noWorkspace, "there is no hookline.yaml in \(directory) or above it: 'hookline init' makes a workspace, -C DIR names one")
        }
        let loader = WorkspaceLoader(environment: environment)
        return LoadedWorkspace(loader: loader, document: try usable(loader.load(root: root)))
    }

    /// Opens the workspace around the directory, or an empty one at the directory where there is none.
    ///
    /// - Throws: `IssuesFound` with everything that is wrong with `hookline.yaml`.
    package func workspaceIfAny() throws -> LoadedWorkspace {
        if workspaceRoot != nil { return try workspace() }
        let loader = WorkspaceLoader(environment: environment)
        return LoadedWorkspace(loader: loader, document: loader.noWorkspace(at: FilePath(directory).absolute.string))
    }

    /// The value of something that was read, with its warnings observed.
    ///
    /// - Throws: `IssuesFound` with all of its errors.
    package func usable<Value>(_ loaded: Loaded<Value>) throws(IssuesFound) -> Value {
        let errors = loaded.issues.filter { $0.severity == .error }
        warn(loaded.issues.filter { $0.severity == .warning })
        guard let value = loaded.value, errors.isEmpty else { throw IssuesFound(errors) }
        return value
    }

    func warn(_ warnings: [Issue]) {
        for warning in warnings { observer.observe(.warning(warning)) }
    }

    /// Opens the ledger of a workspace; the first use makes it.
    ///
    /// - Throws: `StoreError`.
    package func ledger(_ workspace: LoadedWorkspace) throws -> SQLiteLedger {
        try SQLiteLedger.open(at: workspace.workspace.ledgerPath)
    }
}
