import Synchronization

/// Gathers ``CallStatistics`` from concurrent calls.
final class CallCounter: Sendable {
    private struct State {
        var statistics = CallStatistics()
        var onTheWire = 0
        var wasReached = false
    }

    private let state = Mutex(State())

    var statistics: CallStatistics { state.withLock { $0.statistics } }

    /// Whether the server has ever responded.
    var wasReached: Bool { state.withLock { $0.wasReached } }

    func requestBegan() {
        state.withLock { state in
            state.onTheWire += 1
            state.statistics.highestConcurrency = max(state.statistics.highestConcurrency, state.onTheWire)
        }
    }

    /// Counts a request that is over; `wasSent` is false when there was no connection to send it on.
    func requestEnded(wasSent: Bool, isMetadata: Bool) {
        state.withLock { state in
            state.onTheWire -= 1
            guard wasSent else { return }
            if isMetadata { state.statistics.metadataCalls += 1 } else { state.statistics.calls += 1 }
        }
    }

    func responseReceived() { state.withLock { $0.wasReached = true } }

    func callRetried() { state.withLock { $0.statistics.retries += 1 } }

    func callThrottled() { state.withLock { $0.statistics.throttled += 1 } }
}
