/// Times that are numbers: which numbers are such times, and which moment or day each is.
///
/// The bounds keep what is plainly another kind of number from being read as a moment far away.
enum NumericTime {
    /// A whole number.
    static func moment(_ number: Int64, _ format: TimeFormat, _ zone: ZoneOffsets) -> Int64? {
        switch format {
        case .unix: seconds.contains(number) ? number : nil
        case .unixMilliseconds: milliseconds.contains(number) ? floored(number, 1_000) : nil
        case .epochDays: days.contains(number) ? zone.begin(of: CalendarDate(daysSinceEpoch: Int(number))) : nil
        case .excel, .julian: moment(Double(number), format, zone)
        case .iso, .pattern: nil
        }
    }

    /// A number that may have a fraction, which is cut off at the second.
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

    /// The day of a whole number.
    static func day(_ number: Int64, _ format: TimeFormat, _ zone: ZoneOffsets) -> CalendarDate? {
        switch format {
        case .unix, .unixMilliseconds: moment(number, format, zone).map(zone.day)
        case .epochDays: days.contains(number) ? CalendarDate(daysSinceEpoch: Int(number)) : nil
        case .excel, .julian: day(Double(number), format, zone)
        case .iso, .pattern: nil
        }
    }

    /// The day of a number that may have a fraction. Days that are counted are nobody's in particular: no zone moves them.
    static func day(_ number: Double, _ format: TimeFormat, _ zone: ZoneOffsets) -> CalendarDate? {
        switch format {
        case .excel: excelDays.contains(number) ? CalendarDate(ofSecond: second(number - 25_569)) : nil
        case .julian: julianDays.contains(number) ? CalendarDate(ofSecond: second(number - 2_440_587.5)) : nil
        case .unix, .unixMilliseconds: moment(number, format, zone).map(zone.day)
        case .epochDays: Int64(exactly: number).flatMap { day($0, format, zone) }
        case .iso, .pattern: nil
        }
    }

    /// Up to the year 5138: more digits are milliseconds.
    private static let seconds = Int64(-99_999_999_999)...99_999_999_999
    private static let milliseconds = Int64(-99_999_999_999_999)...99_999_999_999_999
    /// 0000-01-01 to 9999-12-31.
    private static let days = Int64(-719_528)...2_932_896
    /// From 1900-03-01, before which Excel counts a day that never was, to 9999-12-31.
    private static let excelDays = 61.0..<2_958_466.0
    /// 0000-01-01 to 9999-12-31.
    private static let julianDays = 1_721_059.5..<5_373_484.5

    /// Of days since 1970-01-01. A Double does not hold most times of a day exactly; milliseconds are what SQLite rounds to.
    private static func second(_ days: Double) -> Int64 { floored(Int64((days * 86_400_000).rounded()), 1_000) }

    private static func floored(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
