/// Holds calls back while every call fails, and lets one at a time probe whether Mailchimp is back.
///
/// Ten connections that each retry their call would send a hundred requests to a service that is down, and all would give up after a minute
/// or two. A single probe now and then costs nothing and outlasts more. The circuit breaker only decides, so tests need no clock.
package struct CircuitBreaker: Sendable {
    /// What a call may do now.
    package enum Admission: Sendable, Equatable {
        case proceed
        /// Ask again after that long.
        case wait(Duration)
        /// The circuit has been open for too long: give up.
        case fail
    }

    /// The failed attempts in a row, over all calls, that open it. No single call has as many attempts.
    package static let threshold = 20
    /// How long it stays open before calls fail.
    package static let patience: Duration = .seconds(300)
    private static let firstPause: Duration = .seconds(5)
    private static let longestPause: Duration = .seconds(60)

    /// Failures since the last success.
    package private(set) var failures = 0
    private var openedAt: Duration?
    private var nextProbe: Duration = .zero
    private var pause = firstPause
    private var isProbing = false

    package init() {}

    /// Whether it holds calls back.
    package var isOpen: Bool { openedAt != nil }

    /// Decides what a call may do at that moment.
    package mutating func admit(at now: Duration) -> Admission {
        guard let openedAt else { return .proceed }
        if now - openedAt >= Self.patience { return .fail }
        guard !isProbing, now >= nextProbe else { return .wait(max(nextProbe - now, .milliseconds(500))) }
        isProbing = true
        return .proceed
    }

    /// Records an attempt that failed but may succeed later; returns whether it opened the circuit.
    package mutating func recordFailure(at now: Duration) -> Bool {
        failures += 1
        isProbing = false
        guard openedAt == nil else {
            nextProbe = now + pause
            pause = min(pause + pause, Self.longestPause)
            return false
        }
        guard failures >= Self.threshold else { return false }
        openedAt = now
        nextProbe = now + pause
        return true
    }

    /// Records a response; returns whether it closed the circuit.
    package mutating func recordSuccess() -> Bool {
        defer { self = CircuitBreaker() }
        return isOpen
    }

    /// Records an attempt that says nothing about Mailchimp, such as a cancelled one.
    package mutating func recordNoResult() { isProbing = false }
}
