import ArgumentParser
import HooklineApp
import HooklineCore

/// `hookline segment …`.
struct SegmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Count a segment, break it down, and compare it with others.",
        discussion: Examples.text(
            "segment count vip", "segment count vip --explain", "segment breakdown vip --by country", "segment overlap vip win-back"),
        subcommands: [Count.self, Breakdown.self, Overlap.self])

    /// `hookline segment count NAME`.
    struct Count: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "count", abstract: "Count the users of a segment, and what each rule removes.",
            discussion: Examples.text(
                "segment count vip", "segment count vip --explain",
                after: "Reads the whole source through rules and consent. Hooks do not run, and Mailchimp is not asked."))

        @Argument(help: "A segment of the workspace, or an activation.", completion: Completion.segment)
        var name: String

        @Flag(help: "Show for each rule how many rows it removes by itself, and how many there would be without it.")
        var explain = false

        @OptionGroup var flags: SegmentFlags
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let (app, explain) = (options.app, explain)
            let counted = try await options.reporting {
                let request = try flags.request([name])
                return try await Interruption.cancelling { try app.count(request, explains: explain) }
            }
            if options.json { return try JSONOutput.print(counted) }
            StandardOutput.print(SegmentCountText(counted: counted).text)
            for warning in counted.warnings { StandardError.print("warning: \(warning.message) [\(warning.code)]") }
        }
    }
}

extension SegmentCommand {
    /// `hookline segment breakdown NAME --by FIELD…`.
    struct Breakdown: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "breakdown", abstract: "Count the values of fields in a segment, beside those in its model.",
            discussion: Examples.text(
                "segment breakdown vip --by country", "segment breakdown vip --by country language --json",
                after: "An index of 100 means that the segment has a value as often as the model, and 200 twice as often."))

        @Argument(help: "A segment of the workspace, or an activation.", completion: Completion.segment)
        var name: String

        @Option(parsing: .upToNextOption, help: ArgumentHelp("The fields, one table for each.", valueName: "field"))
        var by: [String]

        @OptionGroup var flags: SegmentFlags
        @OptionGroup var options: GlobalOptions

        func validate() throws {
            if by.isEmpty { throw ValidationError("--by takes at least one field") }
        }

        func run() async throws {
            let (app, by) = (options.app, by)
            let found = try await options.reporting {
                let request = try flags.request([name])
                return try await Interruption.cancelling { try app.breakdown(request, by: by) }
            }
            if options.json { return try JSONOutput.print(found) }
            StandardOutput.print(SegmentBreakdownText(breakdown: found).text)
            for warning in found.warnings { StandardError.print("warning: \(warning.message) [\(warning.code)]") }
        }
    }
}
