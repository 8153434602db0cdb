/// The resources that a package's scripts may use: `limits:` in a manifest.
package struct HookLimits: Equatable, Sendable {
    /// The memory of a script's virtual machine, in bytes.
    package var memoryBytes: Int
    /// Instructions per call of a hook.
    package var instructionsPerCall: Int
    /// Processor time per batch, in milliseconds.
    package var milliseconds: Int
    /// Steps of the pattern matcher per call.
    package var patternSteps: Int
    /// Log lines per run.
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

    /// The most that a package may use before anybody has agreed to run it: four times the default memory, more than its tests should need.
    package static let beforeConsent = HookLimits(
        memoryBytes: 256 << 20, instructionsPerCall: 100_000_000, milliseconds: 10_000, patternSteps: 500_000_000, logLines: 1_000)

    /// The lower value of each limit.
    package func within(_ most: HookLimits) -> HookLimits {
        HookLimits(
            memoryBytes: min(memoryBytes, most.memoryBytes), instructionsPerCall: min(instructionsPerCall, most.instructionsPerCall),
            milliseconds: min(milliseconds, most.milliseconds), patternSteps: min(patternSteps, most.patternSteps),
            logLines: min(logLines, most.logLines))
    }
}
