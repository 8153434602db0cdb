/// Reads `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date.
enum RetryAfter {
    /// The seconds to wait.
    ///
    /// - Parameters:
    ///   - text: the header.
    ///   - serverTime: `Date` of the same response, in Unix seconds: by it the pause is right although this machine's clock is not.
    ///   - now: the time on this machine, in Unix seconds, for a response without `Date`.
    /// - Returns: 0 for a date that has passed; nil for anything else than a number or a date.
    static func seconds(_ text: String, serverTime: Int64?, now: Int64) -> Int? {
        let text = text.trimmed
        if text.allSatisfy({ $0.isASCII && $0.isNumber }), !text.isEmpty { return Int(text) ?? .max }
        guard let until = HTTPDate.unixSeconds(text) else { return nil }
        return Int(min(max(until - (serverTime ?? now), 0), 1_000_000_000))
    }
}
