import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

/// What a person may choose for a run: shared by `plan`, `run`, `apply`, `undo` and `explain`.
struct RunFlags: ParsableArguments {
    @OptionGroup var parameters: ParameterFlags

    @Flag(help: "Take over a static segment of the same name that Hookline did not make.")
    var adopt = false

    @Option(help: ArgumentHelp("Let this many members leave, whatever the safeguards say.", valueName: "n"))
    var allowRemovals: Int?

    @Option(help: ArgumentHelp("Let this many users enter, whatever the safeguards say.", valueName: "n"))
    var allowAdditions: Int?

    @Flag(help: "Let a source without rows empty the segment.")
    var allowEmpty = false

    @Flag(help: "Let the segment shrink below min_size.")
    var allowSmall = false

    @Flag(help: "Let the source have far fewer rows than in the last run.")
    var allowShrunk = false

    @Flag(help: "Let the source be other than the model expects.")
    var allowUnexpected = false

    @Flag(help: "Read all members at Mailchimp, and repair or report what others changed.")
    var reconcile = false

    @OptionGroup var scripts: ScriptFlags

    func validate() throws {
        for (flag, number) in [("--allow-removals", allowRemovals), ("--allow-additions", allowAdditions)] {
            if let number, number < 0 { throw ValidationError("\(flag) takes a number from 0 up, not \(number)") }
        }
    }

    /// What `apply` must be given to send a plan that was made with these flags and needs `allowance`, as a shell takes it, each flag after
    /// a space.
    func asWrittenForApply(_ allowance: SafeguardCheck.Allowance) -> String {
        let numbers = [("--allow-removals", allowance.removals), ("--allow-additions", allowance.additions)]
        let choices = [
            ("--allow-empty", allowance.emptySource), ("--allow-small", allowance.smallSegment),
            ("--allow-shrunk", allowance.shrunkSource), ("--allow-unexpected", allowance.unexpected),
            ("--require-jail", scripts.requireJail),
        ]
        return parameters.asWritten + numbers.compactMap { flag, number in number.map { " \(flag) \($0)" } }.joined()
            + choices.filter(\.1).map { " \($0.0)" }.joined() + (scripts.workers.map { " --workers \($0)" } ?? "")
    }

    /// - Throws: `manifest.bad_setting` for a `--set` without a name or a value.
    func choices() throws(AppError) -> RunChoices {
        var choices = RunChoices()
        choices.parameters = try parameters.choices()
        choices.adopts = adopt
        choices.allowance = SafeguardCheck.Allowance(
            removals: allowRemovals, additions: allowAdditions, emptySource: allowEmpty, smallSegment: allowSmall,
            shrunkSource: allowShrunk, unexpected: allowUnexpected)
        choices.reconciles = reconcile
        choices.scripts = scripts.choices
        return choices
    }
}

extension RunOptions.Refresh: ExpressibleByArgument {}
