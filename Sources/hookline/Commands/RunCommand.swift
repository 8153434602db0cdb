import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine

/// `hookline run NAME…`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Plan and apply: make the segment follow the source.",
        discussion:
            "On a terminal it shows the plan and asks before it sends anything; --yes does not ask, and neither does a run without a terminal."
    )

    @Argument(help: "The activations: names, or package folders.")
    var names: [String]

    @Flag(help: "Do not ask before sending.")
    var yes = false

    @Flag(help: "Plan only: send nothing, record nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Historical refresh, --refresh or --refresh=reset: recreate (delete the segment and make it anew) or reset (empty it and keep its id).",
            valueName: "how"))
    var refresh: RunOptions.Refresh?

    @Flag(help: "Print what the scripts of the activations may use, and run nothing.")
    var explainLimits = false

    @OptionGroup var flags: RunFlags
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        // All are read before the first one runs: a slip in the last name must not leave half of them done.
        let (workspace, activations) = try app.reporting {
            let workspace = try app.workspace()
            return (workspace, try names.map { try app.prepare($0, flags, in: workspace, keepsScripts: names.count == 1) })
        }
        if explainLimits { return try explain(activations.map(\.activation)) }
        var reports: [RunReport] = []
        var worst: ExitStatus?
        for (index, activation) in activations.enumerated() {
            // With several, each gets its scripts' process when it is its turn; only their reading came before.
            let prepared = names.count == 1 ? activation : try app.reporting { try app.prepare(names[index], flags, in: workspace) }
            let report = try await app.reporting { try await runOne(prepared, app, workspace) }
            reports.append(report)
            if !options.json { print(ReportText(report: report).text) }
            let status = ExitStatus(report)
            if status != .done { worst = worst ?? status }
            if status == .interrupted { break }
        }
        if options.json {
            if names.count == 1, let report = reports.first { try JSONOutput.print(report) } else { try JSONOutput.print(reports) }
        }
        try worst?.leave()
    }

    private func explain(_ activations: [Activation]) throws {
        if options.json { return try JSONOutput.print(activations.map(LimitsOutput.init)) }
        print(activations.map { LimitsText(activation: $0).text }.joined(separator: "\n\n"))
    }

    private func runOne(_ prepared: PreparedActivation, _ app: App, _ workspace: LoadedWorkspace) async throws -> RunReport {
        try app.tellWhatItAsks(prepared, in: workspace)
        let confirmation = Confirmation(isGiven: yes || options.json)
        return try await Interruption.cancelling {
            try await app.withRunner(prepared, refresh: refresh, dryRun: dryRun, flags: flags, in: workspace) { runner in
                await runner.run { confirmation.ask($0) }
            }
        }
    }
}

/// One activation of `run --explain-limits --json`.
private struct LimitsOutput: Encodable {
    let activation: String
    let instructions: Int
    let patternSteps: Int
    let cpuMilliseconds: Int
    let memoryBytes: Int
    let logLines: Int
    let onScriptError: String
    let maxScriptErrors: Int

    init(_ activation: Activation) {
        self.activation = activation.name
        instructions = activation.limits.instructionsPerCall
        patternSteps = activation.limits.patternSteps
        cpuMilliseconds = activation.limits.milliseconds
        memoryBytes = activation.limits.memoryBytes
        logLines = activation.limits.logLines
        onScriptError = (activation.safeguards.onScriptError ?? .fail).rawValue
        maxScriptErrors = activation.safeguards.maxScriptErrors ?? 100
    }

    enum CodingKeys: String, CodingKey {
        case activation, instructions
        case patternSteps = "pattern_steps"
        case cpuMilliseconds = "cpu_milliseconds"
        case memoryBytes = "memory_bytes"
        case logLines = "log_lines"
        case onScriptError = "on_script_error"
        case maxScriptErrors = "max_script_errors"
    }
}
