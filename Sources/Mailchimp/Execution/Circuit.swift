import Synchronization

/// Holds calls back while everything fails: one at a time then tries whether Mailchimp is there again.
///
/// Ten connections that each repeat their calls would be a hundred requests to a service that is down, and would all give up after a
/// minute or two; one that asks now and then costs nothing and outlasts more. It only says what to do next, so a test needs no clock.
package struct Circuit: Sendable {
    /// What a call may do now.
    package enum Admission: Sendable, Equatable {
        case go
        /// Ask again after so long.
        case wait(Duration)
        /// It has failed for too long.
        case fail
    }

    /// Attempts in a row, of all calls together, that must fail before it opens; more than one call is ever tried.
    package static let threshold = 20
    /// How long it stays open before everything is given up.
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

    /// What a call may do at that moment.
    package mutating func admit(at now: Duration) -> Admission {
        guard let openedAt else { return .go }
        if now - openedAt >= Self.patience { return .fail }
        guard !isProbing, now >= nextProbe else { return .wait(max(nextProbe - now, .milliseconds(500))) }
        isProbing = true
        return .go
    }

    /// An attempt failed in a way that another may mend; says whether that opened it.
    package mutating func failed(at now: Duration) -> Bool {
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

    /// An attempt was answered; says whether that closed it.
    package mutating func succeeded() -> Bool {
        defer { self = Circuit() }
        return isOpen
    }

    /// An attempt ended without saying anything about Mailchimp, such as one that was cancelled.
    package mutating func knowsNothing() { isProbing = false }
}

/// A circuit that many calls share, and what tells people about it.
final class SharedCircuit: Sendable {
    private let circuit = Mutex(Circuit())
    private let notice: @Sendable (CircuitNotice) -> Void

    init(_ notice: @escaping @Sendable (CircuitNotice) -> Void) {
        self.notice = notice
    }

    var failures: Int { circuit.withLock { $0.failures } }

    func admit(at now: Duration) -> Circuit.Admission { circuit.withLock { $0.admit(at: now) } }

    func failed(_ error: MailchimpError, at now: Duration) {
        if circuit.withLock({ $0.failed(at: now) }) { notice(.opened(failures: Circuit.threshold, last: error)) }
    }

    func succeeded() {
        if circuit.withLock({ $0.succeeded() }) { notice(.closed) }
    }

    func knowsNothing() { circuit.withLock { $0.knowsNothing() } }
}

/// What people should know of the circuit while a run goes on.
package enum CircuitNotice: Sendable, Equatable {
    /// Everything failed, so many times in a row; calls are held back from now on.
    case opened(failures: Int, last: MailchimpError)
    /// Mailchimp answers again.
    case closed
}
