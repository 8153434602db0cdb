import Foundation

/// Times in HTTP headers.
enum HTTPDate {
    /// Reads the form that servers send, such as `Sat, 28 Nov 2026 20:07:45 GMT` (RFC 9110, IMF-fixdate).
    ///
    /// - Parameter text: the value of a header such as `Date`.
    /// - Returns: the time in Unix seconds; nil for anything else, as for the two obsolete forms, which no server sends any more.
    static func unixSeconds(_ text: String) -> Int64? {
        let fixed = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT/
        guard let parts = text.wholeMatch(of: fixed), let month = months.firstIndex(of: String(parts.2)) else { return nil }
        guard let day = Int(parts.1), let year = Int(parts.3), let hour = Int(parts.4), let minute = Int(parts.5), let second = Int(parts.6)
        else { return nil }
        // 60 is a leap second, which no Unix time has.
        guard (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: min(second, 59))
        return calendar.date(from: components).map { Int64($0.timeIntervalSince1970) }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
