/// Which days have their anniversary from one day on for so many days. 29 February has its on 28 February of a common year.
struct AnniversaryWindow {
    /// The last year in which the window has a day of that month and day, by `month * 32 + day`; 0 where it has none.
    private var years = [Int](repeating: 0, count: 13 * 32)

    /// - Parameters:
    ///   - first: the first day.
    ///   - days: how many days follow it; 0 for that day alone.
    init(from first: CalendarDate, days: Int) {
        for offset in 0...days {
            let (year, month, day) = CalendarDate(daysSinceEpoch: first.daysSinceEpoch + offset).parts
            years[month * 32 + day] = year
            if month == 2, day == 28, !CalendarDate.isLeap(year) { years[2 * 32 + 29] = year }
        }
    }

    /// Whether the day has an anniversary in the window: a day that it names, in a later year.
    func holds(_ date: CalendarDate) -> Bool {
        let (year, month, day) = date.parts
        return year < years[month * 32 + day]
    }
}
