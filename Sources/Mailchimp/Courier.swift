import Synchronization

/// One thing to be asked, and how to read the answer.
struct Errand<Value: Sendable>: Sendable {
    /// The request.
    var request: HTTPCall
    /// Where errors say they happened.
    var place: String
    /// Whether it only finds out where the account lives.
    var isMetadata = false
    /// Reads an answer: a value, or a refusal.
    var read: @Sendable (HTTPAnswer) throws(Refusal) -> Value
}

/// Carries errands out: waits for a place on the line, sends, and sends again as long as ``Retry`` says so.
struct Courier: Sendable {
    /// How long a place stays taken after we hung up on a call: Mailchimp goes on with it, most for a few seconds.
    static let cancelledCallLingers: Duration = .seconds(5)

    let transport: any Transport
    let limiter: ConnectionLimiter
    let policy: RetryPolicy
    let surroundings: Surroundings
    /// Places that other processes have a share in; nil where each counts for itself.
    let places: SharedPlaces?
    let circuit: SharedCircuit
    let counter = CallCounter()
    /// No call is repeated after this moment, in Unix seconds.
    let deadline = Deadline()

    /// Carries an errand out and returns what its answer says.
    ///
    /// Throws ``Refusal`` when no attempt succeeded, `CancellationError` when the task was cancelled.
    func deliver<Value>(_ errand: Errand<Value>) async throws -> Value {
        var retry = Retry(policy: policy)
        var mayHaveTakenEffect = false
        while true {
            try await waitForCircuit(errand.place)
            do {
                let value = try await attempt(errand)
                circuit.succeeded()
                return value
            } catch var refusal as Refusal {
                note(refusal)
                if refusal.setback == .throttled { counter.wasThrottled() }
                mayHaveTakenEffect = mayHaveTakenEffect || refusal.setback?.leavesDoubt == true
                let step = retry.next(
                    after: refusal.setback, requestedPause: refusal.requestedPause, wasReachedBefore: counter.wasReached,
                    fraction: surroundings.fraction())
                guard case .again(let pause) = step, !deadline.isPassed(at: surroundings.unixSeconds()) else {
                    refusal.error.attempts = retry.attempts
                    refusal.error.mayHaveTakenEffect = mayHaveTakenEffect
                    throw refusal
                }
                try await surroundings.sleep(pause)
                counter.repeated()
            } catch {
                circuit.knowsNothing()
                throw error
            }
        }
    }

    private func waitForCircuit(_ place: String) async throws {
        while true {
            switch circuit.admit(at: surroundings.uptime()) {
            case .go: return
            case .wait(let pause):
                guard !deadline.isPassed(at: surroundings.unixSeconds()) else { throw circuitOpen(place) }
                try await surroundings.sleep(pause)
            case .giveUp: throw circuitOpen(place)
            }
        }
    }

    private func circuitOpen(_ place: String) -> Refusal {
        Refusal(
            MailchimpError(
                .circuitOpen,
                "everything that was asked of Mailchimp has failed, \(circuit.failures) times in a row over minutes; try again later",
                place: place))
    }

    /// A refusal that makes sense is an answer; only what another attempt may mend speaks against Mailchimp.
    private func note(_ refusal: Refusal) {
        switch refusal.setback {
        case nil, .pagingGlitch, .segmentBusy: circuit.succeeded()
        default: circuit.failed(refusal.error, at: surroundings.uptime())
        }
    }

    private func attempt<Value>(_ errand: Errand<Value>) async throws -> Value {
        try await limiter.acquire()
        let place: SharedPlaces.Place?
        do { place = try await places?.take(surroundings) } catch {
            limiter.release()
            throw error
        }
        // Given back with this function's end, unless a call that we gave up on still counts.
        defer { withExtendedLifetime(place) {} }
        let start = surroundings.uptime()
        counter.began()
        do {
            let answer = try await transport.send(errand.request)
            counter.ended(wasSent: true, isMetadata: errand.isMetadata)
            limiter.release()
            counter.answered()
            return try errand.read(answer)
        } catch let refusal as Refusal {
            throw refusal
        } catch let failure as TransportFailure where !Task.isCancelled {
            counter.ended(wasSent: failure.wasSent, isMetadata: errand.isMetadata)
            if failure == .timedOut {
                linger(MailchimpConfiguration.serverTimeout - (surroundings.uptime() - start), place)
            } else {
                limiter.release()
            }
            throw Refusal(failure, place: errand.place)
        } catch {
            counter.ended(wasSent: true, isMetadata: errand.isMetadata)
            guard error is CancellationError || Task.isCancelled else {
                limiter.release()
                throw Refusal(.connectionLost("\(type(of: error))"), place: errand.place)
            }
            linger(Self.cancelledCallLingers, place)
            throw CancellationError()
        }
    }

    /// Hands the place back later: a call that we gave up on still counts at Mailchimp's end (error glossary, 429).
    private func linger(_ duration: Duration, _ place: SharedPlaces.Place?) {
        guard duration > .zero else { return limiter.release() }
        Task {
            try? await surroundings.sleep(duration)
            limiter.release()
            withExtendedLifetime(place) {}
        }
    }
}

/// A moment, in Unix seconds, that may be set while calls are under way.
final class Deadline: Sendable {
    private let moment = Mutex<Int64?>(nil)

    func set(_ unixSeconds: Int64?) { moment.withLock { $0 = unixSeconds } }

    func isPassed(at now: Int64) -> Bool { moment.withLock { $0 }.map { now >= $0 } ?? false }
}

extension Setback {
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
