import Foundation

/// Times in HTTP headers.
enum HTTPDate {
    /// Reads the form that servers send, such as `Sat, 28 Nov 2026 20:07:45 GMT` (IMF-fixdate), and the two obsolete forms that
    /// everybody must still read (RFC 9110, 5.6.7).
    ///
    /// - Parameter text: the value of a header such as `Date`.
    /// - Returns: the time in Unix seconds; nil for anything else.
    static func unixSeconds(_ text: String) -> Int64? {
        // Every response has one, so it is read byte by byte.
        let bytes = Array(text.utf8)
        let shape = Array("aaa, 00 aaa 0000 00:00:00 GMT".utf8)
        let fits =
            bytes.count == shape.count
            && zip(bytes, shape).allSatisfy { byte, form in
                switch form {
                case UInt8(ascii: "0"): (48...57).contains(byte)
                case UInt8(ascii: "a"): (65...90).contains(byte) || (97...122).contains(byte)
                default: byte == form
                }
            }
        guard fits, days.contains(bytes[0..<3]), let month = months.firstIndex(of: bytes[8..<11]) else { return obsolete(text) }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { 10 * $0 + Int($1) - 48 } }
        let (day, year, hour, minute, second) = (number(5..<7), number(12..<16), number(17..<19), number(20..<22), number(23..<25))
        // 60 is a leap second, which no Unix time has.
        guard (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        return Int64(86_400 * daysSince1970(year, month + 1, day) + 3_600 * hour + 60 * minute + min(second, 59))
    }

    /// The days from 1 January 1970 to a date of the Gregorian calendar; a day behind the end of its month counts on.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years that begin in March end with the leap day.
        let year = month > 2 ? year : year - 1
        let days = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return 365 * year + year / 4 - year / 100 + year / 400 + days - 719_468
    }

    private static func obsolete(_ text: String) -> Int64? {
        for format in ["EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy"] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(secondsFromGMT: 0)
            formatter.dateFormat = format
            if let date = formatter.date(from: text) { return Int64(date.timeIntervalSince1970) }
        }
        return nil
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { ArraySlice($0.utf8) }
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map {
        ArraySlice($0.utf8)
    }
}
