import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine

/// `hookline plan NAME`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a run would do and what it would cost; changes nothing at Mailchimp.")

    @Argument(help: "The activation: its name, or its package's folder.")
    var name: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Also save the plan, for 'hookline apply'.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Plan a historical refresh: recreate (the default) or reset, which keeps the id.", valueName: "how"))
    var refresh: RunOptions.Refresh?

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let report = try await app.reporting {
            let workspace = try app.workspace()
            let prepared = try app.prepare(name, flags, in: workspace)
            return try await Interruption.cancelling {
                try await app.withRunner(prepared, refresh: refresh, dryRun: true, flags: flags, in: workspace) { runner in
                    let started = Clock.stopwatch()
                    let (plan, stop) = try await runner.plan()
                    if let output { try PlanFile.write(plan, to: output) }
                    var report = plan.asReport(stop: stop, seconds: Clock.stopwatch() - started, startedAt: plan.createdAt)
                    report.hooks = prepared.hooks?.costs ?? []
                    return report
                }
            }
        }
        if options.json {
            try JSONOutput.print(report)
        } else {
            print(ReportText(report: report).text)
            if let output {
                StandardError.print(
                    "saved; to send exactly this: hookline apply \(output)\(flags.parameters.asWritten)")
            }
        }
        try ExitStatus(report).leave()
    }
}
