import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

/// `hookline plan NAME`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what a run would do and what it would cost; changes nothing at Mailchimp.",
        discussion: Examples.text(
            "plan vip-customers", "plan vip-customers --addresses --all", "plan vip-customers -o plan.json", "plan vip-customers --refresh",
            after: "Lists the first 20 people who would enter, by row and key. --addresses shows addresses, and who would leave."))

    @Argument(help: "The activation: its name, or its package's folder.", completion: Completion.activation)
    var name: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Also save the plan, for 'hookline apply'.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp("Plan a historical refresh: recreate (the default), or reset, which keeps the segment's ID.", valueName: "how"))
    var refresh: RunOptions.Refresh?

    @Flag(help: "List everybody who would enter and leave, not only the first 20.")
    var all = false

    @Flag(help: "Show the addresses of those who would enter and leave.")
    var addresses = false

    @Flag(help: "Run every row through the hooks, whatever is remembered.")
    var full = false

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = options.app
        let keeper = options.json ? nil : RowKeeper(notesEnteringOnly: true)
        let planned = try await options.reporting {
            var choices = try flags.choices()
            choices.readsAll = full
            let prepared = try app.prepare(name, choices, in: try app.workspace())
            return try await Interruption.cancelling {
                try await app.plan(prepared, refresh: refresh, savingTo: output, noting: keeper)
            }
        }
        let report = planned.report
        if let keeper { try options.reporting { try show(report, keeper) } } else { try JSONOutput.print(report) }
        if let output, !options.json { StandardError.print(whatSends(planned, in: output)) }
        try ExitStatus(report).leave()
    }

    /// How to send the plan that was saved in a file.
    private func whatSends(_ planned: PlannedRun, in file: String) -> String {
        let flags = flags.asWrittenForApply(planned.allowanceNeeded)
        let command = "hookline\(options.directoryAsWritten) apply \(ShellWord.quoted(file))\(flags)"
        if planned.report.outcome.isStop, planned.report.error?.code.isSafeguard != true {
            return "saved; 'hookline apply' would stop, too: no flag lets a plan pass the review hook"
        }
        if name.contains("/") || name.hasSuffix(".hookpack") {
            return "saved; once the package is an activation of this workspace, this sends exactly this: \(command)"
        }
        return planned.report.outcome.isStop
            ? "saved; 'hookline apply' would stop, too, unless you let the plan pass: \(command)"
            : "saved; to send exactly this: \(command)"
    }

    private func show(_ report: RunReport, _ keeper: RowKeeper) throws {
        StandardOutput.print(ReportText(report: report, palette: options.palette, isVerbose: options.verbose).text)
        let people = try PlanPeople(report, keeper, limit: all ? nil : 20)
        if let text = PlanPeopleText(people: people, showsAddresses: addresses, palette: options.palette).text {
            StandardOutput.print(text)
        }
    }
}
