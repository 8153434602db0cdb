import ArgumentParser
import HooklineApp
import HooklineHooks

/// `hookline hooks`.
struct HooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooks", abstract: "List the hook points with their parameters and results, or print types for editors.",
        discussion: Examples.text("hooks", "hooks --types vip-customers"))

    @Argument(help: "With --types: the activation whose fields and parameters are included.")
    var activation: String?

    @Flag(help: "Print a definition file for LuaLS, with which editors complete and check scripts.")
    var types = false

    @Flag(help: "Print the reference of the library as Markdown.")
    var markdown = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if activation != nil, !types { throw ValidationError("the name of an activation needs --types") }
        if types, markdown { throw ValidationError("--types and --markdown are two different outputs: choose one") }
    }

    func run() throws {
        if markdown { return StandardOutput.print(LibraryPage.markdown, terminator: "") }
        if types { return StandardOutput.print(try options.reporting { try options.app.luaTypes(for: activation) }.text, terminator: "") }
        if options.json { return try JSONOutput.print(HookCatalog.points.map(HookOutput.init)) }
        var table = TextTable(header: ["hook", "when", "gets", "returns"])
        for point in HookCatalog.points {
            let gets = point.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
            table.add(point.name, point.when, gets, point.returns)
        }
        StandardOutput.print(table.text())
        StandardOutput.print(
            "\nA script returns one table of these functions, all of them optional. docs/reference/hooks.md describes them with examples.")
    }
}

/// One hook of `hooks --json`.
private struct HookOutput: Encodable {
    let name: String
    let when: String
    let parameters: [Parameter]
    let returns: String

    struct Parameter: Encodable {
        let name: String
        let type: String
        let summary: String
    }

    init(_ point: HookCatalog.Point) {
        name = point.name
        when = point.when
        parameters = point.parameters.map { Parameter(name: $0.name, type: $0.type, summary: $0.summary) }
        returns = point.returns
    }
}
