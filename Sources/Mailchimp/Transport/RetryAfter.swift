import Foundation

/// Reads `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date.
enum RetryAfter {
    /// The seconds to wait.
    ///
    /// - Parameters:
    ///   - text: the header.
    ///   - serverTime: `Date` of the same response: by it the pause is right although this machine's clock is not.
    ///   - now: the time on this machine, for a response without `Date`.
    /// - Returns: 0 for a date that has passed; nil for anything else than a number or a date.
    static func seconds(_ text: String, serverTime: String?, now: Date) -> Int? {
        let text = text.trimmed
        if text.allSatisfy({ $0.isASCII && $0.isNumber }), !text.isEmpty { return Int(text) ?? .max }
        guard let until = date(text) else { return nil }
        let pause = until.timeIntervalSince(serverTime.flatMap { date($0.trimmed) } ?? now)
        return Int(min(max(pause.rounded(.up), 0), 1e9))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, and the two obsolete forms that everybody must still read (RFC 9110, 5.6.7).
    private static func date(_ text: String) -> Date? {
        for format in ["EEE, dd MMM yyyy HH:mm:ss zzz", "EEEE, dd-MMM-yy HH:mm:ss zzz", "EEE MMM d HH:mm:ss yyyy"] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(secondsFromGMT: 0)
            formatter.dateFormat = format
            if let date = formatter.date(from: text) { return date }
        }
        return nil
    }
}
