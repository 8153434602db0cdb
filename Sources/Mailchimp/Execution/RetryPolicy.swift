/// How often a call is attempted.
package struct RetryPolicy: Sendable, Equatable {
    /// The most attempts of one call, the first included. With ten, thousands of calls get through when every fourth attempt fails.
    package var attempts: Int
    /// The pauses between attempts.
    package var backoff: Backoff
    /// The longest pause that a response may ask for with `Retry-After`.
    package var longestRequestedPause: Duration

    package init(attempts: Int = 10, backoff: Backoff = Backoff(), longestRequestedPause: Duration = .seconds(120)) {
        self.attempts = max(attempts, 1)
        self.backoff = backoff
        self.longestRequestedPause = longestRequestedPause
    }

    /// How many failures for one reason end a call.
    ///
    /// Fewer where another attempt is expensive or hopeless: a timeout costs two minutes, a firewall's block lasts hours, and a server that
    /// was never reached is probably a wrong address.
    package func limit(for reason: RetryReason, wasReachedBefore: Bool) -> Int {
        switch reason {
        case .throttled, .unavailable, .lost, .segmentBusy: attempts
        case .unreachable: wasReachedBefore ? attempts : min(attempts, 3)
        case .blocked, .unreadable: min(attempts, 6)
        case .timedOut: min(attempts, 5)
        case .pagingGlitch: min(attempts, 4)
        }
    }
}
