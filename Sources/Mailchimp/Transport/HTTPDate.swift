import Foundation

/// Times in HTTP headers.
enum HTTPDate {
    /// Reads the form that servers send, such as `Sat, 28 Nov 2026 20:07:45 GMT` (IMF-fixdate), and the two obsolete forms that
    /// everybody must still read (RFC 9110, 5.6.7).
    ///
    /// - Parameter text: the value of a header such as `Date`.
    /// - Returns: the time in Unix seconds; nil for anything else.
    static func unixSeconds(_ text: String) -> Int64? {
        let fixed = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT/
        guard let parts = text.wholeMatch(of: fixed), let month = months.firstIndex(of: String(parts.2)) else { return obsolete(text) }
        guard let day = Int(parts.1), let year = Int(parts.3), let hour = Int(parts.4), let minute = Int(parts.5), let second = Int(parts.6)
        else { return nil }
        // 60 is a leap second, which no Unix time has.
        guard (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: min(second, 59))
        return calendar.date(from: components).map { Int64($0.timeIntervalSince1970) }
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

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
