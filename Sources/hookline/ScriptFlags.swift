import ArgumentParser
import HooklineApp

/// How scripts are run.
struct ScriptFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Run scripts in at most this many processes; by default, one per spare core, up to 4.", valueName: "n"))
    var workers: Int?

    @Flag(help: "Fail, rather than warn, if the system cannot filter the scripts' system calls.")
    var requireJail = false

    func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers takes a number from 1 to 64, not \(workers)") }
    }

    var choices: ScriptChoices { ScriptChoices(workers: workers, requiresJail: requireJail) }
}
