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

/// `--refresh` or `--refresh=reset`: an option whose value may be left out, which the parser does not know; `RefreshArgument.rewrite`
/// puts the value there before it parses.
enum RefreshArgument {
    /// Turns a bare `--refresh` into `--refresh=recreate`.
    static func rewrite(_ arguments: [String]) -> [String] {
        var rewritten: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" { return rewritten + [argument] + rest }
            guard argument == "--refresh" else {
                rewritten.append(argument)
                continue
            }
            let isNamed = rest.first.map { RunOptions.Refresh(rawValue: $0) != nil } ?? false
            rewritten.append("--refresh=" + (isNamed ? rest.removeFirst() : RunOptions.Refresh.recreate.rawValue))
        }
        return rewritten
    }
}

extension RunOptions.Refresh: ExpressibleByArgument {}
