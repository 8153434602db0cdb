import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline schedule [NAME]`.
struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Show when activations are due.",
        discussion: Examples.text(
            "schedule", "schedule win-back --count 20", "schedule win-back --from 2026-03-28T00:00:00Z --json",
            after: "This version starts no runs by itself: cron or another scheduler does."))

    @Argument(help: "An activation; by default, all of the workspace.", completion: Completion.activation)
    var activation: String?

    @Option(help: ArgumentHelp("How many times to list, up to 1,000.", valueName: "number"))
    var count = 10

    @Option(help: ArgumentHelp("List the times after this moment instead of now: \(Timestamp.allowed).", valueName: "instant"))
    var from: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count takes a number from 1 to 1000, found \(count)") }
        if let from, Timestamp.parse(from) == nil { throw ValidationError("--from takes \(Timestamp.allowed), found '\(from)'") }
    }

    func run() async throws {
        try options.reporting {
            var request = ScheduleRequest(activation)
            request.count = count
            request.start = from.flatMap { Timestamp.parse($0) }
            let found = try options.app.schedule(request)
            if options.json { return try JSONOutput.print(found) }
            if found.isEmpty { StandardOutput.print("the workspace has no activation") }
            for schedule in found { StandardOutput.print(ScheduleText(schedule: schedule).text) }
        }
    }
}
