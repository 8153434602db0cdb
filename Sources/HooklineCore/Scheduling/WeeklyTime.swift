import Text

/// A time of the day on days of the week: one entry of `at:`.
package struct WeeklyTime: Equatable, Sendable {
    /// The days as bits, Sunday first; all of them mean every day.
    package let weekdays: UInt8
    /// Minutes since midnight, 0 to 1,439.
    package let minute: Int

    /// The names of days in a manifest, Sunday first.
    package static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    private static let everyDay: UInt8 = 0x7F

    package init(weekdays: UInt8, minute: Int) {
        self.weekdays = weekdays
        self.minute = minute
    }

    /// Nil for a day or a time that there is not.
    ///
    /// - Parameters:
    ///   - days: names of days; empty for every day.
    ///   - time: `HH:MM`, from 00:00 to 23:59.
    package init?(days: [String], time: String) {
        guard let minute = Self.minute(time) else { return nil }
        var weekdays: UInt8 = 0
        for day in days {
            guard let index = Self.dayNames.firstIndex(of: day) else { return nil }
            weekdays |= 1 << UInt8(index)
        }
        self.init(weekdays: days.isEmpty ? Self.everyDay : weekdays, minute: minute)
    }

    /// The minute of the day of a time such as `09:00`; nil for anything else.
    package static func minute(_ time: String) -> Int? {
        let bytes = Array(time.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), [0, 1, 3, 4].allSatisfy({ (48...57).contains(bytes[$0]) }) else {
            return nil
        }
        let (hour, minute) = (Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48), Int(bytes[3] - 48) * 10 + Int(bytes[4] - 48))
        return hour < 24 && minute < 60 ? hour * 60 + minute : nil
    }

    /// `09:00`.
    package var time: String {
        "\(NumberText.twoDigits(minute / 60)):\(NumberText.twoDigits(minute % 60))"
    }

    /// The names of its days, Monday first; empty for every day.
    package var days: [String] {
        weekdays == Self.everyDay ? [] : [1, 2, 3, 4, 5, 6, 0].filter { weekdays & 1 << UInt8($0) != 0 }.map { Self.dayNames[$0] }
    }

    /// The first local minute that fits, not before another one, both in seconds since 1970 as if they were UTC.
    func minute(from local: Int64) -> Int64 {
        var day = CalendarDate(ofSecond: local).daysSinceEpoch
        while true {
            let found = Int64(day) * 86_400 + Int64(minute) * 60
            if found >= local, weekdays & 1 << UInt8(CalendarDate(daysSinceEpoch: day).weekday) != 0 { return found }
            day += 1
        }
    }
}
