import ArgumentParser
import HooklineApp
import HooklineConsole

/// `hookline show RUN`.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the full report of one run.",
        discussion: Examples.text("show 20260301-060000-9f3c21ab", "show 20260301 --html"))

    @Argument(help: "The run's ID; any unique prefix works.")
    var run: String

    @Flag(help: "Print it as an HTML page.")
    var html = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if html && options.json { throw ValidationError("--html and --json are two different outputs: choose one") }
    }

    func run() async throws {
        let app = options.app
        try options.reporting {
            let report = try app.report(of: run, in: try app.workspace())
            if options.json { return try JSONOutput.print(report) }
            StandardOutput.print(html ? try RunPage(report).html() : ReportText(report: report, palette: options.palette).text)
        }
    }
}
