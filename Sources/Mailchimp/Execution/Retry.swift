/// Decides after each failed attempt of one call what comes next; does nothing itself.
package struct Retry: Sendable {
    package enum Step: Sendable, Equatable {
        case again(after: Duration)
        case fail
    }

    package let policy: RetryPolicy
    /// The attempts so far.
    package private(set) var attempts = 0
    private var counts: [RetryReason: Int] = [:]

    package init(policy: RetryPolicy) {
        self.policy = policy
    }

    /// Records a failed attempt.
    ///
    /// - Parameters:
    ///   - reason: why a retry may help; nil when it can't.
    ///   - requestedPause: the least pause that the response asked for.
    ///   - wasReachedBefore: whether this server ever responded.
    ///   - fraction: a random number of `0..<1`.
    /// - Returns: the next step.
    package mutating func next(
        after reason: RetryReason?, requestedPause: Duration? = nil, wasReachedBefore: Bool = true, fraction: Double
    ) -> Step {
        attempts += 1
        guard let reason else { return .fail }
        counts[reason, default: 0] += 1
        let isPastLimit = counts[reason, default: 0] >= policy.limit(for: reason, wasReachedBefore: wasReachedBefore)
        guard attempts < policy.attempts, !isPastLimit else { return .fail }
        let pause = policy.backoff.pause(afterAttempt: attempts, fraction: fraction)
        guard let requestedPause else { return .again(after: pause) }
        return .again(after: max(pause, min(requestedPause, policy.longestRequestedPause)))
    }
}
