import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest

/// What a person may choose for a run, shared by `plan`, `run` and `apply`.
struct RunFlags: ParsableArguments {
    @OptionGroup var parameters: ParameterFlags

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

    @Flag(help: "Let the source have far fewer rows than at the last run.")
    var allowShrunk = false

    @Flag(help: "Read all members at Mailchimp, and mend or report what others changed.")
    var reconcile = false

    @OptionGroup var scripts: ScriptFlags

    func validate() throws {
        for (flag, number) in [("--allow-removals", allowRemovals), ("--allow-additions", allowAdditions)] {
            if let number, number < 0 { throw ValidationError("\(flag) takes a number from 0 up, not \(number)") }
        }
    }

    /// What may pass the safeguards.
    var allowance: SafeguardCheck.Allowance {
        SafeguardCheck.Allowance(
            removals: allowRemovals, additions: allowAdditions, emptySource: allowEmpty, smallSegment: allowSmall,
            shrunkSource: allowShrunk)
    }
}

/// How scripts are run.
struct ScriptFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Run scripts in at most so many processes; as many as there are cores to spare when not said.", valueName: "n"))
    var workers: Int?

    @Flag(help: "Fail, rather than warn, where the system refuses to filter the scripts' system calls.")
    var requireJail = false

    func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers takes a number from 1 to 64, not \(workers)") }
    }

    /// Settings for the scripts of an activation.
    func settings(for activation: Activation) -> HookSettings {
        HookSettings(
            limits: activation.limits, safeguards: activation.safeguards, workers: workers ?? Self.coresToSpare, requiresJail: requireJail)
    }

    /// One core is left to read the source; more than four workers wait for it.
    private static var coresToSpare: Int { min(max(ProcessInfo.processInfo.activeProcessorCount - 1, 1), 4) }
}

extension RunOptions.Refresh: ExpressibleByArgument {}
