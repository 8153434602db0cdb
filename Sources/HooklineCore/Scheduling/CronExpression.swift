/// A cron line of five fields: minute, hour, day of the month, month, day of the week.
///
/// A field takes `*`, numbers, ranges, lists and steps; months and weekdays also take their three-letter English names; Sunday is 0 or 7
/// (crontab(5)). `@hourly`, `@daily`, `@weekly`, `@monthly`, and `@yearly` are shorthands.
package struct CronExpression: Equatable, Sendable {
    /// The line as written.
    package let text: String
    /// The values at which it fires, as bit sets.
    package let minutes, hours, days, months, weekdays: UInt64
    /// Whether a day must fit both day fields: one of them starts with a star. Otherwise it must fit one of them, as in Debian's cron.
    package let needsBothDays: Bool
    /// Whether it goes on by elapsed time when clocks change: the minute or the hour starts with a star, as in Debian's cron.
    package let isInterval: Bool

    /// Reads a cron line.
    ///
    /// - Throws: `Mistake`, which names the wrong field and what it allows.
    package init(_ text: String) throws(Mistake) {
        let shorthand = [
            "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
        ]
        let fields = (shorthand[text] ?? text).split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 5 else {
            throw Mistake(
                message:
                    "a cron line has five fields (minute hour day month weekday) such as '0 6 * * *', and this one has \(fields.count)"
            )
        }
        self.text = text
        minutes = try Self.read(fields[0], "minute", 0...59)
        hours = try Self.read(fields[1], "hour", 0...23)
        days = try Self.read(fields[2], "day", 1...31)
        months = try Self.read(fields[3], "month", 1...12, names: Self.monthNames, firstName: 1)
        let week = try Self.read(fields[4], "weekday", 0...7, names: Self.weekdayNames, firstName: 0)
        weekdays = week & 0x80 == 0 ? week : (week & 0x7F) | 1
        needsBothDays = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
        isInterval = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
        if let mistake = impossibleDay(fields[2], fields[3]) { throw mistake }
    }

    /// A day that no allowed month has, such as 30 February.
    private func impossibleDay(_ day: Substring, _ month: Substring) -> Mistake? {
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let longest: Int = (1...12).filter { months & 1 << UInt64($0) != 0 }.map { lengths[$0 - 1] }.max() ?? 31
        guard days.trailingZeroBitCount > longest else { return nil }
        return Mistake(
            message: "there is no day '\(day)' in month '\(month)': the longest of these months has \(longest) days; "
                + "write a day up to \(longest), or 1 for the first day of the next month")
    }

    /// What is wrong with a cron line.
    package struct Mistake: Error, Equatable, Sendable {
        package let message: String
    }

    private static let monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func read(
        _ field: Substring, _ what: String, _ allowed: ClosedRange<Int>, names: [String] = [], firstName: Int = 0
    ) throws(Mistake) -> UInt64 {
        var bits: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var step = 1
            if halves.count == 2 {
                guard let read = Int(halves[1]), read >= 1 else { throw wrong(field, what, allowed) }
                // A step beyond the end is a slip: cron would only take the first value.
                if read > allowed.upperBound { throw tooFar(read, field, what, allowed) }
                step = read
            }
            let range = try span(halves[0], stepped: halves.count == 2, field, what, allowed, names, firstName)
            for value in stride(from: range.lowerBound, through: range.upperBound, by: step) { bits |= 1 << UInt64(value) }
        }
        return bits
    }

    private static func span(
        _ text: Substring, stepped: Bool, _ field: Substring, _ what: String, _ allowed: ClosedRange<Int>, _ names: [String],
        _ firstName: Int
    ) throws(Mistake) -> ClosedRange<Int> {
        if text == "*" { return allowed }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        func number(_ end: Substring) -> Int? {
            if let named = names.firstIndex(of: end.lowercased()) { return named + firstName }
            return end.allSatisfy(\.isASCII) && end.allSatisfy(\.isNumber) ? Int(end) : nil
        }
        guard let low = number(ends[0]), let high = ends.count == 2 ? number(ends[1]) : (stepped ? allowed.upperBound : low),
            allowed.contains(low), allowed.contains(high)
        else { throw wrong(field, what, allowed) }
        guard low <= high else {
            let wrapped = high == allowed.lowerBound ? "\(high)" : "\(allowed.lowerBound)-\(high)"
            throw Mistake(
                message: "the \(what) field of the cron line can't be '\(field)': the range '\(text)' ends before it begins; "
                    + "write \(high)-\(low), or to go on past the end \(low)-\(allowed.upperBound),\(wrapped)")
        }
        return low...high
    }

    private static func tooFar(_ step: Int, _ field: Substring, _ what: String, _ allowed: ClosedRange<Int>) -> Mistake {
        let every =
            what == "minute"
            ? "; for one run in \(step) minutes: 'every: \(step)m'"
            : what == "hour" ? "; for one run in \(step) hours: 'every: \(step)h'" : ""
        return Mistake(
            message:
                "the \(what) field of the cron line can't be '\(field)': a step of \(step) goes past the end, which is \(allowed.upperBound), "
                + "so only \(allowed.lowerBound) would be left; write \(allowed.lowerBound) for that\(every)")
    }

    private static func wrong(_ field: Substring, _ what: String, _ allowed: ClosedRange<Int>) -> Mistake {
        Mistake(
            message: "the \(what) field of the cron line can't be '\(field)': "
                + "allowed are *, numbers from \(allowed.lowerBound) to \(allowed.upperBound), ranges (1-5), lists (1,15) and steps (*/10)")
    }
}
