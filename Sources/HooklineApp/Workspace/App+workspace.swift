import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages
import HooklineStore
import SystemPackage

extension App {
    /// Why nothing can be looked for from the directory: it does not exist, or is not a folder; nil for any folder. The workspace around a
    /// folder that is missing is not the one that was asked for.
    package var directoryProblem: String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder) else { return "there is no folder '\(directory)'" }
        return isFolder.boolValue ? nil : "'\(directory)' is a file; name the folder of a workspace"
    }

    /// The folder of the workspace around the directory, an absolute path; nil when there is none, or no such directory.
    package var workspaceRoot: String? { directoryProblem == nil ? WorkspaceLoader.findRoot(from: directory) : nil }

    /// Why there is no workspace.
    var noWorkspace: AppError {
        AppError(
            .noWorkspace,
            directoryProblem
                ?? "there is no hookline.yaml in \(directory) or above it: 'hookline init' makes a workspace, -C DIR names one")
    }

    /// Opens the workspace around the directory.
    ///
    /// - Throws: `manifest.no_workspace`, or `IssuesFound` with everything that is wrong with `hookline.yaml`.
    package func workspace() throws -> LoadedWorkspace {
        guard let root = workspaceRoot else { throw noWorkspace }
        let loader = WorkspaceLoader(environment: environment)
        return LoadedWorkspace(loader: loader, document: try usable(loader.load(root: root)))
    }

    /// The names of the activations and of the installed packages, sorted; none where there is no workspace, or none that can be read.
    package var runnableNames: [String] {
        guard let root = workspaceRoot, let document = WorkspaceLoader(environment: environment).load(root: root).partial else { return [] }
        let installed = (try? PackageStore(root: root).pins().packages.keys.sorted()) ?? []
        return Set(document.workspace.activationNames + installed).sorted()
    }

    /// The names of the workspace's segments and of its activations, sorted; none where no workspace can be read.
    package var segmentNames: [String] {
        guard let root = workspaceRoot, let document = WorkspaceLoader(environment: environment).load(root: root).partial else { return [] }
        return Set(document.sharedSegmentNames + document.workspace.activationNames).sorted()
    }

    /// Opens the workspace around the directory, or an empty one at the directory where there is none.
    ///
    /// - Throws: `IssuesFound` with everything that is wrong with `hookline.yaml`.
    package func workspaceIfAny() throws -> LoadedWorkspace {
        if workspaceRoot != nil || directoryProblem != nil { return try workspace() }
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
