import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline apply FILE`.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Send a saved plan, exactly as it is; a stale one is refused.",
        discussion: Examples.text("apply plan.json", "apply plan.json --allow-removals 500"))

    @Argument(help: "The file that 'hookline plan NAME -o FILE' wrote.", completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = options.app
        let report = try await options.reporting {
            let plan = try PlanFile.read(file)
            let prepared = try app.prepare(plan.activation, try flags.choices(), in: try app.workspace())
            return try await Interruption.cancelling { try await app.apply(plan, prepared) }
        }
        try options.finish(with: report)
    }
}
