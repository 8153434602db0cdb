/// Finds dates that have an anniversary in a window of days. In a common year, the anniversary of 29 February is on 28 February.
struct AnniversaryWindow {
    /// The last year in which the window contains a month and day, by `month * 32 + day`; 0 if it does not contain them.
    private var years = [Int](repeating: 0, count: 13 * 32)

    /// - Parameters:
    ///   - first: the first day.
    ///   - days: how many more days the window has; 0 for the first day alone.
    init(from first: CalendarDate, days: Int) {
        for offset in 0...days {
            let (year, month, day) = CalendarDate(daysSinceEpoch: first.daysSinceEpoch + offset).parts
            years[month * 32 + day] = year
            if month == 2, day == 28, !CalendarDate.isLeap(year) { years[2 * 32 + 29] = year }
        }
    }

    /// Whether the window contains the date's month and day in a later year.
    func holds(_ date: CalendarDate) -> Bool {
        let (year, month, day) = date.parts
        return year < years[month * 32 + day]
    }
}
