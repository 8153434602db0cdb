import HooklineCore

/// Reads `schedule:` or `every:` of a mapping.
enum ScheduleReader {
    static func schedule(_ tree: Tree) -> Schedule? {
        if let line = tree["schedule"]?.text, let expression = try? CronExpression(line) { return .cron(expression) }
        return tree["every"]?.text.flatMap(Measure.seconds).map { .every(seconds: $0) }
    }
}
