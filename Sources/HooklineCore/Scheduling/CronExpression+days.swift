extension CronExpression {
    /// The first local minute that fits, not before another one.
    ///
    /// - Parameter local: a local time in seconds since 1970, as if it were UTC.
    /// - Returns: the local minute in the same form; nil if none comes in a hundred years.
    func minute(from local: Int64) -> Int64? {
        let start = local.roundedUp(to: 60)
        var day = CalendarDate(ofSecond: start).daysSinceEpoch
        if let minute = minute(of: day, from: (start - Int64(day) * 86_400) / 60) { return minute }
        for _ in 0..<36_525 {
            day += 1
            if let minute = minute(of: day, from: 0) { return minute }
        }
        return nil
    }

    private func minute(of day: Int, from first: Int64) -> Int64? {
        guard first < 1_440, fits(day) else { return nil }
        var hour = Int(first / 60)
        var minute = Int(first % 60)
        while hour < 24 {
            if hours & 1 << UInt64(hour) != 0 {
                let rest = minutes >> UInt64(minute)
                if rest != 0 { return Int64(day) * 86_400 + Int64(hour * 3_600 + (minute + rest.trailingZeroBitCount) * 60) }
            }
            (hour, minute) = (hour + 1, 0)
        }
        return nil
    }

    /// Whether a day, in days since 1970, fits the fields of the day, the month, and the weekday.
    private func fits(_ day: Int) -> Bool {
        let date = CalendarDate(daysSinceEpoch: day)
        let parts = date.parts
        guard months & 1 << UInt64(parts.month) != 0 else { return false }
        let isDay = days & 1 << UInt64(parts.day) != 0
        let isWeekday = weekdays & 1 << UInt64(date.weekday) != 0
        return needsBothDays ? isDay && isWeekday : isDay || isWeekday
    }
}

extension Int64 {
    /// The next multiple of `step`, or itself.
    func roundedUp(to step: Int64) -> Int64 {
        let rest = (self % step + step) % step
        return rest == 0 ? self : self + step - rest
    }
}
