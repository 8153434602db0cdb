import CLuaHost

/// How much a script may use.
package struct LuaLimits: Equatable, Sendable {
    /// Memory of the whole machine, in bytes.
    package var memoryBytes: Int
    /// Instructions per function call; large library calls are charged to the same budget.
    package var instructionsPerCall: Int
    /// Processor time per batch, or per call outside a batch.
    package var processorTime: Duration
    /// Steps of the pattern matcher per function call.
    package var patternStepsPerCall: Int
    /// Log lines kept over the machine's life; later ones are only counted.
    package var logLines: Int
    /// The longest label that a `breakdown` hook may return, in bytes.
    package var labelBytes: Int
    /// The seed of `math.random`.
    package var seed: UInt64
    /// Counts every instruction, which makes scripts several times slower, instead of counting in steps of 1,000.
    package var exactInstructions = false
    /// Records every line and function that runs; implies `exactInstructions`.
    package var notesCoverage = false

    package init(
        memoryBytes: Int = 64 << 20, instructionsPerCall: Int = 1_000_000, processorTime: Duration = .seconds(2),
        patternStepsPerCall: Int = 5_000_000, logLines: Int = 1_000, labelBytes: Int = 200, seed: UInt64 = 0
    ) {
        self.memoryBytes = memoryBytes
        self.instructionsPerCall = instructionsPerCall
        self.processorTime = processorTime
        self.patternStepsPerCall = patternStepsPerCall
        self.logLines = logLines
        self.labelBytes = labelBytes
        self.seed = seed
    }

    /// For the C side. Values below what a machine needs to start are raised to that minimum.
    var flat: hl_limits {
        let (seconds, attoseconds) = processorTime.components
        let nanoseconds = max(0, seconds) * 1_000_000_000 + max(0, attoseconds) / 1_000_000_000
        return hl_limits(
            memory_bytes: UInt64(max(memoryBytes, 1 << 20)),
            instructions: UInt64(max(instructionsPerCall, 1_000)),
            processor_nanoseconds: UInt64(max(nanoseconds, 1_000_000)),
            pattern_steps: UInt64(max(patternStepsPerCall, 1_000)),
            log_lines: UInt32(clamping: logLines),
            seed: seed,
            exact_instructions: exactInstructions || notesCoverage ? 1 : 0,
            notes_coverage: notesCoverage ? 1 : 0,
            label_bytes: UInt32(clamping: labelBytes)
        )
    }
}
