/// Reads days and times in the formats that need no `format:`.
///
/// `YYYY-MM-DD`, or that with `T` or a space, then `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`, then no zone, `Z`, `±HH`, `±HHMM`, `±HH:MM`,
/// `UTC`, or `GMT`, optionally after a space (RFC 3339 §5.6, ISO 8601, and what Ruby, git, and PostgreSQL print). The fraction may follow
/// a comma instead of a point, and is cut off. Second 60 is the one after 59.
enum ISOTime {
    /// Reads a day or a time; nil for anything else.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> WrittenTime? {
        var cursor = ByteCursor(bytes)
        guard let year = cursor.digits(4), cursor.skip(UInt8(ascii: "-")), let month = cursor.digits(2), cursor.skip(UInt8(ascii: "-")),
            let dayOfMonth = cursor.digits(2), let day = CalendarDate(year: year, month: month, day: dayOfMonth)
        else { return nil }
        if cursor.isAtEnd { return WrittenTime(day: day) }
        guard let mark = cursor.next, mark == 0x20 || mark | 0x20 == UInt8(ascii: "t") else { return nil }
        cursor.at += 1
        guard let second = secondOfDay(&cursor) else { return nil }
        if cursor.isAtEnd { return WrittenTime(day: day, second: second) }
        _ = cursor.skip(0x20)
        guard let offset = zone(&cursor), cursor.isAtEnd else { return nil }
        return WrittenTime(day: day, second: second, offset: offset)
    }

    private static func secondOfDay(_ cursor: inout ByteCursor) -> Int? {
        let colon = UInt8(ascii: ":")
        guard let hour = cursor.digits(2), hour < 24, cursor.skip(colon), let minute = cursor.digits(2), minute < 60 else { return nil }
        guard cursor.skip(colon) else { return hour * 3_600 + minute * 60 }
        guard let second = cursor.digits(2), second <= 60 else { return nil }
        if cursor.skip(UInt8(ascii: ".")) || cursor.skip(UInt8(ascii: ",")), cursor.skipDigits() == 0 { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    /// Reads a zone as seconds east of UTC; nil if there is none.
    static func zone(_ cursor: inout ByteCursor) -> Int? {
        if cursor.skip(word: "utc") || cursor.skip(word: "gmt") || cursor.skip(word: "z") { return 0 }
        let isWest = cursor.next == UInt8(ascii: "-")
        guard isWest || cursor.next == UInt8(ascii: "+") else { return nil }
        cursor.at += 1
        guard let hours = cursor.digits(2) else { return nil }
        var minutes = 0
        let hasColon = cursor.skip(UInt8(ascii: ":"))
        if let read = cursor.digits(2) { minutes = read } else if hasColon { return nil }
        let offset = hours * 3_600 + minutes * 60
        // No clock has ever been much more than 15 hours away from UTC.
        guard minutes < 60, offset <= 18 * 3_600 else { return nil }
        return isWest ? -offset : offset
    }
}
