import ArgumentParser
import HooklineApp

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("directory")],
        help: ArgumentHelp("The workspace, or a folder inside it.", valueName: "dir"), completion: .directory)
    var directory = "."

    @Flag(help: "Print machine-readable JSON to standard output.")
    var json = false

    @Flag(help: "Print results and errors only.")
    var quiet = false

    @Flag(help: "Print more about what happens.")
    var verbose = false

    @Flag(help: "Print without colors, also on a terminal.")
    var noColor = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
        if let problem = app.directoryProblem { throw ValidationError("-C: \(problem)") }
    }

    /// `-C DIR` as a shell takes it, after a space; empty for the current folder.
    var directoryAsWritten: String { directory == "." ? "" : " -C \(ShellWord.quoted(directory))" }

    /// What serves the command's request.
    var app: App { App(directory: directory, observer: TerminalObserver(self)) }

    /// The colors of the result.
    var palette: Palette { Palette(self) }

    /// Whether notes for a person are printed beside the result.
    var tellsMore: Bool { !quiet && !json }
}
