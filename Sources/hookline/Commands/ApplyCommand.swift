import ArgumentParser
import HooklineCore
import HooklineEngine

/// `hookline apply FILE`.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Send a saved plan, exactly; a stale one is refused.")

    @Argument(help: "The file that 'hookline plan NAME -o FILE' wrote.")
    var file: String

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let report = try await app.reporting {
            let plan = try PlanFile.read(file)
            let workspace = try app.workspace()
            let prepared = try app.prepare(plan.activation, flags, in: workspace)
            return try await Interruption.cancelling {
                try await app.withRunner(prepared, refresh: nil, dryRun: false, flags: flags, in: workspace) { await $0.apply(plan) }
            }
        }
        if options.json { try JSONOutput.print(report) } else { print(ReportText(report: report).text) }
        try ExitStatus(report).leave()
    }
}
