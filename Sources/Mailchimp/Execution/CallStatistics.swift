import Synchronization

/// What a client has put on the wire since it was made.
package struct CallStatistics: Sendable, Equatable {
    /// HTTP requests to the Marketing API that were sent, repeats included. A try that found no connection isn't one.
    package var calls = 0
    /// Requests to find out an OAuth token's data centre.
    package var metadataCalls = 0
    /// Attempts beyond the first of their call.
    package var retries = 0
    /// Answers that said "too many".
    package var throttled = 0
    /// The most requests that were on the wire at the same moment.
    package var highestConcurrency = 0

    /// Nothing yet.
    package init() {}
}

/// Counts while many calls are under way.
final class CallCounter: Sendable {
    private struct State {
        var statistics = CallStatistics()
        var onTheWire = 0
        var wasReached = false
    }

    private let state = Mutex(State())

    var statistics: CallStatistics { state.withLock { $0.statistics } }

    /// Whether the server ever answered.
    var wasReached: Bool { state.withLock { $0.wasReached } }

    func began() {
        state.withLock { state in
            state.onTheWire += 1
            state.statistics.highestConcurrency = max(state.statistics.highestConcurrency, state.onTheWire)
        }
    }

    /// A request is over; `wasSent` is false where there was no connection to send it on.
    func ended(wasSent: Bool, isMetadata: Bool) {
        state.withLock { state in
            state.onTheWire -= 1
            guard wasSent else { return }
            if isMetadata { state.statistics.metadataCalls += 1 } else { state.statistics.calls += 1 }
        }
    }

    func answered() { state.withLock { $0.wasReached = true } }

    func repeated() { state.withLock { $0.statistics.retries += 1 } }

    func wasThrottled() { state.withLock { $0.statistics.throttled += 1 } }
}
