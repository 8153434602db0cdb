import ArgumentParser
import HooklineApp
import Text

/// `hookline new NAME`.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a package in the workspace: manifest, hooks, sample, tests, README and editor settings.",
        discussion: Examples.text(
            "new vip-customers", "new everybody --source shop", "new be-nl --template breakdown", "new my-win-back --from win-back"))

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

    @Option(
        help: ArgumentHelp(
            "Start from a source of the workspace: reads it, and writes its columns, address, and key into the manifest.", valueName: "name"
        ))
    var source: String?

    @Option(help: ArgumentHelp("With --source: the table of a database.", valueName: "name"))
    var table: String?

    @Option(help: ArgumentHelp("With --source: a query of a database instead of a table.", valueName: "query"))
    var sql: String?

    @OptionGroup var options: GlobalOptions

    private func request() throws(AppError) -> NewPackageRequest {
        if let source { return try NewPackageRequest(name, from: .source(source, table: table, sql: sql)) }
        return try NewPackageRequest(name, from: from.map { .copy(of: $0) } ?? .template(template ?? .basic))
    }

    func validate() throws {
        if template != nil, from != nil { throw ValidationError("--template and --from are two ways to start: choose one") }
        if source != nil, template != nil || from != nil {
            throw ValidationError("--source, --template and --from are ways to start: choose one")
        }
        if source == nil, table != nil || sql != nil { throw ValidationError("--table and --sql need --source") }
        if table != nil, sql != nil { throw ValidationError("--table and --sql are two ways to say which rows: choose one") }
        do { _ = try request() } catch { throw ValidationError(error.message) }
    }

    func run() async throws {
        try await options.reporting {
            let (app, request) = (options.app, try request())
            let made = try await Interruption.cancelling { try await app.makePackage(request) }
            if options.json { return try JSONOutput.print(NewOutput(made, isOfSource: source != nil)) }
            if options.quiet { return }
            if let source { return show(made, of: source) }
            guard let from else {
                return StandardOutput.print(
                    "made activations/\(name); next: edit its activation.yaml and hooks.lua, then: hookline test \(name)")
            }
            StandardOutput.print("made activations/\(name) from \(from), with its version and its README; next: hookline test \(name)")
            if made.sharesSegment {
                StandardOutput.print(
                    "to run both, give this one's segment another name in activation.yaml: two activations cannot follow one segment")
            }
            options.tellWhatIsMissing(name)
        }
    }
}

extension NewCommand {
    private func show(_ made: NewPackage, of source: String) {
        StandardOutput.print("made activations/\(name) from the source \(source)")
        for (part, column) in made.guesses.sorted(by: { $0.key < $1.key }) { StandardOutput.print("guessed \(part): \(column.onOneLine)") }
        for line in made.toDo { StandardOutput.print("to do: \(line)") }
        StandardOutput.print("next: look over activations/\(name)/activation.yaml, then: hookline check \(name) --data")
    }
}

/// The JSON of `new`.
private struct NewOutput: Encodable {
    let package: String
    let guesses: [String: String]?
    let toDo: [String]?

    enum CodingKeys: String, CodingKey {
        case package, guesses
        case toDo = "to_do"
    }

    init(_ made: NewPackage, isOfSource: Bool) {
        package = made.folder
        guesses = isOfSource ? made.guesses : nil
        toDo = isOfSource ? made.toDo : nil
    }
}

extension PackageStart.Name: ExpressibleByArgument {}
