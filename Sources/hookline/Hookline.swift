import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineHooks
import HooklineSources

/// The command: parses arguments, has HooklineApp serve the request, and prints what comes of it. Decides nothing.
@main
struct Hookline: AsyncParsableCommand {
    static let version = Release.version.description

    static let configuration = CommandConfiguration(
        commandName: "hookline",
        abstract: "Keep Mailchimp segments in step with your own data, with your logic in Lua.",
        discussion: """
            Results go to standard output, progress and messages to standard error.
            Exit codes: 0 done; 1 failed; 2 invalid command line or files; 3 stopped by
            a safeguard or a review hook; 4 finished, but Mailchimp refused users of
            whom no run had told; 130 interrupted.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(name: "Start", subcommands: [DemoCommand.self, InitCommand.self, NewCommand.self]),
            CommandGroup(
                name: "Before a run",
                subcommands: [
                    DescribeCommand.self, CheckCommand.self, TestCommand.self, PreviewCommand.self, CompareCommand.self,
                    AudiencesCommand.self, SourceCommand.self, SegmentCommand.self,
                    PlanCommand.self, ExplainCommand.self, ScheduleCommand.self,
                ]),
            CommandGroup(
                name: "Packages",
                subcommands: [
                    PackCommand.self, VerifyCommand.self, InstallCommand.self, ListCommand.self, InfoCommand.self, UpgradeCommand.self,
                    UninstallCommand.self, KeysCommand.self,
                ]),
            CommandGroup(name: "Run", subcommands: [ActivateCommand.self, RunCommand.self, ApplyCommand.self, UndoCommand.self]),
            CommandGroup(
                name: "Afterwards",
                subcommands: [
                    StatusCommand.self, HistoryCommand.self, ShowCommand.self, RowsCommand.self, AcknowledgeCommand.self,
                    StateCommand.self, DoctorCommand.self,
                ]),
            CommandGroup(
                name: "Reference", subcommands: [HooksCommand.self, SchemaCommand.self, ManualCommand.self, SimulatorCommand.self]),
        ]
    )

    static func main() async {
        ScriptWorker.takeOverIfAsked()
        DriverReader.takeOverIfAsked()
        let status = StandardOutput.status(after: await status(of: Array(CommandLine.arguments.dropFirst())))
        exit(withError: ExitCode(status.rawValue))
    }

    /// Runs the command.
    private static func status(of written: [String]) async -> ExitStatus {
        let arguments = Arguments.normalized(written)
        do {
            if let problem = Arguments.problem(in: written) ?? CommandName.problem(in: arguments) { throw ValidationError(problem) }
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .done
        } catch let status as ExitStatus {
            return status
        } catch {
            // Help, the version, and what a shell asks for come as errors, too.
            if exitCode(for: error) == .success {
                StandardOutput.print(fullMessage(for: error))
                return .done
            }
            // The parser's own errors exit with 64; the documented code for usage is 2.
            if written.contains("--json") {
                try? JSONOutput.print(FailureOutput(error: RunFailure(.init(AppError.Code.usage), message(for: error)), issues: []))
            }
            StandardError.print(fullMessage(for: error))
            return .invalid
        }
    }
}
