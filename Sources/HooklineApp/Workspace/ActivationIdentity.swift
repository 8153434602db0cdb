import Foundation
import HooklineCore
import HooklinePackages

/// Keeps a package from running under the name of another activation: it would continue with that one's segment and ledger.
enum ActivationIdentity {
    /// - Throws: `package.taken`, when the workspace has an activation or an installed package of that name which is not this one.
    static func check(_ activation: Activation, in workspace: LoadedWorkspace) throws {
        let (root, name) = (workspace.root, activation.name)
        let own = WorkspaceLayout.activation(name, in: root)
        if [own, WorkspaceLayout.package(name, in: root)].contains(activation.folder) { return }
        if FileManager.default.fileExists(atPath: "\(own)/\(WorkspaceLayout.manifest)") {
            throw PackageError(
                .taken,
                "the package calls itself '\(name)', the name of activations/\(name), whose segment and ledger it would take over; rename one of them"
            )
        }
        guard let pin = try PackageStore(root: root).pins().packages[name] else { return }
        let pack = try Hookpack(
            name: name, version: activation.version, isTested: pin.tested, files: PackageFolder.files(in: activation.folder))
        guard pack.digest == pin.digest else {
            throw PackageError(
                .taken,
                "the package calls itself '\(name)', and another package of that name is installed in version \(pin.version); to see how they differ: hookline compare \(name) --with FILE; to run this one from now on: hookline upgrade \(name) FILE"
            )
        }
    }
}
