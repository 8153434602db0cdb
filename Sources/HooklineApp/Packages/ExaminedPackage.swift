import Archive
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages
import Lua

/// A package that was looked at before anything is done with it.
package struct ExaminedPackage: Sendable {
    package let pack: Hookpack
    /// Where its files are: its own folder, or a temporary one.
    let folder: String
    let activation: Activation
    let manifest: PackageManifest
    let scripts: ScriptFacts
    /// Who signed it, where its files no longer carry the signature.
    var signer: String?
    /// Whether it is packed or installed. Of a folder nobody knows whether its tests pass, and its digest depends on that.
    var isSettled = true
    /// What its tests say on this machine; nil where they were not run.
    package var tests: TestsHere?
    /// What is wrong with the values that it is given here: a mistake of the workspace or the request, not of the package.
    var issues: [Issue] = []
    /// The keys of its binding in the workspace.
    var boundKeys: Set<String> = []

    /// Looks for errors that can be seen without running anything: in the scripts, and in rules and mapping that name no field of the
    /// package.
    ///
    /// - Throws: `IssuesFound` with all of them.
    func check(jail: LuaJail) throws {
        let columns = activation.model.promisedColumns
        var issues =
            columns.map { ActivationChecker.issues(activation, columns: $0, hasMapHook: scripts.hooks.contains("map")) } ?? []
        if !activation.hooks.isEmpty {
            issues += ScriptCheck.issues(
                try ScriptFiles(activation: activation.withOwnLookups).package, columns: columns,
                parameters: manifest.parameters.map(\.name), jail: jail)
        }
        let errors = issues.filter { $0.severity == .error }
        if !errors.isEmpty { throw IssuesFound(errors) }
    }

    /// The package with signer and tests of its pin, where it is installed.
    func pinned(in workspace: LoadedWorkspace) -> ExaminedPackage {
        let store = PackageStore(root: workspace.root)
        var package = self
        package.boundKeys = workspace.document.boundKeys(of: activation.name)
        guard WorkspaceLayout.installed(folder, in: workspace.root) != nil,
            let pin = try? store.pins().packages[activation.name], let pack = try? store.verified(activation.name)
        else { return package }
        return ExaminedPackage(
            pack: pack, folder: folder, activation: activation, manifest: manifest, scripts: scripts, signer: pin.signer, issues: issues,
            boundKeys: package.boundKeys)
    }
}
