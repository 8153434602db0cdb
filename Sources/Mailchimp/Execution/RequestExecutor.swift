import Synchronization

/// One thing to be asked, and how to read the answer.
struct PendingRequest<Value: Sendable>: Sendable {
    /// The request.
    var request: HTTPCall
    /// Where errors say they happened.
    var requestLine: String
    /// Whether it only finds out where the account lives.
    var isMetadata = false
    /// Reads an answer: a value, or a failure.
    var read: @Sendable (HTTPAnswer) throws(ResponseFailure) -> Value
}

/// Carries requests out: waits for a connection slot, sends, and sends again as long as ``Retry`` says so.
struct RequestExecutor: Sendable {
    /// How long a slot stays taken after we hung up on a call: Mailchimp goes on with it, most for a few seconds.
    static let cancelledCallLingers: Duration = .seconds(5)

    let transport: any Transport
    let limiter: ConnectionLimiter
    let policy: RetryPolicy
    let dependencies: ClientDependencies
    /// Slots that other processes share; nil where each counts for itself.
    let slots: ConnectionSlots?
    let circuit: SharedCircuit
    let counter = CallCounter()
    /// No call is repeated after this moment, in Unix seconds.
    let deadline = Deadline()

    /// Carries an pending out and returns what its answer says.
    ///
    /// Throws ``ResponseFailure`` when no attempt succeeded, `CancellationError` when the task was cancelled.
    func deliver<Value>(_ pending: PendingRequest<Value>) async throws -> Value {
        var retry = Retry(policy: policy)
        var mayHaveTakenEffect = false
        while true {
            try await waitForCircuit(pending.requestLine)
            do {
                let value = try await attempt(pending)
                circuit.succeeded()
                return value
            } catch var failure as ResponseFailure {
                note(failure)
                if failure.retryReason == .throttled { counter.wasThrottled() }
                mayHaveTakenEffect = mayHaveTakenEffect || failure.retryReason?.leavesDoubt == true
                let step = retry.next(
                    after: failure.retryReason, requestedPause: failure.requestedPause, wasReachedBefore: counter.wasReached,
                    fraction: dependencies.fraction())
                guard case .again(let pause) = step, !deadline.isPassed(at: dependencies.unixSeconds()) else {
                    failure.error.attempts = retry.attempts
                    failure.error.mayHaveTakenEffect = mayHaveTakenEffect
                    throw failure
                }
                try await dependencies.sleep(pause)
                counter.repeated()
            } catch {
                circuit.knowsNothing()
                throw error
            }
        }
    }

    private func waitForCircuit(_ requestLine: String) async throws {
        while true {
            switch circuit.admit(at: dependencies.uptime()) {
            case .go: return
            case .wait(let pause):
                guard !deadline.isPassed(at: dependencies.unixSeconds()) else { throw circuitOpen(requestLine) }
                try await dependencies.sleep(pause)
            case .fail: throw circuitOpen(requestLine)
            }
        }
    }

    private func circuitOpen(_ requestLine: String) -> ResponseFailure {
        ResponseFailure(
            MailchimpError(
                .circuitOpen,
                "everything that was asked of Mailchimp has failed, \(circuit.failures) times in a row over minutes; try again later",
                requestLine: requestLine))
    }

    /// A failure that makes sense is an answer; only what another attempt may mend speaks against Mailchimp.
    private func note(_ failure: ResponseFailure) {
        switch failure.retryReason {
        case nil, .pagingGlitch, .segmentBusy: circuit.succeeded()
        default: circuit.failed(failure.error, at: dependencies.uptime())
        }
    }

    private func attempt<Value>(_ pending: PendingRequest<Value>) async throws -> Value {
        try await limiter.acquire()
        let slot: ConnectionSlots.Slot?
        do { slot = try await slots?.take(dependencies) } catch {
            limiter.release()
            throw error
        }
        // Given back with this function's end, unless a call that we gave up on still counts.
        defer { withExtendedLifetime(slot) {} }
        let start = dependencies.uptime()
        counter.began()
        do {
            let answer = try await transport.send(pending.request)
            counter.ended(wasSent: true, isMetadata: pending.isMetadata)
            limiter.release()
            counter.answered()
            return try pending.read(answer)
        } catch let failure as ResponseFailure {
            throw failure
        } catch let failure as TransportFailure where !Task.isCancelled {
            counter.ended(wasSent: failure.wasSent, isMetadata: pending.isMetadata)
            if failure == .timedOut {
                linger(MailchimpConfiguration.serverTimeout - (dependencies.uptime() - start), slot)
            } else {
                limiter.release()
            }
            throw ResponseFailure(failure, requestLine: pending.requestLine)
        } catch {
            counter.ended(wasSent: true, isMetadata: pending.isMetadata)
            guard error is CancellationError || Task.isCancelled else {
                limiter.release()
                throw ResponseFailure(.connectionLost("\(type(of: error))"), requestLine: pending.requestLine)
            }
            linger(Self.cancelledCallLingers, slot)
            throw CancellationError()
        }
    }

    /// Gives the slot back later: a call that we gave up on still counts at Mailchimp's end (error glossary, 429).
    private func linger(_ duration: Duration, _ slot: ConnectionSlots.Slot?) {
        guard duration > .zero else { return limiter.release() }
        Task {
            try? await dependencies.sleep(duration)
            limiter.release()
            withExtendedLifetime(slot) {}
        }
    }
}

/// A moment, in Unix seconds, that may be set while calls are under way.
final class Deadline: Sendable {
    private let moment = Mutex<Int64?>(nil)

    func set(_ unixSeconds: Int64?) { moment.withLock { $0 = unixSeconds } }

    func isPassed(at now: Int64) -> Bool { moment.withLock { $0 }.map { now >= $0 } ?? false }
}

extension RetryReason {
    /// Whether the call may have been carried out although the answer says otherwise, or never came.
    var leavesDoubt: Bool {
        switch self {
        case .unavailable, .blocked, .lost, .timedOut, .unreadable: true
        case .throttled, .unreachable, .pagingGlitch, .segmentBusy: false
        }
    }
}

extension TransportFailure {
    fileprivate var wasSent: Bool {
        switch self {
        case .unreachable, .tls: false
        case .connectionLost, .timedOut, .answerTooLarge: true
        }
    }
}
