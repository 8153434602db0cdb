/// A day, perhaps with a time of day and a zone, as somebody wrote it.
struct WrittenTime: Equatable {
    var day: CalendarDate
    /// Seconds since the day's midnight, as clocks show them; nil when only the day is written.
    var second: Int?
    /// Seconds east of UTC; nil when no zone is written.
    var offset: Int?

    init(day: CalendarDate, second: Int? = nil, offset: Int? = nil) {
        self.day = day
        self.second = second
        self.offset = offset
    }

    /// A moment in Unix seconds, written in UTC.
    init(moment: Int64) {
        day = CalendarDate(ofSecond: moment)
        second = Int(moment - Int64(day.daysSinceEpoch) * 86_400)
        offset = 0
    }

    /// The moment in Unix seconds; without a zone of its own it is the given one's.
    func moment(in zone: ZoneOffsets) -> Int64 {
        let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(second ?? 0)
        return offset.map { local - Int64($0) } ?? zone.moment(ofLocal: local)
    }

    /// The day as it is written, or of the moment that is written.
    func day(in zone: ZoneOffsets) -> CalendarDate { offset == nil ? day : zone.day(of: moment(in: zone)) }
}
