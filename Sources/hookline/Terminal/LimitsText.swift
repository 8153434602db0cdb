import HooklineApp
import HooklineCore
import Text

/// What an activation's scripts may use, for a terminal.
struct LimitsText {
    let allowance: ScriptAllowance

    var text: String {
        let sameEverywhere = "a script error, the same on every machine"
        var table = TextTable(header: ["what", "at most", "for", "key of limits:", "when it is reached"], rightAligned: [1])
        table.add("instructions", NumberText.grouped(allowance.instructions), "a call", "instructions", sameEverywhere)
        table.add("pattern steps", NumberText.grouped(allowance.patternSteps), "a call", "pattern_steps", sameEverywhere)
        table.add("processor time", "\(NumberText.grouped(allowance.cpuMilliseconds)) ms", "a batch of users", "cpu", "the run ends")
        table.add("memory", "\(NumberText.grouped(allowance.memoryBytes >> 20)) MB", "a worker", "memory", "the run ends")
        table.add("log lines", NumberText.grouped(allowance.logLines), "a run", "log_lines", "more lines are only counted")
        table.add("text of an error", "2 KB", "an error", "-", "it is cut off")
        table.add("script", "64 KB", "a file", "-", "it does not load")
        table.add("scripts", "1 MB", "a package", "-", "they do not load")
        return "\(allowance.activation)\n\(table.text(indent: "  "))\n  on_script_error: \(allowance.onScriptError.rawValue): \(policy)"
    }

    private var policy: String {
        let forgiven = NumberText.grouped(allowance.maxScriptErrors)
        return switch allowance.onScriptError {
        case .fail: "the first script error ends the run, and nothing is sent"
        case .drop: "a user who meets a script error is dropped, up to \(forgiven) of them (max_script_errors)"
        case .keep: "a hook that fails for a user counts as absent for that user, up to \(forgiven) times (max_script_errors)"
        }
    }
}
