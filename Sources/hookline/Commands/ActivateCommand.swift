import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

/// `hookline activate SEGMENT`.
struct ActivateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Make an activation of a segment of the workspace, with the default settings of its destination, and run it.",
        discussion: Examples.text(
            "activate vip", "activate vip --name vip-customers --destination newsletter", "activate vip --no-run",
            after:
                "On a terminal it shows the plan and asks before it sends anything, unless --yes is given. Without a terminal it does not ask."
        ))

    @Argument(help: "A segment of the workspace.", completion: Completion.segment)
    var segment: String

    @Option(
        help: ArgumentHelp("The activation's name; by default, the segment's in lowercase letters, digits and dashes.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The destination; by default, the only one.", valueName: "name"))
    var destination: String?

    @Option(help: ArgumentHelp("The field with the email address, instead of the destination's default.", valueName: "field"))
    var email: String?

    @Option(help: ArgumentHelp("When it is meant to run, as a cron line, instead of the destination's default.", valueName: "line"))
    var schedule: String?

    @Option(help: ArgumentHelp("The same as an interval, such as 1h.", valueName: "interval"))
    var every: String?

    @Option(help: ArgumentHelp("The time zone, instead of the destination's default.", valueName: "zone"))
    var timezone: String?

    @Flag(help: "Make and check the activation, and run nothing.")
    var noRun = false

    @Flag(help: "Do not ask before sending.")
    var yes = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if schedule != nil, every != nil { throw ValidationError("--schedule and --every are two ways to say when: choose one") }
    }

    func run() async throws {
        let app = options.app
        var request = ActivateRequest(segment)
        (request.name, request.destination) = (name, destination)
        (request.email, request.schedule, request.every, request.timezone) = (email, schedule, every, timezone)
        let asked = request
        let made = try await options.reporting { try await Interruption.cancelling { try await app.activate(asked) } }
        if !options.json, !options.quiet {
            StandardOutput.print("made activations/\(made.activation) of the segment \(made.segment):")
            StandardOutput.print(SettingsText(settings: made.settings).text)
        }
        if noRun {
            if options.json { try JSONOutput.print(ActivateOutput(activated: made, run: nil)) }
            if options.tellsMore { StandardOutput.print("next: hookline\(options.directoryAsWritten) run \(made.activation)") }
            return
        }
        let (isJSON, palette) = (options.json, options.palette)
        let reports = try await options.reporting {
            var run = RunRequest([made.activation])
            run.isConfirmed = yes || isJSON
            let batch = try app.prepare(run, in: try app.workspace())
            return try await Interruption.cancelling {
                try await app.run(batch) { if !isJSON { StandardOutput.print(ReportText(report: $0, palette: palette).text) } }
            }
        }
        if isJSON { try JSONOutput.print(ActivateOutput(activated: made, run: reports.first)) }
        try reports.map { ExitStatus($0) }.first { $0 != .done }?.leave()
    }
}

/// The JSON of `activate`.
private struct ActivateOutput: Encodable {
    let activated: ActivatedSegment
    let run: RunReport?
}
