/// What stood in the way of a call, where trying again may help.
package enum RetryReason: Sendable, Equatable, CaseIterable {
    /// 429, or 403 without a body.
    case throttled
    /// 5xx.
    case unavailable
    /// A page of HTML with 403 or 503.
    case blocked
    /// The connection broke.
    case lost
    /// No answer in time.
    case timedOut
    /// An answer that can't be read.
    case unreadable
    /// No connection at all.
    case unreachable
    /// 400 while paging, which Mailchimp gives now and then for a page that it gives a moment later.
    case pagingGlitch
    /// 405 on deleting a segment while another one is being deleted.
    case segmentBusy
}

/// How often a call is tried.
package struct RetryPolicy: Sendable, Equatable {
    /// The most attempts of one call, the first included. Ten let thousands of calls pass where every fourth attempt fails.
    package var attempts: Int
    /// The pauses between them.
    package var backoff: Backoff
    /// The longest pause that an answer may ask for with `Retry-After`.
    package var longestRequestedPause: Duration

    /// Ten attempts.
    package init(attempts: Int = 10, backoff: Backoff = Backoff(), longestRequestedPause: Duration = .seconds(120)) {
        self.attempts = max(attempts, 1)
        self.backoff = backoff
        self.longestRequestedPause = longestRequestedPause
    }

    /// How often this retryReason may happen to one call; the last time ends it.
    ///
    /// Fewer where another attempt is dear or soon pointless: a timeout costs two minutes, a firewall's block lasts hours, and a
    /// server that was never reached is probably a wrong address.
    package func limit(for retryReason: RetryReason, wasReachedBefore: Bool) -> Int {
        switch retryReason {
        case .throttled, .unavailable, .lost, .segmentBusy: attempts
        case .unreachable: wasReachedBefore ? attempts : min(attempts, 3)
        case .blocked, .unreadable: min(attempts, 6)
        case .timedOut: min(attempts, 5)
        case .pagingGlitch: min(attempts, 4)
        }
    }
}

/// The life of one call that may fail: after each retryReason it says what to do next, and does nothing itself.
package struct Retry: Sendable {
    /// What to do next.
    package enum Step: Sendable, Equatable {
        case again(after: Duration)
        case fail
    }

    /// The rules.
    package let policy: RetryPolicy
    /// How many attempts were made.
    package private(set) var attempts = 0
    private var counts: [RetryReason: Int] = [:]

    /// A call about to be tried for the first time.
    package init(policy: RetryPolicy) {
        self.policy = policy
    }

    /// Takes note of a failed attempt and returns the next step.
    ///
    /// - Parameters:
    ///   - retryReason: what happened; nil when trying again can't help.
    ///   - requestedPause: the least pause that the answer asked for.
    ///   - wasReachedBefore: whether this server ever answered.
    ///   - fraction: a random number of `0..<1`.
    package mutating func next(
        after retryReason: RetryReason?, requestedPause: Duration? = nil, wasReachedBefore: Bool = true, fraction: Double
    ) -> Step {
        attempts += 1
        guard let retryReason else { return .fail }
        counts[retryReason, default: 0] += 1
        let isPastLimit = counts[retryReason, default: 0] >= policy.limit(for: retryReason, wasReachedBefore: wasReachedBefore)
        guard attempts < policy.attempts, !isPastLimit else { return .fail }
        let pause = policy.backoff.pause(afterAttempt: attempts, fraction: fraction)
        guard let requestedPause else { return .again(after: pause) }
        return .again(after: max(pause, min(requestedPause, policy.longestRequestedPause)))
    }
}
