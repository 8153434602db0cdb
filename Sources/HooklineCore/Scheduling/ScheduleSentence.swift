import Text

/// A schedule in words, such as "every day at 06:00".
package struct ScheduleSentence {
    private let schedule: Schedule
    /// The first instant of an interval, in Unix seconds.
    private let first: Int64?

    /// - Parameters:
    ///   - schedule: nil for runs by hand.
    ///   - first: an instant at which `every` is due, in Unix seconds; nil leaves the minute out.
    /// - Returns: the words, without the zone.
    package static func text(_ schedule: Schedule?, first: Int64? = nil) -> String {
        schedule.map { ScheduleSentence(schedule: $0, first: first).text } ?? "by hand"
    }

    private var text: String {
        switch schedule {
        case .every(let seconds): interval(seconds)
        case .at(let times): times.map { "\(Self.days($0)) at \($0.time)" }.joined(separator: ", and ")
        case .after(let name): "each time when \(name) is done"
        case .cron(let line): cron(line)
        }
    }

    // MARK: Intervals

    private func interval(_ seconds: Int) -> String {
        let every = "every \(Self.length(seconds))"
        guard let first, seconds >= 3_600 else { return every }
        let minute = NumberText.twoDigits(Int(first % 3_600) / 60)
        return seconds % 86_400 == 0
            ? "\(every) at \(NumberText.twoDigits(Int(first % 86_400) / 3_600)):\(minute) UTC" : "\(every), at minute \(minute)"
    }

    private static func length(_ seconds: Int) -> String {
        for (unit, one, several) in [(86_400, "day", "days"), (3_600, "hour", "hours"), (60, "minute", "minutes")]
        where seconds % unit == 0 {
            return seconds == unit ? one : "\(seconds / unit) \(several)"
        }
        return "\(seconds) seconds"
    }

    private static func days(_ time: WeeklyTime) -> String {
        let names = time.days.compactMap { WeeklyTime.dayNames.firstIndex(of: $0) }.map { weekdays[$0] }
        return names.isEmpty ? "every day" : "every \(list(names))"
    }

    // MARK: Cron lines

    private func cron(_ line: CronExpression) -> String {
        let (times, day) = (Self.times(line), Self.day(line))
        let words: [String?] = times.isWholeDay ? [times.text, day] : [day ?? "every day", times.text]
        return (words + [Self.months(line)]).compactMap { $0 }.joined(separator: " ")
    }

    /// The times of a day, and whether they are so many that the day comes behind them.
    private static func times(_ line: CronExpression) -> (text: String, isWholeDay: Bool) {
        let (minutes, hours) = (values(line.minutes, 0...59), values(line.hours, 0...23))
        if hours.count < 24, minutes.count * hours.count <= 6 {
            return (
                "at " + list(hours.flatMap { hour in minutes.map { "\(NumberText.twoDigits(hour)):\(NumberText.twoDigits($0))" } }), false
            )
        }
        let step = step(minutes, 60)
        let minute =
            minutes.count == 60
            ? "every minute"
            : step.map { "every \($0) minutes" } ?? "at minute\(minutes.count == 1 ? "" : "s") \(list(minutes.map(NumberText.twoDigits)))"
        if hours.count == 24 { return (minute.hasPrefix("every") ? minute : "\(minute) of every hour", true) }
        if let step = self.step(hours, 24) { return ("\(minute) of every \(ordinal(step)) hour", true) }
        return ("\(minute) of hour\(hours.count == 1 ? "" : "s") \(list(ranges(hours)))", true)
    }

    /// The days; nil for all.
    private static func day(_ line: CronExpression) -> String? {
        let (days, weekdays) = (values(line.days, 1...31), values(line.weekdays, 0...6))
        let (hasDays, hasWeekdays) = (days.count < 31, weekdays.count < 7)
        let day = "day\(days.count == 1 ? "" : "s") \(list(ranges(days))) of the month"
        let week = [1, 2, 3, 4, 5, 6, 0]
        let names = list(
            runs(week.indices.filter { weekdays.contains(week[$0]) }).flatMap { run in
                run.count > 2
                    ? ["\(Self.weekdays[week[run.lowerBound]]) to \(Self.weekdays[week[run.upperBound]])"]
                    : run.map { Self.weekdays[week[$0]] }
            })
        switch (hasDays, hasWeekdays) {
        case (false, false): return nil
        // Without a star, a day that fits either field counts, and every day fits one of them.
        case (true, false): return line.needsBothDays ? "on \(day)" : nil
        case (false, true): return line.needsBothDays ? "every \(names)" : nil
        case (true, true): return line.needsBothDays ? "every \(names) on \(day)" : "on \(day) and every \(names)"
        }
    }

    private static func months(_ line: CronExpression) -> String? {
        let months = values(line.months, 1...12)
        return months.count == 12 ? nil : "in " + list(months.map { monthNames[$0 - 1] })
    }

    // MARK: Words

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    private static func values(_ bits: UInt64, _ range: ClosedRange<Int>) -> [Int] { range.filter { bits & 1 << UInt64($0) != 0 } }

    /// The step of values from 0 that divide the whole evenly; nil for others.
    private static func step(_ values: [Int], _ whole: Int) -> Int? {
        guard values.count > 1, values[0] == 0, whole % values.count == 0 else { return nil }
        let step = whole / values.count
        return values == Array(stride(from: 0, to: whole, by: step)) ? step : nil
    }

    private static func runs(_ values: [Int]) -> [ClosedRange<Int>] {
        values.reduce(into: []) { found, value in
            if let last = found.last, last.upperBound == value - 1 {
                found[found.count - 1] = last.lowerBound...value
            } else {
                found.append(value...value)
            }
        }
    }

    /// Three or more numbers in a row become a range.
    private static func ranges(_ values: [Int]) -> [String] {
        runs(values).flatMap { $0.count > 2 ? ["\($0.lowerBound) to \($0.upperBound)"] : $0.map(String.init) }
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }

    private static func ordinal(_ number: Int) -> String { number == 2 ? "second" : number == 3 ? "third" : "\(number)th" }
}
