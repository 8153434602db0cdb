import Foundation
import HooklineCore
import Text

/// Reads the files of a workspace: what they say, or everything that is wrong with them.
package struct WorkspaceLoader: Sendable {
    /// The file that makes a folder a workspace.
    package static let workspaceFile = "hookline.yaml"

    private let environment: [String: String]
    private let files: ManifestFiles

    /// A loader that resolves `${env:…}` in an environment and reads files through `files`.
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
    /// References to the environment that stand for nothing are not among the issues, `state:` excepted: whoever uses a source or a
    /// destination hears of its own, and `check` adds the document's `unresolved`.
    package func load(root: String) -> Loaded<WorkspaceDocument> {
        let root = ManifestFiles.absolute(root, in: FileManager.default.currentDirectoryPath)
        let findings = Findings()
        let path = "\(root)/\(Self.workspaceFile)"
        guard let tree = tree(path, shownAs: Self.workspaceFile, "hookline init makes a workspace", findings) else {
            return Loaded(nil, findings.issues)
        }
        guard tree.isMapping else {
            ShapeChecker(findings: findings).check(tree, WorkspaceShape.file, as: "the file")
            return Loaded(nil, findings.issues)
        }
        let document = WorkspaceReader(findings: findings, resolver: resolver(root)).read(tree, activationNames: activationNames(root))
        return Loaded(document, findings.issues)
    }

    /// Reads one activation: the one of that name in `activations/`, or the package in a folder.
    ///
    /// - Parameters:
    ///   - nameOrFolder: a name, or a path: what holds a `/` or is `.` or `..`. Relative paths start at the current directory.
    ///   - settings: values for its parameters that go before the workspace's and the defaults; the last of a name counts.
    ///   - purpose: what is going to be done with it; what that does not need may be missing.
    package func activation(
        _ nameOrFolder: String, in document: WorkspaceDocument, settings: [ParameterSetting] = [], purpose: ActivationPurpose = .run
    ) -> Loaded<Activation> {
        let found = location(of: nameOrFolder, in: document)
        guard let location = found.value else { return Loaded(nil, found.issues) }
        return activation(at: location, in: document, settings: settings, purpose: purpose)
    }

    /// Reads the activation of a package; as the other.
    package func activation(
        at location: PackageLocation, in document: WorkspaceDocument, settings: [ParameterSetting] = [], purpose: ActivationPurpose = .run
    ) -> Loaded<Activation> {
        let findings = Findings()
        guard
            let tree = tree(
                "\(location.folder)/\(WorkspaceLayout.manifest)", shownAs: location.file, "hookline new makes a package", findings)
        else { return Loaded(nil, findings.issues) }
        let root = document.workspace.root
        let expected =
            WorkspaceLayout.isOwn(location.folder, in: root)
            ? String(location.folder.dropFirst(WorkspaceLayout.activation("", in: root).count))
            : WorkspaceLayout.installed(location.folder, in: root)
        let reader = ActivationReader(
            findings: findings, files: files, document: document, folder: location.folder, file: location.file, purpose: purpose)
        return Loaded(reader.read(tree, expectedName: expected, settings: settings), findings.issues)
    }

    /// Where a package is, whether it can be read or not: the one of that name in `activations/`, or the one in a folder.
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

    /// What a package's manifest says of itself.
    package func manifest(of location: PackageLocation) -> Loaded<PackageManifest> {
        let findings = Findings()
        let tree = tree("\(location.folder)/\(WorkspaceLayout.manifest)", shownAs: location.file, "hookline new makes a package", findings)
        return Loaded(tree.map { PackageManifest($0) }, findings.issues)
    }

    /// A workspace without anything in it, for packages that are looked at outside of one.
    package func noWorkspace(at folder: String) -> WorkspaceDocument {
        WorkspaceDocument(workspace: Workspace(root: folder, ledgerPath: "\(folder)/.hookline/ledger.db"))
    }

    /// Reads the tests of a package: the files in its `tests/`, sorted, each with its tests in order.
    package func tests(of package: PackageLocation) -> Loaded<[ScriptTest]> {
        let findings = Findings()
        let folder = "\(package.folder)/tests"
        let shown = package.fileFolder
        var tests: [ScriptTest] = []
        // macOS leaves files such as ._users.yaml beside those that it copies elsewhere.
        for name in files.names(folder) where !name.hasPrefix(".") {
            let file = shown.isEmpty ? "tests/\(name)" : "\(shown)/tests/\(name)"
            if files.kind("\(folder)/\(name)") == .folder {
                reportHidden(files.names("\(folder)/\(name)"), in: file, findings)
                continue
            }
            guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
            let advice = "it holds a list of tests: - test: …"
            guard let tree = tree("\(folder)/\(name)", shownAs: file, advice, findings, content: advice) else { continue }
            tests += TestReader(findings: findings, files: files, folder: package.folder).read(tree)
        }
        var locations: [String: SourcePosition] = [:]
        for test in tests {
            if let location = locations.updateValue(test.position, forKey: test.name) {
                let message = "two tests are called \(quoted(test.name)), the other at \(location.file):\(location.line)"
                findings.report(.duplicateKey, message + ": each needs a name of its own", at: test.position)
            }
        }
        return Loaded(tests, findings.issues)
    }

    /// Tests that nobody would run are a mistake.
    private func reportHidden(_ names: [String], in folder: String, _ findings: Findings) {
        for name in names.sorted() where (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.hasPrefix(".") {
            findings.report(
                .unreadableFile, "tests are read from tests/ itself, not from folders in it: move the file up",
                at: SourcePosition(file: "\(folder)/\(name)", line: 1, column: 1))
        }
    }

    /// Reads a file of values for parameters: a mapping from their names.
    package func values(of path: String) -> Loaded<[ParameterSetting]> {
        let findings = Findings()
        let absolute = ManifestFiles.absolute(path, in: FileManager.default.currentDirectoryPath)
        let advice = "it holds a value a line: threshold: 200"
        guard let tree = tree(absolute, shownAs: path, advice, findings, content: advice) else { return Loaded(nil, findings.issues) }
        ShapeChecker(findings: findings).check(tree, .named(.parameterName, .parameterValue), as: "a file of values")
        let settings = tree.entries.map { entry in
            ParameterSetting(
                name: entry.key, text: entry.value.text ?? "", list: entry.value.items?.compactMap(\.text), origin: "--values",
                position: entry.value.position, namePosition: entry.keyPosition)
        }
        return Loaded(settings, findings.issues)
    }

    /// The secret itself, for the moment of its use.
    ///
    /// - Throws: `IssuesFound` with `manifest.unresolved_env` or `manifest.unreadable_secret`, which name the variable or the file.
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

    private func tree(
        _ path: String, shownAs file: String, _ advice: String, _ findings: Findings, content: String? = nil
    ) -> Tree? {
        let start = SourcePosition(file: file, line: 1, column: 1)
        guard let kind = files.kind(path) else {
            findings.report(.unreadableFile, "there is no \(file) here; \(advice)", at: start)
            return nil
        }
        guard kind == .file, let bytes = try? files.read(path, TreeComposer.sizeLimit + 1) else {
            findings.report(.unreadableFile, "\(file) cannot be read; is it a file, and who may read it?", at: start)
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
