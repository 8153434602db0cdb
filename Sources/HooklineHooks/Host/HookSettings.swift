import HooklineCore
import Lua

/// How a package's scripts run.
package struct HookSettings: Sendable {
    package var limits: HookLimits
    package var safeguards: Safeguards
    /// The most processes that run scripts at once. A second one starts when the first cannot keep up with the source.
    package var workers: Int
    /// Whether the run fails, rather than warns, where the system refuses the system call filter.
    package var requiresJail: Bool
    package var jail: LuaJail
    /// Counts every instruction, for tests of scripts, which have budgets.
    package var exactInstructions: Bool
    /// Hands back the whole mapping of each row as JSON, for tests and previews.
    package var wantsMappings: Bool
    /// Hands back the line at which each hook ended, for each row, for tests and explanations.
    package var wantsLocations = false
    /// Gives every reason a number of its own, for a caller that limits them itself.
    package var keepsAllReasons = false
    /// Records which lines and functions run, for tests.
    package var notesCoverage = false

    package init(
        limits: HookLimits = HookLimits(), safeguards: Safeguards = Safeguards(), workers: Int = 1, requiresJail: Bool = false,
        jail: LuaJail = LuaJail(), exactInstructions: Bool = false,
        wantsMappings: Bool = false
    ) {
        self.limits = limits
        self.safeguards = safeguards
        self.workers = max(1, workers)
        self.requiresJail = requiresJail
        self.jail = jail
        self.exactInstructions = exactInstructions
        self.wantsMappings = wantsMappings
    }
}

extension HookSettings {
    /// What batches hand back: the address, and whatever else is wanted.
    var outputs: SlotOutputs { SlotOutputs(fields: ["email"], wantsMapping: wantsMappings, wantsLocations: wantsLocations) }
}

extension LuaLimits {
    init(_ settings: HookSettings) {
        let limits = settings.limits
        self.init(
            memoryBytes: limits.memoryBytes, instructionsPerCall: limits.instructionsPerCall,
            processorTime: .milliseconds(limits.milliseconds), patternStepsPerCall: limits.patternSteps, logLines: limits.logLines,
            labelBytes: SegmentNameRule.byteLimit)
        exactInstructions = settings.exactInstructions
        notesCoverage = settings.notesCoverage
    }
}
