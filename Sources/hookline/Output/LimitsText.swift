import HooklineCore
import Text

/// What an activation's scripts may use, for a terminal.
struct LimitsText {
    let activation: Activation

    var text: String {
        let limits = activation.limits
        var table = TextTable(header: ["what", "at most", "of", "key of limits:", "when it is reached"], rightAligned: [1])
        table.add(
            "instructions", NumberText.grouped(limits.instructionsPerCall), "a call", "instructions",
            "a script error, the same on every machine")
        table.add(
            "pattern steps", NumberText.grouped(limits.patternSteps), "a call", "pattern_steps", "a script error, the same on every machine"
        )
        table.add("processor time", "\(NumberText.grouped(limits.milliseconds)) ms", "a batch of users", "cpu", "the run ends")
        table.add("memory", "\(NumberText.grouped(limits.memoryBytes >> 20)) MB", "a worker", "memory", "the run ends")
        table.add("log lines", NumberText.grouped(limits.logLines), "a run", "log_lines", "later lines are counted only")
        table.add("text of an error", "2 KB", "an error", "-", "it is cut")
        table.add("script", "64 KB", "a file", "-", "it does not load")
        table.add("scripts", "1 MB", "a package", "-", "they do not load")
        let policy = activation.safeguards.onScriptError ?? .fail
        let forgiven = NumberText.grouped(activation.safeguards.maxScriptErrors ?? 100)
        let meaning =
            switch policy {
            case .fail: "the first script error ends the run, and nothing is sent"
            case .drop: "a user who meets a script error is dropped, up to \(forgiven) of them (max_script_errors)"
            case .keep: "a hook that fails for a user counts as absent for that user, up to \(forgiven) times (max_script_errors)"
            }
        return "\(activation.name)\n\(table.text(indent: "  "))\n  on_script_error: \(policy.rawValue): \(meaning)"
    }
}
