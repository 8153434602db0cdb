import ArgumentParser
import HooklineApp

/// `hookline new NAME`.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a package in the workspace: manifest, hooks, sample, tests, README and editor settings.",
        discussion: Examples.text("new vip-customers", "new be-nl --template breakdown", "new my-win-back --from win-back"))

    @Argument(help: "The activation's name: lowercase letters, digits and dashes.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "Start from a template: basic (a filter; the default), breakdown (a segment for each country), suppression (lists of people to leave out), winback (no order for a while).",
            valueName: "name"))
    var template: PackageStart.Name?

    @Option(
        help: ArgumentHelp(
            "Start from a whole package: a shipped one (lifecycle-stages, locale-newsletter, suppression-list, vip-customers, win-back), a folder or a .hookpack file.",
            valueName: "package"))
    var from: String?

    @OptionGroup var options: GlobalOptions

    private func request() throws(AppError) -> NewPackageRequest {
        try NewPackageRequest(name, from: from.map { .copy(of: $0) } ?? .template(template ?? .basic))
    }

    func validate() throws {
        if template != nil, from != nil { throw ValidationError("--template and --from are two ways to start: choose one") }
        do { _ = try request() } catch { throw ValidationError(error.message) }
    }

    func run() async throws {
        try await options.reporting {
            let made = try await options.app.makePackage(try request())
            if options.json { return try JSONOutput.print(["package": made.folder]) }
            if options.quiet { return }
            guard let from else {
                return print("made activations/\(name); next: edit its activation.yaml and hooks.lua, then: hookline test \(name)")
            }
            print("made activations/\(name) from \(from), with its version and its README; next: hookline test \(name)")
            if made.sharesSegment {
                print("to run both, give this one's segment another name in activation.yaml: two activations cannot follow one segment")
            }
            options.tellWhatIsMissing(name)
        }
    }
}

extension PackageStart.Name: ExpressibleByArgument {}
