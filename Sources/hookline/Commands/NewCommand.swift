import Archive
import ArgumentParser
import Foundation
import HooklineCore
import HooklinePackages

/// `hookline new NAME`.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a package in the workspace: manifest, hooks, sample, tests, README and editor settings.")

    @Argument(help: "The activation's name: lowercase letters, digits and dashes.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "What to start from: basic (a filter), breakdown (a segment a country), suppression (lists of whom to leave out), winback (no order for a while).",
            valueName: "name"))
    var template = PackageStart.Name.basic

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
        if !allowed {
            throw ValidationError("'\(name)' is no name for an activation: use lowercase letters, digits and dashes, 64 at most")
        }
    }

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let loaded = try app.workspace()
            let workspace = loaded.workspace
            let folder = "\(workspace.root)/activations/\(name)"
            if let from { return try await copy(from, to: folder, app, loaded) }
            let source = workspace.sources.keys.sorted().first ?? "users"
            let destination = workspace.destinations.keys.sorted().first ?? "newsletter"
            let package = PackageTemplate(name: name, source: source, destination: destination, start: template.start)
            try Scaffold(root: folder).write(package.files)
            if options.json { return try JSONOutput.print(["package": folder]) }
            if !options.quiet {
                print("made activations/\(name); next: edit its activation.yaml and hooks.lua, then: hookline test \(name)")
            }
        }
    }

    /// The files of a package under a new name; one that was changed after it was installed is one's own from here on.
    private func copy(_ from: String, to folder: String, _ app: App, _ workspace: LoadedWorkspace) async throws {
        try await app.examining(from, in: workspace) { package in
            let files = package.pack.files.map { file in
                var text = String(decoding: file.content, as: UTF8.self)
                if file.path == PackageFolder.manifest {
                    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                    text = lines.map { $0.hasPrefix("name:") ? "name: \(name)" : $0 }.joined(separator: "\n")
                }
                return (path: file.path, text: text)
            }
            try Scaffold(root: folder).write(files)
        }
        if options.json { return try JSONOutput.print(["package": folder]) }
        if !options.quiet { print("made activations/\(name) from \(from); next: hookline test \(name)") }
    }
}
