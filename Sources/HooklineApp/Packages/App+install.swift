import Archive
import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages

/// Asks to install a package.
package struct InstallRequest: Sendable {
    /// A `.hookpack` file, a folder, an https address or the name of a shipped package.
    package var source: String
    /// The only signer that is accepted, `ed25519:…`; nil accepts any, and none.
    package var signer: String?
    /// Whether an installed package is restored although somebody changed its files.
    package var discardsChanges = false
    /// Whether it is installed although its tests fail on this machine.
    package var allowsFailingTests = false
    /// Whether it is installed without asking.
    package var isConfirmed = false

    package init(_ source: String) {
        self.source = source
    }
}

extension App {
    /// Installs a package into the workspace's `packages/` and pins it in `hookline.lock`, once a person has seen what it asks for and what
    /// its tests say here.
    ///
    /// - Returns: the package; nil when the person declined. Nothing was changed then.
    /// - Throws: `package.untested` when one of its tests fails here; `PackageError`, `ArchiveError`, `IssuesFound`, `HookError`. Nothing is
    ///   left of a package that is refused.
    package func install(_ request: InstallRequest) async throws -> PackageInfo? {
        if let signer = request.signer { try PackageKey.check(signer: signer) }
        let workspace = try workspace()
        let store = PackageStore(root: workspace.root)
        let examiner = PackageExaminer(app: self, workspace: workspace)
        return try await examiner.examineNew(request.source) { package in
            let lock = package.pack.lock
            if let signer = request.signer, signer != package.pack.signature?.signer {
                throw PackageError.otherSigner(lock.name, package.pack.signature?.signer, wanted: signer)
            }
            try checkFree(lock.name, in: workspace)
            // The digest of a folder's package depends on what its tests say, and is not known before.
            if package.isSettled { try accept(package, over: try store.pins().packages[lock.name], from: request.source) }
        } _: { package in
            let info = PackageInfo(package)
            try accept(package, over: try store.pins().packages[info.name], from: request.source)
            observer.observe(.examined(info))
            if !request.allowsFailingTests { try package.checkTestsHere() }
            if !request.isConfirmed, await observer.answer(.install(name: info.name, version: info.version)) == .no { return nil }
            let origin = PackageOrigin(app: self, workspace: workspace, text: request.source)
            try store.install(package.pack, from: origin.kept, discardsChanges: request.discardsChanges) {
                try accept(package, over: $0, from: request.source)
            }
            return info
        }
    }

    private func checkFree(_ name: String, in workspace: LoadedWorkspace) throws(PackageError) {
        guard FileManager.default.fileExists(atPath: WorkspaceLayout.activation(name, in: workspace.root)) else { return }
        throw PackageError(
            .taken, "activations/\(name) already exists, and a workspace has one activation of a name; rename or remove it first")
    }

    private func accept(_ package: ExaminedPackage, over pin: PackagePins.Pin?, from source: String) throws(PackageError) {
        guard let pin, pin.digest != package.pack.digest else { return }
        let name = package.pack.lock.name
        throw PackageError(
            .taken, "'\(name)' is already installed in version \(pin.version); to replace it: hookline upgrade \(name) \(source)")
    }

    /// Removes an installed package. Segments at Mailchimp and the history of runs stay.
    ///
    /// - Parameters:
    ///   - name: the package.
    ///   - discardsChanges: whether it may go although somebody changed its files.
    /// - Returns: whether `hookline.yaml` still says something about it.
    /// - Throws: `package.not_found`, `package.changed`, `package.cannot_write`.
    package func uninstall(_ name: String, discardsChanges: Bool) throws -> Bool {
        let workspace = try workspace()
        try PackageStore(root: workspace.root).uninstall(name, discardsChanges: discardsChanges)
        return workspace.document.speaks(of: name)
    }
}
