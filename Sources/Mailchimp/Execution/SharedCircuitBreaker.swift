import Synchronization

/// A change of the circuit breaker that people should hear about during a run.
package enum CircuitNotice: Sendable, Equatable {
    /// That many attempts failed in a row; calls are held back from now on.
    case opened(failures: Int, last: MailchimpError)
    /// Mailchimp responds again.
    case closed
}

/// A circuit breaker that many calls share, and that reports when it opens and closes.
final class SharedCircuitBreaker: Sendable {
    private let breaker = Mutex(CircuitBreaker())
    private let notice: @Sendable (CircuitNotice) -> Void

    init(_ notice: @escaping @Sendable (CircuitNotice) -> Void) {
        self.notice = notice
    }

    var failures: Int { breaker.withLock { $0.failures } }

    func admit(at now: Duration) -> CircuitBreaker.Admission { breaker.withLock { $0.admit(at: now) } }

    func recordFailure(_ error: MailchimpError, at now: Duration) {
        if breaker.withLock({ $0.recordFailure(at: now) }) { notice(.opened(failures: CircuitBreaker.threshold, last: error)) }
    }

    func recordSuccess() {
        if breaker.withLock({ $0.recordSuccess() }) { notice(.closed) }
    }

    func recordNoResult() { breaker.withLock { $0.recordNoResult() } }
}
