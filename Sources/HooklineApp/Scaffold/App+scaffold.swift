import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages

/// Asks for a new package in the workspace.
package struct NewPackageRequest: Sendable {
    /// What a new package starts from.
    package enum Start: Sendable {
        case template(PackageStart.Name)
        /// A copy of a whole package: a shipped one, a folder or a `.hookpack` file.
        case copy(of: String)
        /// What a source of the workspace holds; `table` and `sql` are for databases.
        case source(String, table: String?, sql: String?)
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

/// A package that was made.
package struct NewPackage: Sendable {
    package let folder: String
    /// Whether it is a copy of another activation of the workspace, whose segment it names.
    package var sharesSegment = false
    /// What was guessed from a source: `email`, `primary_key`, and `consent`, each with its column.
    package var guesses: [String: String] = [:]
    /// What a person still has to fill in.
    package var toDo: [String] = []
}

extension App {
    /// Makes a workspace: `hookline.yaml`, a sample source, and room for activations.
    ///
    /// - Parameters:
    ///   - root: the folder; made when it does not exist.
    ///   - defaults: the default activation settings of its destination.
    /// - Throws: `IssuesFound` for settings that a manifest cannot have, before a file is made; `scaffold.exists`, `scaffold.cannot_write`.
    package static func makeWorkspace(at root: String, defaults: DefaultSettings = DefaultSettings()) throws {
        let issues = issues(in: defaults)
        if !issues.isEmpty { throw IssuesFound(issues) }
        try Scaffold(root: root).write(WorkspaceTemplate.files(defaults))
    }

    /// Why a manifest cannot have these settings; empty if it can.
    package static func issues(in defaults: DefaultSettings) -> [Issue] {
        WorkspaceLoader.issues(inManifest: WorkspaceTemplate.manifest(defaults)).filter { $0.severity == .error }
    }

    /// Makes a package in the workspace's `activations/`.
    ///
    /// - Throws: `package.taken`, `scaffold.exists`, `scaffold.cannot_write`; for a copy `PackageError` and `ArchiveError`; for a source what
    ///   describing it throws.
    package func makePackage(_ request: NewPackageRequest) async throws -> NewPackage {
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
            return NewPackage(folder: folder)
        case .copy(let origin):
            try Scaffold(root: folder).write(try await PackageCopy(name: request.name, origin: origin).files(self, workspace))
            return NewPackage(folder: folder, sharesSegment: workspace.workspace.activationNames.contains(origin))
        case .source(let source, let table, let sql):
            guard let configuration = workspace.workspace.sources[source] else {
                throw IssuesFound(workspace.document.source(named: source).issues)
            }
            var asked = DescribeRequest(source)
            (asked.table, asked.sql) = (table, sql)
            let package = SourcePackage(
                name: request.name, destination: workspace.workspace.destinations.keys.sorted().first ?? "newsletter",
                description: try describe(asked, in: workspace), sql: sql, knownNulls: configuration.nullValues)
            try Scaffold(root: folder).write(package.files)
            return NewPackage(folder: folder, guesses: package.guesses, toDo: package.toDo)
        }
    }
}
