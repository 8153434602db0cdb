/// How long to wait before the next attempt: a random time below a ceiling that doubles up to a cap ("full jitter").
///
/// Clients that failed together come back spread out, which neither a fixed pause nor a slightly varied one achieves.
package struct Backoff: Sendable, Equatable {
    /// The ceiling before the second attempt.
    package var base: Duration
    /// The highest ceiling.
    package var cap: Duration

    package init(base: Duration = .milliseconds(500), cap: Duration = .seconds(30)) {
        self.base = base
        self.cap = cap
    }

    /// The pause after an attempt (numbered from 1), for a random `fraction` of `0..<1`.
    package func pause(afterAttempt attempt: Int, fraction: Double) -> Duration {
        ceiling(afterAttempt: attempt) * min(max(fraction, 0), 1)
    }

    /// The longest pause after an attempt (numbered from 1).
    package func ceiling(afterAttempt attempt: Int) -> Duration {
        var ceiling = base
        for _ in 1..<max(attempt, 1) {
            guard ceiling < cap else { break }
            ceiling += ceiling
        }
        return min(ceiling, cap)
    }
}
