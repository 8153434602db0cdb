import Foundation

/// Converts between Mailchimp's times and Unix seconds.
enum Timestamp {
    /// The time as `2026-11-24T06:05:00Z`: in UTC with a `Z`, because the `+` of an offset is easily lost in a query.
    static func iso8601(unixSeconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(unixSeconds)).formatted(.iso8601)
    }

    /// Reads `2026-11-24T06:05:00+00:00` or the `Z` form; nil for anything else, including the empty string, which means "never".
    static func unixSeconds(_ text: String) -> Int64? {
        guard let date = try? Date.ISO8601FormatStyle().parse(text) else { return nil }
        return Int64(date.timeIntervalSince1970)
    }
}
