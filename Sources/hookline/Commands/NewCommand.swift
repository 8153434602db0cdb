import ArgumentParser
import Foundation
import HooklineCore

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
        try app.reporting {
            let workspace = try app.workspace().workspace
            let folder = "\(workspace.root)/activations/\(name)"
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
}
