import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages

/// `hookline new NAME`.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a package in the workspace: manifest, hooks, sample, tests, README and editor settings.")

    @Argument(help: "The activation's name: lowercase letters, digits and dashes.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "What to start from: basic (a filter; the default), breakdown (a segment a country), suppression (lists of whom to leave out), winback (no order for a while).",
            valueName: "name"))
    var template: PackageStart.Name?

    @Option(
        help: ArgumentHelp(
            "Start from a whole package instead: a shipped one (lifecycle-stages, locale-newsletter, suppression-list, vip-customers, win-back), a folder or a .hookpack file.",
            valueName: "package"))
    var from: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        let allowed =
            name.utf8.count <= 64 && !name.isEmpty && name.first != "-"
            && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        if template != nil, from != nil { throw ValidationError("--template and --from are two ways to start; choose one") }
        if !allowed {
            throw ValidationError("'\(name)' is no name for an activation: use lowercase letters, digits and dashes, 64 at most")
        }
    }

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let loaded = try app.workspace()
            let workspace = loaded.workspace
            let folder = WorkspaceLayout.activation(name, in: workspace.root)
            if try PackageStore(root: workspace.root).pins().packages[name] != nil {
                throw PackageError(
                    .taken,
                    "'\(name)' is installed in packages/, and a workspace has one activation of a name; choose another, or: hookline uninstall \(name)"
                )
            }
            if let from { return try await copy(from, to: folder, app, loaded) }
            let source = workspace.sources.keys.sorted().first ?? "users"
            let destination = workspace.destinations.keys.sorted().first ?? "newsletter"
            let package = PackageTemplate(name: name, source: source, destination: destination, start: (template ?? .basic).start)
            try Scaffold(root: folder).write(package.files)
            if options.json { return try JSONOutput.print(["package": folder]) }
            if !options.quiet {
                print("made activations/\(name); next: edit its activation.yaml and hooks.lua, then: hookline test \(name)")
            }
        }
    }

    /// The files of a package under a new name; one that was changed after it was installed is one's own from here on.
    private func copy(_ from: String, to folder: String, _ app: App, _ workspace: LoadedWorkspace) async throws {
        let files = try await original(from, app, workspace)
        try Scaffold(root: folder).write(
            try files.map { file in
                (path: file.path, content: file.path == WorkspaceLayout.manifest ? try renamed(file.content) : file.content)
            })
        if options.json { return try JSONOutput.print(["package": folder]) }
        if options.quiet { return }
        print("made activations/\(name) from \(from), with its version and its README; next: hookline test \(name)")
        if workspace.workspace.activationNames.contains(from) {
            print("where both are run, give its segment another name in activation.yaml: two activations cannot follow one segment")
        }
        app.tellWhatIsMissing(name)
    }

    /// A package's files. Of a folder nobody asks whether its scripts compile: the copy is made to mend them.
    private func original(
        _ from: String, _ app: App, _ workspace: LoadedWorkspace
    ) async throws -> [ArchiveEntry] {
        guard let folder = try app.folder(of: from, in: workspace, isNew: false) else {
            return try await app.examining(from, in: workspace) { $0.pack.files }
        }
        return try PackageFolder.files(in: folder)
    }

    /// A manifest with another name; every other byte as it is.
    private func renamed(_ manifest: [UInt8]) throws -> [UInt8] {
        var lines = manifest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let index = lines.firstIndex { line in
            [#"name:"#, #""name":"#, "'name':"].contains { line.starts(with: $0.utf8) }
        }
        guard let index else {
            throw PackageError(
                .unfit, "the manifest of '\(from ?? "")' does not say name: at the beginning of a line; write it so, and try again")
        }
        let end = lines[index].last == UInt8(ascii: "\r") ? "\r" : ""
        lines[index] = Array("name: \(name)\(end)".utf8)
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }
}
