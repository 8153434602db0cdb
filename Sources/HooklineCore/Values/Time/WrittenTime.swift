/// A day, optionally with a time of day and a zone, as it is written.
struct WrittenTime: Equatable {
    var day: CalendarDate
    /// Seconds since midnight, as clocks show them; nil if only the day is written.
    var second: Int?
    /// Seconds east of UTC; nil if no zone is written.
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

    /// The moment in Unix seconds; `zone` is for times without a zone.
    func moment(in zone: ZoneOffsets) -> Int64 {
        let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(second ?? 0)
        return offset.map { local - Int64($0) } ?? zone.moment(ofLocal: local)
    }

    /// The day that is written; if a zone is written, the day of that moment in `zone`.
    func day(in zone: ZoneOffsets) -> CalendarDate { offset == nil ? day : zone.day(of: moment(in: zone)) }
}
