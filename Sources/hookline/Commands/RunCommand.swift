import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

/// `hookline run NAME…`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Plan and apply: make the segment follow the source.",
        discussion: Examples.text(
            "run vip-customers", "run vip-customers win-back --yes", "run vip-customers --allow-removals 500",
            "run vip-customers --refresh=reset",
            after:
                "On a terminal it shows the plan and asks before it sends anything, unless --yes is given. Without a terminal it does not ask."
        )
    )

    @Argument(help: "The activations: names, or packages' folders.", completion: Completion.activation)
    var names: [String]

    @Flag(help: "Do not ask before sending.")
    var yes = false

    @Flag(help: "Plan only: send nothing, record nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Historical refresh, as --refresh or --refresh=reset: recreate (delete the segment and make it again) or reset (empty it and keep its ID).",
            valueName: "how"))
    var refresh: RunOptions.Refresh?

    @Flag(help: "Read the source whatever its probe says, and run every row through the hooks.")
    var full = false

    @Flag(help: "Print what the activations' scripts may use, and run nothing.")
    var explainLimits = false

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = options.app
        let batch = try options.reporting {
            let workspace = try app.workspace()
            var request = RunRequest(names)
            request.choices = try flags.choices()
            request.choices.readsAll = full
            request.refresh = refresh
            request.isDryRun = dryRun
            request.isConfirmed = yes || options.json
            return try app.prepare(request, in: workspace)
        }
        if explainLimits { return try show(batch.allowances) }
        let (isJSON, palette, isVerbose) = (options.json, options.palette, options.verbose)
        let reports = try await options.reporting {
            try await Interruption.cancelling {
                try await app.run(batch) {
                    if !isJSON { StandardOutput.print(ReportText(report: $0, palette: palette, isVerbose: isVerbose).text) }
                }
            }
        }
        if isJSON {
            if names.count == 1, let report = reports.first { try JSONOutput.print(report) } else { try JSONOutput.print(reports) }
        }
        try reports.map { ExitStatus($0) }.first { $0 != .done }?.leave()
    }

    private func show(_ allowances: [ScriptAllowance]) throws {
        if options.json { return try JSONOutput.print(allowances) }
        StandardOutput.print(allowances.map { LimitsText(allowance: $0).text }.joined(separator: "\n\n"))
    }
}
