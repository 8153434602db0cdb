import Text

/// Reads and writes moments in Unix seconds.
package enum Timestamp {
    /// The formats that `parse` accepts, for messages.
    package static let allowed = "ISO 8601 such as 2026-03-01T06:00:00Z, a date, or Unix seconds"

    /// The Unix seconds of `YYYY-MM-DD`, `YYYY-MM-DD[T ]HH:MM[:SS[.fraction]][Z|±HH[:]MM]` or Unix seconds in UTF-8; nil for anything else.
    ///
    /// A time without a zone is UTC, a date is its midnight in UTC, and a fraction is cut off. (RFC 3339 §5.6, which has neither a space for
    /// `T` nor optional seconds and zones.)
    package static func parse(_ bytes: some Collection<UInt8>) -> Int64? {
        if let seconds = unixSeconds(bytes) { return seconds }
        var reader = DigitReader(bytes)
        guard let year = reader.digits(4), reader.skip(UInt8(ascii: "-")), let month = reader.digits(2), reader.skip(UInt8(ascii: "-")),
            let day = reader.digits(2), let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        let midnight = Int64(date.daysSinceEpoch) * 86_400
        if reader.isAtEnd { return midnight }
        guard reader.skip(UInt8(ascii: "T")) || reader.skip(UInt8(ascii: "t")) || reader.skip(UInt8(ascii: " ")) else { return nil }
        guard let time = secondsOfDay(&reader), let offset = zoneOffset(&reader), reader.isAtEnd else { return nil }
        return midnight + time - offset
    }

    package static func parse(_ text: String) -> Int64? { parse(text.utf8) }

    /// The moment as `YYYY-MM-DDTHH:MM:SSZ`.
    package static func text(_ seconds: Int64) -> String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = Int(seconds - Int64(days) * 86_400)
        return
            "\(CalendarDate(daysSinceEpoch: days).text)T\(NumberText.twoDigits(rest / 3_600)):\(NumberText.twoDigits(rest / 60 % 60)):\(NumberText.twoDigits(rest % 60))Z"
    }

    /// An optional minus and 5 to 12 digits: shorter numbers are more likely years or mistakes than moments in 1970.
    private static func unixSeconds(_ bytes: some Collection<UInt8>) -> Int64? {
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.count - 1 : bytes.count
        guard (5...12).contains(digits) else { return nil }
        var value: Int64 = 0
        for byte in bytes.dropFirst(bytes.count - digits) {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        return digits == bytes.count ? value : -value
    }

    private static func secondsOfDay(_ reader: inout DigitReader<some Collection<UInt8>>) -> Int64? {
        guard let hour = reader.digits(2), hour < 24, reader.skip(UInt8(ascii: ":")), let minute = reader.digits(2), minute < 60 else {
            return nil
        }
        var second = 0
        if reader.skip(UInt8(ascii: ":")) {
            // RFC 3339 allows 60 for a leap second.
            guard let read = reader.digits(2), read <= 60 else { return nil }
            second = read
            if reader.skip(UInt8(ascii: ".")), reader.skipDigits() == 0 { return nil }
        }
        return Int64(hour * 3_600 + minute * 60 + second)
    }

    private static func zoneOffset(_ reader: inout DigitReader<some Collection<UInt8>>) -> Int64? {
        if reader.isAtEnd || reader.skip(UInt8(ascii: "Z")) || reader.skip(UInt8(ascii: "z")) { return 0 }
        let west = reader.next == UInt8(ascii: "-")
        guard reader.skip(UInt8(ascii: "-")) || reader.skip(UInt8(ascii: "+")), let hours = reader.digits(2), hours < 24 else { return nil }
        var minutes = 0
        if !reader.isAtEnd {
            _ = reader.skip(UInt8(ascii: ":"))
            guard let read = reader.digits(2), read < 60 else { return nil }
            minutes = read
        }
        let offset = Int64(hours * 3_600 + minutes * 60)
        return west ? -offset : offset
    }
}
