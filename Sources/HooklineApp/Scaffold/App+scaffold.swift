import Foundation
import HooklineCore
import HooklinePackages

/// Asks for a new package in the workspace.
package struct NewPackageRequest: Sendable {
    /// What a new package starts from.
    package enum Start: Sendable {
        case template(PackageStart.Name)
        /// A copy of a whole package: a shipped one, a folder or a `.hookpack` file.
        case copy(of: String)
    }

    package let name: String
    package let start: Start

    /// - Throws: `usage` for a text that is not the name of an activation.
    package init(_ name: String, from start: Start) throws(AppError) {
        let isName =
            (1...64).contains(name.utf8.count) && name.first != "-"
            && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        guard isName else {
            throw AppError(.usage, "'\(name)' is not a name for an activation: use 1 to 64 lowercase letters, digits and dashes")
        }
        self.name = name
        self.start = start
    }
}

extension App {
    /// Makes a workspace: `hookline.yaml`, a sample source, and room for activations.
    ///
    /// - Parameter root: the folder; made when it does not exist.
    /// - Throws: `scaffold.exists`, `scaffold.cannot_write`.
    package static func makeWorkspace(at root: String) throws(AppError) {
        try Scaffold(root: root).write(WorkspaceTemplate.files)
    }

    /// Makes a package in the workspace's `activations/`.
    ///
    /// - Returns: its folder, and whether it is a copy of another activation of the workspace, whose segment it names.
    /// - Throws: `package.taken`, `scaffold.exists`, `scaffold.cannot_write`; for a copy `PackageError` and `ArchiveError`.
    package func makePackage(_ request: NewPackageRequest) async throws -> (folder: String, sharesSegment: Bool) {
        let workspace = try workspace()
        let folder = WorkspaceLayout.activation(request.name, in: workspace.root)
        if try PackageStore(root: workspace.root).pins().packages[request.name] != nil {
            throw PackageError(
                .taken,
                "'\(request.name)' is installed in packages/, and a workspace has one activation of a name; choose another name, or: hookline uninstall \(request.name)"
            )
        }
        switch request.start {
        case .template(let template):
            let package = PackageTemplate(
                name: request.name, source: workspace.workspace.sources.keys.sorted().first ?? "users",
                destination: workspace.workspace.destinations.keys.sorted().first ?? "newsletter", start: template.start)
            try Scaffold(root: folder).write(package.files)
            return (folder, false)
        case .copy(let origin):
            try Scaffold(root: folder).write(try await PackageCopy(name: request.name, origin: origin).files(self, workspace))
            return (folder, workspace.workspace.activationNames.contains(origin))
        }
    }
}
