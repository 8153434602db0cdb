import HooklineCore

/// Reads `schedule:`, `every:`, `at:`, or `after:` of a mapping.
enum ScheduleReader {
    static func schedule(_ tree: Tree) -> Schedule? {
        if let line = tree["schedule"]?.text { return (try? CronExpression(line)).map { .cron($0) } }
        if let text = tree["every"]?.text { return Measure.seconds(text).map { .every(seconds: $0) } }
        if let times = tree["at"] {
            let read = (times.items ?? [times]).compactMap(time)
            return read.isEmpty ? nil : .at(read)
        }
        return tree["after"]?.text.map { .after($0) }
    }

    private static func time(_ tree: Tree) -> WeeklyTime? {
        let days = tree["days"].map { days in (days.items ?? [days]).compactMap(\.text) } ?? []
        return tree["time"]?.text.flatMap { WeeklyTime(days: days, time: $0) }
    }
}
