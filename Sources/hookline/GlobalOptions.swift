import ArgumentParser

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("directory")],
        help: ArgumentHelp("The workspace, or a folder inside it.", valueName: "dir"))
    var directory = "."

    @Flag(help: "Print machine-readable JSON to standard output.")
    var json = false

    @Flag(help: "Print results and errors, nothing else.")
    var quiet = false

    @Flag(help: "Print more about what is going on.")
    var verbose = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    }
}
