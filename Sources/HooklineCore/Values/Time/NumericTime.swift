/// Reads numbers as times.
///
/// Bounds keep numbers of another kind from being read as times far in the past or future.
enum NumericTime {
    /// The moment of a whole number, in Unix seconds; nil if the number is out of bounds.
    static func moment(_ number: Int64, _ format: TimeFormat, _ zone: ZoneOffsets) -> Int64? {
        switch format {
        case .unix: seconds.contains(number) ? number : nil
        case .unixMilliseconds: milliseconds.contains(number) ? floored(number, 1_000) : nil
        case .epochDays: days.contains(number) ? zone.begin(of: CalendarDate(daysSinceEpoch: Int(number))) : nil
        case .excel, .julian: moment(Double(number), format, zone)
        case .iso, .pattern: nil
        }
    }

    /// The moment of a number that may have a fraction, in Unix seconds; nil if the number is out of bounds.
    static func moment(_ number: Double, _ format: TimeFormat, _ zone: ZoneOffsets) -> Int64? {
        switch format {
        case .excel:
            guard excelDays.contains(number) else { return nil }
            return zone.moment(ofLocal: second(number - 25_569))
        case .julian:
            guard julianDays.contains(number) else { return nil }
            return second(number - 2_440_587.5)
        case .unix, .unixMilliseconds:
            guard number.magnitude < 1e15 else { return nil }
            return moment(Int64(number.rounded(.down)), format, zone)
        case .epochDays: return Int64(exactly: number).flatMap { moment($0, format, zone) }
        case .iso, .pattern: return nil
        }
    }

    /// The day of a whole number; nil if the number is out of bounds.
    static func day(_ number: Int64, _ format: TimeFormat, _ zone: ZoneOffsets) -> CalendarDate? {
        switch format {
        case .unix, .unixMilliseconds: moment(number, format, zone).map(zone.day)
        case .epochDays: days.contains(number) ? CalendarDate(daysSinceEpoch: Int(number)) : nil
        case .excel, .julian: day(Double(number), format, zone)
        case .iso, .pattern: nil
        }
    }

    /// The day of a number that may have a fraction; nil if the number is out of bounds. Formats that count days ignore the zone.
    static func day(_ number: Double, _ format: TimeFormat, _ zone: ZoneOffsets) -> CalendarDate? {
        switch format {
        case .excel: excelDays.contains(number) ? CalendarDate(ofSecond: second(number - 25_569)) : nil
        case .julian: julianDays.contains(number) ? CalendarDate(ofSecond: second(number - 2_440_587.5)) : nil
        case .unix, .unixMilliseconds: moment(number, format, zone).map(zone.day)
        case .epochDays: Int64(exactly: number).flatMap { day($0, format, zone) }
        case .iso, .pattern: nil
        }
    }

    /// To the year 5138: numbers with more digits are milliseconds.
    private static let seconds = Int64(-99_999_999_999)...99_999_999_999
    private static let milliseconds = Int64(-99_999_999_999_999)...99_999_999_999_999
    /// 0000-01-01 to 9999-12-31.
    private static let days = Int64(-719_528)...2_932_896
    /// From 1900-03-01, before which Excel counts a day that never existed, to 9999-12-31.
    private static let excelDays = 61.0..<2_958_466.0
    /// 0000-01-01 to 9999-12-31.
    private static let julianDays = 1_721_059.5..<5_373_484.5

    /// Unix seconds from days since 1970-01-01. A Double cannot hold most times of day exactly, so they are rounded to milliseconds, as
    /// SQLite does.
    private static func second(_ days: Double) -> Int64 { floored(Int64((days * 86_400_000).rounded()), 1_000) }

    private static func floored(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
