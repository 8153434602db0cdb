import ArgumentParser
import HooklineCore
import HooklineEngine
import HooklineStore

/// `hookline undo RUN`.
struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take the last run back that changed anything: whom it added leaves, whom it removed enters.",
        discussion:
            "Goes through the same plan, safeguards, review hook and ledger as a run; names of segments stay. On a terminal it asks before it sends anything."
    )

    @Argument(help: "The run's id, or as much of it as only it begins with: 'hookline history NAME' lists them.")
    var run: String

    @Flag(help: "Do not ask before sending.")
    var yes = false

    @Flag(help: "Show what it would do; send nothing, record nothing.")
    var dryRun = false

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if flags.reconcile { throw ValidationError("--reconcile is for runs: an undo reads no members. Run with it afterwards") }
        if flags.adopt { throw ValidationError("--adopt is for runs: an undo makes no segment") }
    }

    func run() async throws {
        let app = App(options)
        let report = try await app.reporting {
            let workspace = try app.workspace()
            guard let earlier = try app.ledger(workspace.workspace).run(run) else {
                throw CommandFailure("store.unknown_run", "the ledger has no run '\(run)': 'hookline history NAME' lists them")
            }
            let prepared = try app.prepare(earlier.activation, flags, in: workspace)
            let confirmation = Confirmation(isGiven: yes || options.json)
            return try await Interruption.cancelling {
                try await app.withRunner(prepared, refresh: nil, dryRun: false, flags: flags, in: workspace) { runner in
                    guard dryRun else { return await runner.undo(earlier) { confirmation.ask($0) } }
                    let (plan, stop) = try await runner.undoPlan(earlier)
                    return plan.asReport(stop: stop, seconds: 0, startedAt: plan.createdAt)
                }
            }
        }
        if options.json { try JSONOutput.print(report) } else { print(ReportText(report: report).text) }
        try ExitStatus(report).leave()
    }
}
