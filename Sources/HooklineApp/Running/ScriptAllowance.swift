import HooklineCore

/// What an activation's scripts may use: one entry of `run --explain-limits --json`.
package struct ScriptAllowance: Encodable, Sendable {
    package let activation: String
    /// For one call.
    package let instructions: Int
    /// For one call.
    package let patternSteps: Int
    /// For one batch of users.
    package let cpuMilliseconds: Int
    /// For one worker.
    package let memoryBytes: Int
    /// For one run; later ones are only counted.
    package let logLines: Int
    /// What a script error does.
    package let onScriptError: Safeguards.ScriptErrorPolicy
    /// How many users may meet one before the run ends.
    package let maxScriptErrors: Int

    package init(_ activation: Activation) {
        self.activation = activation.name
        instructions = activation.limits.instructionsPerCall
        patternSteps = activation.limits.patternSteps
        cpuMilliseconds = activation.limits.milliseconds
        memoryBytes = activation.limits.memoryBytes
        logLines = activation.limits.logLines
        onScriptError = activation.safeguards.onScriptError ?? .fail
        maxScriptErrors = activation.safeguards.maxScriptErrors ?? 100
    }

    private enum CodingKeys: String, CodingKey {
        case activation, instructions
        case patternSteps = "pattern_steps"
        case cpuMilliseconds = "cpu_milliseconds"
        case memoryBytes = "memory_bytes"
        case logLines = "log_lines"
        case onScriptError = "on_script_error"
        case maxScriptErrors = "max_script_errors"
    }
}

extension Safeguards.ScriptErrorPolicy: Encodable {}
