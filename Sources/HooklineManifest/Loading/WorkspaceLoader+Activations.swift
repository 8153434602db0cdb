import Foundation
import HooklineCore
import Text

/// Reads activations and packages.
extension WorkspaceLoader {
    /// Reads an activation of the workspace by its name, or the package in a folder.
    ///
    /// - Parameters:
    ///   - nameOrFolder: a name, or a path, which contains a `/` or is `.` or `..`. Relative paths start at the current directory.
    ///   - document: the workspace.
    ///   - settings: parameter values that override the workspace's and the defaults; the last one of a name counts.
    ///   - purpose: what the activation is needed for; what the purpose does not need may be missing.
    /// - Returns: the activation as far as it could be read, and all issues.
    package func activation(
        _ nameOrFolder: String, in document: WorkspaceDocument, settings: [ParameterSetting] = [], purpose: ActivationPurpose = .run
    ) -> Loaded<Activation> {
        let found = location(of: nameOrFolder, in: document)
        guard let location = found.value else { return Loaded(nil, found.issues) }
        return activation(at: location, in: document, settings: settings, purpose: purpose)
    }

    /// Reads the activation of a package.
    ///
    /// - Parameters:
    ///   - location: the package.
    ///   - document: the workspace.
    ///   - settings: parameter values that override the workspace's and the defaults; the last one of a name counts.
    ///   - purpose: what the activation is needed for; what the purpose does not need may be missing.
    /// - Returns: the activation as far as it could be read, and all issues.
    package func activation(
        at location: PackageLocation, in document: WorkspaceDocument, settings: [ParameterSetting] = [], purpose: ActivationPurpose = .run
    ) -> Loaded<Activation> {
        let findings = Findings()
        guard
            let tree = tree(
                "\(location.folder)/\(WorkspaceLayout.manifest)", shownAs: location.file, Self.newPackage, findings)
        else { return Loaded(nil, findings) }
        let root = document.workspace.root
        let expected =
            WorkspaceLayout.isOwn(location.folder, in: root)
            ? String(location.folder.dropFirst(WorkspaceLayout.activation("", in: root).count))
            : WorkspaceLayout.installed(location.folder, in: root)
        let reader = ActivationReader(
            findings: findings, files: files, document: document, folder: location.folder, file: location.file, purpose: purpose)
        return Loaded(reader.read(tree, expectedName: expected, settings: settings), findings)
    }

    /// Locates a package by its name in the workspace, or by a path, whether or not it can be read.
    package func location(of nameOrFolder: String, in document: WorkspaceDocument) -> Loaded<PackageLocation> {
        let root = document.workspace.root
        let own = WorkspaceLayout.activation(nameOrFolder, in: root)
        let isOwn = files.kind("\(own)/\(WorkspaceLayout.manifest)") == .file
        let home = isOwn ? own : WorkspaceLayout.package(nameOrFolder, in: root)
        let isPath = nameOrFolder.contains("/") || nameOrFolder == "." || nameOrFolder == ".."
        let known = document.workspace.activationNames
        guard isPath || known.contains(nameOrFolder) else {
            let there = known.isEmpty ? "the workspace has none" : "the workspace has \(enumerated(known))"
            let message = "there is no activation \(quoted(nameOrFolder)); \(there)\(NearestName.hint(nameOrFolder, among: known))"
            return Loaded(nil, [Issue(.unknownActivation, message, at: nil)])
        }
        let folder =
            isPath
            ? ManifestFiles.absolute(nameOrFolder, in: FileManager.default.currentDirectoryPath) : home
        let path = "\(folder)/\(WorkspaceLayout.manifest)"
        let file = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
        return Loaded(PackageLocation(folder: folder, file: file), [])
    }

    /// Reads what a package's manifest says of itself.
    package func manifest(of location: PackageLocation) -> Loaded<PackageManifest> {
        let findings = Findings()
        let tree = tree("\(location.folder)/\(WorkspaceLayout.manifest)", shownAs: location.file, Self.newPackage, findings)
        return Loaded(tree.map { PackageManifest($0) }, findings)
    }

    private static let newPackage = "hookline new creates a package"
}
