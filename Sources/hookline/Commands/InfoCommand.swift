import Archive
import ArgumentParser
import HooklineCore
import HooklineHooks
import HooklineManifest
import HooklinePackages

/// `hookline info NAME`.
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what a package is, which fields it reads, where it writes, and its parameters.")

    @Argument(help: "An activation or installed package, a folder, a .hookpack file, an https address, or a shipped package.")
    var package: String

    @OptionGroup var parameters: ParameterFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try await app.reporting {
            let workspace = try app.workspaceIfAny()
            let settings = try parameters.all(app, workspace.loader)
            let info = try await app.examining(package, in: workspace, settings: settings) { PackageInfo($0.pinned(in: workspace)) }
            if options.json { try JSONOutput.print(info) } else { print(info.text) }
            if !options.json, !options.quiet { for issue in info.issues { StandardError.print("here: \(issue.shown)") } }
        }
    }
}

/// `hookline list`.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the installed packages, with what is wrong with them.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        try app.reporting {
            // What is wrong with the workspace is no matter of its packages.
            let store = PackageStore(root: try app.workspaceRoot ?? app.workspace().workspace.root)
            let packages = try store.pins().packages.sorted { $0.key < $1.key }.map { name, pin in
                Listed(name: name, pin: pin, problem: Self.problem(store, name))
            }
            if options.json {
                try JSONOutput.print(packages)
            } else if packages.isEmpty {
                print("no packages are installed: hookline install FILE")
            } else {
                var table = TextTable(header: ["package", "version", "digest", "signed by", "tests", "from"])
                for package in packages {
                    let pin = package.pin
                    table.add(
                        package.name, pin.version, String(pin.digest.prefix(19)), pin.signer.map { String($0.prefix(24)) } ?? "nobody",
                        pin.tested ? "passed" : "NOT TESTED", pin.from)
                }
                print(table.text())
                for package in packages { if let problem = package.problem { StandardError.print("\(package.name): \(problem)") } }
            }
            if packages.contains(where: { $0.problem != nil }) { throw ExitStatus.invalid }
        }
    }

    private static func problem(_ store: PackageStore, _ name: String) -> String? {
        do {
            _ = try store.verified(name)
            return nil
        } catch { return "\(error)" }
    }

    private struct Listed: Encodable {
        let name: String
        let pin: PackagePins.Pin
        let problem: String?
    }
}
