import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklineStore

extension App {
    /// Until a run of a package from elsewhere has ended well, tells the observer what the package reads and writes. A run that failed or
    /// was declined may be all that anybody saw of it.
    ///
    /// - Throws: `StoreError`, `HookError`, `IssuesFound`.
    func announceFirstRun(of prepared: PreparedActivation) throws {
        let activation = prepared.activation
        if WorkspaceLayout.isOwn(activation.folder, in: prepared.workspace.root) { return }
        if try ledger(prepared.workspace).history(of: activation.name, limit: 20).contains(where: {
            ($0.outcome == .done || $0.outcome == .unchanged) && !$0.kind.isOfLedger
        }) {
            return
        }
        let location = PackageLocation(folder: activation.folder, file: activation.file)
        let manifest = try prepared.workspace.loader.manifest(of: location).get()
        let facts = try ScriptFacts(try ScriptFiles(activation: activation.withOwnLookups).package, jail: jail)
        observer.observe(.firstRun(activation: activation.name, PackageAsks(activation, manifest, facts)))
    }
}
