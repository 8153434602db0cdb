import ArgumentParser
import HooklineApp
import HooklineCore

extension SegmentCommand {
    /// `hookline segment overlap NAME…`.
    struct Overlap: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "overlap", abstract: "Compare segments by the addresses in them, also with what is in Mailchimp.",
            discussion: Examples.text(
                "segment overlap vip win-back", "segment overlap vip --mailchimp", "segment overlap vip win-back new --svg overlap.svg",
                after: "The segments may have different models and sources. Hooks do not run; --mailchimp reads all members."))

        @Argument(help: "Segments of the workspace, or activations.", completion: Completion.segment)
        var names: [String]

        @Flag(help: "Compare with the segments of these names in Mailchimp, too.")
        var mailchimp = false

        @Option(help: ArgumentHelp("Draw an UpSet plot into a file.", valueName: "file"), completion: .file(extensions: ["svg"]))
        var svg: String?

        @OptionGroup var flags: SegmentFlags
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let (app, mailchimp, svg) = (options.app, mailchimp, svg)
            let found = try await options.reporting {
                let request = try flags.request(names)
                return try await Interruption.cancelling { try await app.overlap(request, asksMailchimp: mailchimp, svg: svg) }
            }
            if options.json { return try JSONOutput.print(found) }
            StandardOutput.print(SegmentOverlapText(overlap: found).text)
            for warning in found.warnings { StandardError.print("warning: \(warning.message) [\(warning.code)]") }
        }
    }
}
