import ArgumentParser
import HooklineConsole
import HooklineCore
import HooklineStore

/// `hookline show RUN`.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one run whole.")

    @Argument(help: "The run's id, or as much of it as only it begins with.")
    var run: String

    @Flag(help: "Print it as an HTML page.")
    var html = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if html && options.json { throw ValidationError("--html and --json exclude each other") }
    }

    func run() async throws {
        let app = App(options)
        try app.reporting {
            guard let report = try app.ledger(try app.workspace().workspace).run(run) else {
                throw CommandFailure("store.unknown_run", "the ledger has no run '\(run)': 'hookline history NAME' lists them")
            }
            if options.json { return try JSONOutput.print(report) }
            print(html ? try RunPage(report).html() : ReportText(report: report).text)
        }
    }
}
