import Support
import Testing

@testable import Mailchimp

@Suite("Retries")
struct RetryTests {
    @Test(
        "a call has as many attempts as the policy says", arguments: [RetryReason.throttled, .unavailable, .lost, .segmentBusy])
    func attempts(reason: RetryReason) {
        var retry = Retry(policy: RetryPolicy(attempts: 4))
        for _ in 1...3 { #expect(retry.next(after: reason, fraction: 0.5) != .fail) }
        #expect(retry.next(after: reason, fraction: 0.5) == .fail)
        #expect(retry.attempts == 4)
    }

    @Test("what a retry can't fix fails at once")
    func final() {
        var retry = Retry(policy: RetryPolicy())
        #expect(retry.next(after: nil, fraction: 0) == .fail)
    }

    @Test("timeouts, blocks and glitches get fewer attempts, and a server that never responded the fewest")
    func fewer() {
        let policy = RetryPolicy()
        #expect(policy.limit(for: .throttled, wasReachedBefore: true) == 10)
        #expect(policy.limit(for: .blocked, wasReachedBefore: true) == 6)
        #expect(policy.limit(for: .timedOut, wasReachedBefore: true) == 5)
        #expect(policy.limit(for: .pagingGlitch, wasReachedBefore: true) == 4)
        #expect(policy.limit(for: .unreachable, wasReachedBefore: true) == 10)
        #expect(policy.limit(for: .unreachable, wasReachedBefore: false) == 3)
    }

    @Test("reasons count together towards all attempts, and each towards its own limit")
    func mixedReasons() {
        var retry = Retry(policy: RetryPolicy())
        for reason in [RetryReason.timedOut, .timedOut, .lost, .timedOut, .throttled, .timedOut] {
            #expect(retry.next(after: reason, fraction: 0) != .fail)
        }
        var another = retry
        #expect(another.next(after: .timedOut, fraction: 0) == .fail)
        for _ in 0..<3 { #expect(retry.next(after: .throttled, fraction: 0) != .fail) }
        #expect(retry.next(after: .throttled, fraction: 0) == .fail)
    }

    @Test("no policy allows less than one attempt, or more than its own number")
    func bounds() {
        for reason in RetryReason.allCases {
            #expect(RetryPolicy(attempts: 0).limit(for: reason, wasReachedBefore: true) == 1)
            #expect(RetryPolicy(attempts: 2).limit(for: reason, wasReachedBefore: false) <= 2)
        }
    }

    @Test("a pause is below a ceiling that doubles up to the cap")
    func jitter() {
        let backoff = Backoff(base: .milliseconds(500), cap: .seconds(30))
        var generator = SeededGenerator(seed: 3)
        for attempt in 1...200 {
            let ceiling = min(Duration.seconds(30), .milliseconds(500) * (1 << min(attempt - 1, 20)))
            #expect(backoff.ceiling(afterAttempt: attempt) == ceiling)
            for _ in 0..<20 {
                let pause = backoff.pause(afterAttempt: attempt, fraction: .random(in: 0..<1, using: &generator))
                #expect(pause >= .zero && pause < ceiling)
            }
        }
    }

    @Test("fractions and attempts out of range do no harm")
    func odd() {
        let backoff = Backoff(base: .seconds(1), cap: .seconds(8))
        #expect(backoff.pause(afterAttempt: 0, fraction: -3) == .zero)
        #expect(backoff.pause(afterAttempt: .max, fraction: 7) == .seconds(8))
    }

    @Test("a response may ask for a longer pause, within reason")
    func requestedPause() {
        var retry = Retry(policy: RetryPolicy())
        #expect(retry.next(after: .throttled, requestedPause: .seconds(7), fraction: 0) == .again(after: .seconds(7)))
        #expect(retry.next(after: .throttled, requestedPause: .seconds(86_400), fraction: 0) == .again(after: .seconds(120)))
        #expect(retry.next(after: .throttled, requestedPause: .zero, fraction: 0.5) == .again(after: .seconds(1)))
    }
}
