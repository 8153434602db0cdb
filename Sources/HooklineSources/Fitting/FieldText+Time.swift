import HooklineCore

// `Timestamp` in HooklineCore reads any collection, which costs a call per byte from this module; the common formats avoid that.
extension FieldText {
    /// A moment in the formats of `Timestamp.parse`; nil for anything else.
    static func timestamp(_ bytes: Bytes) -> Int64? {
        commonTimestamp(bytes) ?? Timestamp.parse(bytes)
    }

    /// Whether it is a day as `YYYY-MM-DD`.
    static func isDate(_ bytes: Bytes) -> Bool {
        bytes.count == 10 && date(bytes) != nil
    }

    /// `YYYY-MM-DD` or `YYYY-MM-DD[T ]HH:MM:SS[Z]`; nil for any other format, valid or not.
    private static func commonTimestamp(_ bytes: Bytes) -> Int64? {
        guard bytes.count >= 10, let date = date(bytes) else { return nil }
        let midnight = Int64(date.daysSinceEpoch) * 86_400
        switch bytes.count {
        case 10: return midnight
        case 19: break
        case 20: guard bytes[19] == UInt8(ascii: "Z") else { return nil }
        default: return nil
        }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == colon, bytes[16] == colon,
            let hour = twoDigits(bytes, 11), hour < 24, let minute = twoDigits(bytes, 14), minute < 60,
            let second = twoDigits(bytes, 17), second < 60
        else { return nil }
        return midnight + Int64(hour * 3_600 + minute * 60 + second)
    }

    /// The day in the first ten bytes.
    private static func date(_ bytes: Bytes) -> CalendarDate? {
        guard bytes[4] == minus, bytes[7] == minus, let century = twoDigits(bytes, 0), let year = twoDigits(bytes, 2),
            let month = twoDigits(bytes, 5), let day = twoDigits(bytes, 8)
        else { return nil }
        return CalendarDate(year: century * 100 + year, month: month, day: day)
    }

    private static func twoDigits(_ bytes: Bytes, _ at: Int) -> Int? {
        guard let tens = digit(bytes[at]), let ones = digit(bytes[at + 1]) else { return nil }
        return Int(tens * 10 + ones)
    }

    private static let colon = UInt8(ascii: ":")
}
