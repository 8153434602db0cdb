/// Executes requests: waits for a connection slot, sends, and sends again as long as ``Retry`` says so.
struct RequestExecutor: Sendable {
    /// How long a slot stays taken after we cancelled a request: Mailchimp keeps working on it, usually for a few seconds.
    static let cancelledRequestLingers: Duration = .seconds(5)

    let transport: any Transport
    let limiter: ConnectionLimiter
    let policy: RetryPolicy
    let dependencies: ClientDependencies
    /// Slots that this machine's processes share; nil when this process counts alone.
    let slots: ConnectionSlots?
    let circuit: SharedCircuitBreaker
    let counter = CallCounter()
    let serverClock = ServerClock()
    /// No call is retried after this moment.
    let deadline = Deadline()

    /// Executes a request and returns what its response says.
    ///
    /// - Throws: ``ResponseFailure`` when no attempt succeeded, `CancellationError` when the task was cancelled.
    func execute<Value>(_ pending: PendingRequest<Value>) async throws -> Value {
        var retry = Retry(policy: policy)
        var mayHaveTakenEffect = false
        while true {
            try await waitForCircuit(pending.requestLine)
            do {
                let value = try await attempt(pending)
                circuit.recordSuccess()
                return value
            } catch var failure as ResponseFailure {
                record(failure)
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
                counter.callRetried()
            } catch {
                circuit.recordNoResult()
                throw error
            }
        }
    }

    private func waitForCircuit(_ requestLine: String) async throws {
        while true {
            switch circuit.admit(at: dependencies.uptime()) {
            case .proceed: return
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
                .circuitOpen, "not sent: the last \(circuit.failures) attempts to reach Mailchimp all failed; try again later",
                requestLine: requestLine))
    }

    /// Tells the circuit breaker. Only a failure that a retry may fix speaks against Mailchimp; any other is a response that makes sense.
    private func record(_ failure: ResponseFailure) {
        if failure.retryReason == .throttled { counter.callThrottled() }
        switch failure.retryReason {
        case nil, .pagingGlitch, .segmentBusy: circuit.recordSuccess()
        default: circuit.recordFailure(failure.error, at: dependencies.uptime())
        }
    }

    private func attempt<Value>(_ pending: PendingRequest<Value>) async throws -> Value {
        try await limiter.acquire()
        var slot: ConnectionSlots.Slot?
        do { slot = try await slots?.take(dependencies) } catch {
            limiter.release()
            throw error
        }
        // Released at the end of this function, unless a request that we gave up on still counts.
        defer { withExtendedLifetime(slot) {} }
        let start = dependencies.uptime()
        counter.requestBegan()
        do {
            let response = try await transport.send(pending.request)
            counter.requestEnded(wasSent: true, isMetadata: pending.isMetadata)
            // Before the response is read: the next request need not wait for that. The slot comes first, or the next would find none.
            slot = nil
            limiter.release()
            counter.responseReceived()
            serverClock.note(response, at: dependencies.uptime())
            return try pending.read(response)
        } catch let failure as ResponseFailure {
            throw failure
        } catch let failure as TransportFailure where !Task.isCancelled {
            counter.requestEnded(wasSent: failure.wasSent, isMetadata: pending.isMetadata)
            if failure == .timedOut {
                release(slot, after: MailchimpConfiguration.serverTimeout - (dependencies.uptime() - start))
            } else {
                limiter.release()
            }
            throw ResponseFailure(failure, requestLine: pending.requestLine)
        } catch {
            counter.requestEnded(wasSent: true, isMetadata: pending.isMetadata)
            guard error is CancellationError || Task.isCancelled else {
                limiter.release()
                throw ResponseFailure(.connectionLost("\(type(of: error))"), requestLine: pending.requestLine)
            }
            release(slot, after: Self.cancelledRequestLingers)
            throw CancellationError()
        }
    }

    /// Releases the connection later: Mailchimp still counts a request that we gave up on (error glossary, 429).
    private func release(_ slot: ConnectionSlots.Slot?, after duration: Duration) {
        guard duration > .zero else { return limiter.release() }
        Task {
            try? await dependencies.sleep(duration)
            limiter.release()
            withExtendedLifetime(slot) {}
        }
    }
}

extension TransportFailure {
    fileprivate var wasSent: Bool {
        switch self {
        case .unreachable, .tls: false
        case .connectionLost, .timedOut, .responseTooLarge: true
        }
    }
}
