import Foundation
import HooklineCore

/// Reads the files of a workspace: what they say, or everything that is wrong with them.
package struct WorkspaceLoader: Sendable {
    /// The file that makes a folder a workspace.
    package static let workspaceFile = "hookline.yaml"

    private let environment: [String: String]
    let files: ManifestFiles

    /// Creates a loader that resolves `${env:…}` in `environment` and reads through `files`.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment, files: ManifestFiles = .disk) {
        self.environment = environment
        self.files = files
    }

    /// The nearest folder, from this one upwards, that holds a `hookline.yaml`; nil when none does.
    package static func findRoot(from directory: String, files: ManifestFiles = .disk) -> String? {
        var folder = ManifestFiles.absolute(directory, in: FileManager.default.currentDirectoryPath)
        while true {
            if files.kind("\(folder == "/" ? "" : folder)/\(workspaceFile)") == .file { return folder }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    /// Reads `hookline.yaml` of a folder.
    ///
    /// Unresolved references are not among the issues, except in `state:`: whoever uses a source or a destination learns of its own, and
    /// `check` adds ``WorkspaceDocument/unresolved``.
    package func load(root: String) -> Loaded<WorkspaceDocument> {
        let root = ManifestFiles.absolute(root, in: FileManager.default.currentDirectoryPath)
        let findings = Findings()
        let path = "\(root)/\(Self.workspaceFile)"
        guard let tree = tree(path, shownAs: Self.workspaceFile, "hookline init creates a workspace", findings) else {
            return Loaded(nil, findings)
        }
        guard tree.isMapping else {
            ShapeChecker(findings: findings, file: .workspace).check(tree, WorkspaceShape.file, as: "the file")
            return Loaded(nil, findings)
        }
        let document = WorkspaceReader(findings: findings, resolver: resolver(root)).read(tree, activationNames: activationNames(root))
        return Loaded(document, findings)
    }

    /// What is wrong with a text that is to become a `hookline.yaml`; its references are taken for resolved.
    package static func issues(inManifest text: String) -> [Issue] {
        let root = "/new"
        let path = "\(root)/\(workspaceFile)"
        let files = ManifestFiles(
            read: { _, limit in Array(text.utf8.prefix(limit)) }, kind: { $0 == path ? .file : nil }, names: { _ in [] }, realPath: { $0 })
        return WorkspaceLoader(environment: [:], files: files).load(root: root).issues
    }

    /// An empty workspace, for packages outside of one.
    package func noWorkspace(at folder: String) -> WorkspaceDocument {
        WorkspaceDocument(workspace: Workspace(root: folder, ledgerPath: "\(folder)/.hookline/ledger.db"))
    }

    /// Resolves a secret. Do so only when it is used.
    ///
    /// - Throws: `IssuesFound` with `manifest.unresolved_env` or `manifest.unreadable_secret`, which names the variable or the file.
    package func resolve(_ secret: Secret) throws(IssuesFound) -> String {
        do throws(UnresolvedReference) {
            return try resolver("/").value(of: secret)
        } catch {
            throw IssuesFound([error.issue])
        }
    }

    private func resolver(_ root: String) -> ReferenceResolver {
        ReferenceResolver(environment: environment, files: files, root: root)
    }

    private func activationNames(_ root: String) -> [String] {
        let found = [WorkspaceLayout.activations, WorkspaceLayout.packages].flatMap { folder in
            files.names("\(root)/\(folder)").filter { name in
                !name.hasPrefix(".") && files.kind("\(root)/\(folder)/\(name)/\(WorkspaceLayout.manifest)") == .file
            }
        }
        return Set(found).sorted()
    }

    /// The tree of a file; nil when it can't be read, which the findings then say.
    ///
    /// `advice` says how to get such a file, `content` what one holds.
    func tree(_ path: String, shownAs file: String, _ advice: String, _ findings: Findings, content: String? = nil) -> Tree? {
        let start = SourcePosition(file: file, line: 1, column: 1)
        guard let kind = files.kind(path) else {
            findings.report(.unreadableFile, "there is no \(file) here; \(advice)", at: start)
            return nil
        }
        guard kind == .file, let bytes = try? files.read(path, TreeComposer.sizeLimit + 1) else {
            findings.report(.unreadableFile, "\(file) can't be read: check that it is a file, and its permissions", at: start)
            return nil
        }
        let (tree, issues) = DeepStack.run {
            let found = Findings()
            var composer = TreeComposer(file: file, findings: found)
            if let content { composer.content = content }
            return (composer.compose(bytes), found.issues)
        }
        findings.add(issues)
        return tree
    }
}
