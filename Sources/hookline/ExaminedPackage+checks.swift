import Archive
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages
import HooklineSources
import HooklineStore
import Lua
import Text

extension ExaminedPackage {
    /// - Throws: `IssuesFound` with the errors that can be seen without running anything: in the scripts, and in rules and mapping that name
    ///   no field of the package.
    func check() throws {
        let rules = activation.model.promisedColumns.map {
            ActivationChecker.issues(activation, columns: $0, hasMapHook: scripts.hooks.contains("map"))
        }
        var issues = rules ?? []
        if !activation.hooks.isEmpty {
            issues += ScriptCheck.issues(
                try ScriptFiles(activation: activation.withOwnLookups).package, columns: activation.model.promisedColumns,
                parameters: manifest.parameters.map(\.name), jail: LuaJail())
        }
        let errors = issues.filter { $0.severity == .error }
        if !errors.isEmpty { throw IssuesFound(errors) }
    }

    /// With signer and tests of the pin, for a package that is installed.
    func pinned(in workspace: LoadedWorkspace) -> ExaminedPackage {
        let store = PackageStore(root: workspace.workspace.root)
        guard WorkspaceLayout.installed(folder, in: workspace.workspace.root) != nil,
            let pin = try? store.pins().packages[activation.name], let pack = try? store.verified(activation.name)
        else { return self }
        return ExaminedPackage(
            pack: pack, folder: folder, origin: pin.from, activation: activation, manifest: manifest, scripts: scripts, signer: pin.signer,
            issues: issues)
    }
}

extension App {
    /// Until a run of a package has ended well, shows what it reads and writes.
    func tellWhatItAsks(_ prepared: PreparedActivation, in workspace: LoadedWorkspace) throws {
        let activation = prepared.activation
        let comesFromElsewhere = !WorkspaceLayout.isOwn(activation.folder, in: workspace.workspace.root)
        guard !isQuiet, !isJSON, comesFromElsewhere else { return }
        // A run that failed or was declined may be all that anybody saw of it.
        if try ledger(workspace.workspace).history(of: activation.name, limit: 20).contains(where: { $0.outcome == .done }) { return }
        let location = PackageLocation(folder: activation.folder, file: activation.file)
        let manifest = try usable(workspace.loader.manifest(of: location))
        let facts = try ScriptFacts(try ScriptFiles(activation: activation.withOwnLookups).package, jail: LuaJail())
        let asks = PackageAsks(activation, manifest, facts)
        StandardError.print("the first run of '\(activation.name)':\n\(asks.text)")
    }

    /// What the workspace has to say before a package can run that was just installed, with what its source lacks.
    func tellWhatIsMissing(_ name: String) {
        guard !isQuiet, !isJSON, let workspace = try? workspace(), let loaded = try? activation(name, in: workspace) else { return }
        var issues = loaded.issues.filter { $0.code != "manifest.unresolved_env" }
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
        for issue in issues where issue.severity == .warning { StandardError.print("warning: \(issue.message.onOneLine)") }
        let errors = issues.filter { $0.severity == .error }
        if errors.isEmpty { return }
        StandardError.print("before its next run, hookline.yaml has to say (under activations: { \(name): … }):")
        for issue in errors { StandardError.print("  \(issue.message.onOneLine)") }
    }

    /// Where a package came from, as the pin keeps it: files of the workspace by their place in it, others as they were said.
    func kept(_ origin: String) -> String {
        if PackageDownload.isAddress(origin) { return PackageDownload.withoutSecrets(origin) }
        guard origin.contains("/") || origin.hasSuffix(".hookpack"), let root = workspaceRoot else {
            return origin
        }
        let path = URL(fileURLWithPath: origin).standardizedFileURL.path
        return path.hasPrefix(root + "/") ? "./" + path.dropFirst(root.count + 1) : path
    }

    /// The reverse of `kept`.
    func found(_ kept: String, in workspace: LoadedWorkspace) -> String {
        kept.hasPrefix("./") ? "\(workspace.workspace.root)/\(kept.dropFirst(2))" : kept
    }
}
