import HooklineCore

// Core reads any collection of bytes, which costs a call a byte from here; the usual forms are read without it.
extension FieldText {
    /// A moment as `Timestamp.parse` reads it.
    static func timestamp(_ bytes: Bytes) -> Int64? {
        defaultTimestamp(bytes) ?? Timestamp.parse(bytes)
    }

    /// `YYYY-MM-DD`.
    static func isDate(_ bytes: Bytes) -> Bool {
        bytes.count == 10 && date(bytes) != nil
    }

    /// `YYYY-MM-DD`, `YYYY-MM-DD[T ]HH:MM:SS` and the same with `Z`; nil for every other form, right or wrong.
    private static func defaultTimestamp(_ bytes: Bytes) -> Int64? {
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

    /// The day that the first ten bytes say.
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
