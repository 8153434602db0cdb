import ArgumentParser
import HooklineCore
import HooklineEngine

/// What a person may choose for a run, shared by `plan`, `run` and `apply`.
struct RunFlags: ParsableArguments {
    @Option(name: .customLong("set"), help: ArgumentHelp("Set a parameter of the activation; may be repeated.", valueName: "name=value"))
    var settings: [String] = []

    @Flag(help: "Take over a static segment of the same name that Hookline did not make.")
    var adopt = false

    @Option(help: ArgumentHelp("Let so many members leave, whatever the safeguards say.", valueName: "n"))
    var allowRemovals: Int?

    @Option(help: ArgumentHelp("Let so many users enter, whatever the safeguards say.", valueName: "n"))
    var allowAdditions: Int?

    @Flag(help: "Let a source without rows empty the segment.")
    var allowEmpty = false

    @Flag(help: "Let the segment end below min_size.")
    var allowSmall = false

    /// What may pass the brakes.
    var allowance: Brakes.Allowance {
        Brakes.Allowance(removals: allowRemovals, additions: allowAdditions, emptySource: allowEmpty, smallSegment: allowSmall)
    }
}

extension RunOptions.Refresh: ExpressibleByArgument {}
