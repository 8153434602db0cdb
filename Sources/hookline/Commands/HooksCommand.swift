import ArgumentParser
import HooklineHooks

/// `hookline hooks`.
struct HooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hooks", abstract: "List the hook points, and what each gets and returns.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        if options.json { return try JSONOutput.print(HookCatalog.points.map(HookOutput.init)) }
        var table = TextTable(header: ["hook", "when", "gets", "returns"])
        for point in HookCatalog.points {
            let gets = point.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
            table.add(point.name, point.when, gets, point.returns)
        }
        print(table.text())
        print("\nA script returns one table of these functions; each may be left out. docs/reference/hooks.md has them with examples.")
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
