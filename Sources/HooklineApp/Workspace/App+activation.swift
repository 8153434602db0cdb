import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages

extension App {
    /// Finds an activation by its name, its folder or its `.hookpack` file. An installed package must be as it was installed.
    ///
    /// - Throws: `PackageError` for a package that cannot be read, is missing or was changed.
    package func location(_ name: String, in workspace: LoadedWorkspace) throws -> Loaded<PackageLocation> {
        let root = workspace.root
        if name.hasSuffix(".hookpack") {
            let pack = try Hookpack(archive: try PackageFile.bytes(at: name))
            let folder = try PackageCache("\(root)/\(WorkspaceLayout.state)/packages").folder(of: pack)
            // People know the archive, and not the folder that it was unpacked into.
            return Loaded(PackageLocation(folder: folder, file: "\(name)/\(WorkspaceLayout.manifest)"), [])
        }
        let location = workspace.loader.location(of: name, in: workspace.document)
        let store = PackageStore(root: root)
        if let location = location.value {
            if let installed = WorkspaceLayout.installed(location.folder, in: root) { _ = try store.verified(installed) }
        } else if !name.contains("/"), FileManager.default.fileExists(atPath: name) {
            throw PackageError(
                .unfit,
                "'\(name)' is neither an activation nor a package: the name of a package's file ends in .hookpack, a folder is './\(name)'")
        } else if let pin = try store.pins().packages[name] {
            throw PackageError.missing(name, pin)
        }
        return location
    }

    /// Reads an activation by its name, its folder or its `.hookpack` file.
    ///
    /// - Throws: what `location` throws. What is wrong with the activation is among the issues of the result.
    package func activation(
        _ name: String, _ settings: [ParameterSetting] = [], in workspace: LoadedWorkspace, purpose: ActivationPurpose = .run
    ) throws -> Loaded<Activation> {
        let location = try location(name, in: workspace)
        guard let found = location.value else { return Loaded(nil, location.issues) }
        return workspace.loader.activation(at: found, in: workspace.document, settings: settings, purpose: purpose)
    }
}
