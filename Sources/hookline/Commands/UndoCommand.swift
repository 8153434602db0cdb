import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline undo RUN`.
struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last run that changed anything: whoever it added leaves, whoever it removed enters.",
        discussion: Examples.text(
            "undo 20260301-060000-9f3c21ab", "undo 20260301 --dry-run",
            after:
                "Goes through the same plan, safeguards, review hook and ledger as a run. Names of segments stay. On a terminal it asks before it sends anything."
        )
    )

    @Argument(help: "The run's ID; any unique prefix works. 'hookline history NAME' lists the IDs.")
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
        let app = options.app
        let report = try await options.reporting {
            let workspace = try app.workspace()
            let earlier = try app.report(of: run, in: workspace)
            let prepared = try app.prepare(earlier.activation, try flags.choices(), in: workspace)
            let isConfirmed = yes || options.json
            return try await Interruption.cancelling {
                try await app.undo(earlier, prepared, isDryRun: dryRun, isConfirmed: isConfirmed)
            }
        }
        try options.finish(with: report)
    }
}
