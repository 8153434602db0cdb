import HooklineCore

/// Reads `limits:`.
enum LimitsReader {
    static func limits(_ tree: Tree?) -> HookLimits {
        var limits = HookLimits()
        if let bytes = tree?["memory"]?.text.flatMap(Measure.bytes) { limits.memoryBytes = bytes }
        if let count = tree?["instructions"]?.text.flatMap({ Int($0) }) { limits.instructionsPerCall = count }
        if let time = tree?["cpu"]?.text.flatMap(Measure.milliseconds) { limits.milliseconds = time }
        if let steps = tree?["pattern_steps"]?.text.flatMap({ Int($0) }) { limits.patternSteps = steps }
        if let lines = tree?["log_lines"]?.text.flatMap({ Int($0) }) { limits.logLines = lines }
        return limits
    }
}
