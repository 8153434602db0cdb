import Archive
import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages
import Lua

extension App {
    /// The workspace around the directory, or an empty one at the directory where there is none.
    func workspaceIfAny() throws -> LoadedWorkspace {
        if workspaceRoot != nil { return try workspace() }
        let loader = WorkspaceLoader(environment: environment)
        return LoadedWorkspace(
            loader: loader, document: loader.noWorkspace(at: URL(fileURLWithPath: directory).standardizedFileURL.path))
    }

    /// Where an activation is that is named, in a folder, or in a `.hookpack` file; an installed package is held against its pin.
    func location(_ name: String, in workspace: LoadedWorkspace) throws -> Loaded<PackageLocation> {
        let root = workspace.workspace.root
        if name.hasSuffix(".hookpack") {
            let pack = try Hookpack(archive: try bytes(ofFile: name))
            let folder = try PackageCache("\(root)/\(WorkspaceLayout.state)/packages").folder(of: pack)
            // People know the archive, and not the folder that it was unpacked into.
            return Loaded(PackageLocation(folder: folder, file: "\(name)/\(WorkspaceLayout.manifest)"), [])
        }
        let location = workspace.loader.location(of: name, in: workspace.document)
        if let location = location.value {
            if let installed = WorkspaceLayout.installed(location.folder, in: root) { _ = try PackageStore(root: root).verified(installed) }
        } else if !name.contains("/"), FileManager.default.fileExists(atPath: name) {
            throw PackageError(
                .unfit, "'\(name)' is neither an activation nor a package: a file's name ends in .hookpack, a folder is written './\(name)'"
            )
        } else if let pin = try PackageStore(root: root).pins().packages[name] {
            throw PackageError.missing(name, pin)
        }
        return location
    }

    /// Reads an activation by its name, its folder or its `.hookpack` file.
    func activation(
        _ name: String, _ settings: [ParameterSetting] = [], in workspace: LoadedWorkspace, purpose: ActivationPurpose = .run
    ) throws -> Loaded<Activation> {
        let location = try location(name, in: workspace)
        guard let found = location.value else { return Loaded(nil, location.issues) }
        return workspace.loader.activation(at: found, in: workspace.document, settings: settings, purpose: purpose)
    }

    /// Refuses a package whose name is another's here: it would go on with that one's segment and ledger.
    ///
    /// - Throws: `package.taken`.
    func checkHome(of activation: Activation, in workspace: LoadedWorkspace) throws {
        let (root, name) = (workspace.workspace.root, activation.name)
        let own = WorkspaceLayout.activation(name, in: root)
        if [own, WorkspaceLayout.package(name, in: root)].contains(activation.folder) { return }
        if FileManager.default.fileExists(atPath: "\(own)/\(WorkspaceLayout.manifest)") {
            throw PackageError(
                .taken,
                "the package calls itself '\(name)', and so does activations/\(name), whose segment and ledger it would take over; give one of them another name"
            )
        }
        guard let pin = try PackageStore(root: root).pins().packages[name] else { return }
        let pack = try Hookpack(
            name: name, version: activation.version, isTested: pin.tested, files: PackageFolder.files(in: activation.folder))
        guard pack.digest == pin.digest else {
            throw PackageError(
                .taken,
                "the package calls itself '\(name)', of which version \(pin.version) is installed, and is another; to look at it: hookline compare \(name) --with FILE; to run it from now on: hookline upgrade \(name) FILE"
            )
        }
    }
}
