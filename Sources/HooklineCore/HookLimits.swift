/// How much a package's scripts may use: `limits:` of a manifest.
package struct HookLimits: Equatable, Sendable {
    /// Memory of a script's virtual machine, in bytes.
    package var memoryBytes: Int
    /// Instructions a call of a hook.
    package var instructionsPerCall: Int
    /// Processor time a batch, in milliseconds.
    package var milliseconds: Int
    /// Steps of the pattern matcher a call.
    package var patternSteps: Int
    /// Log lines a run.
    package var logLines: Int

    package init(
        memoryBytes: Int = 64 << 20, instructionsPerCall: Int = 1_000_000, milliseconds: Int = 2_000, patternSteps: Int = 5_000_000,
        logLines: Int = 1_000
    ) {
        self.memoryBytes = memoryBytes
        self.instructionsPerCall = instructionsPerCall
        self.milliseconds = milliseconds
        self.patternSteps = patternSteps
        self.logLines = logLines
    }
}
