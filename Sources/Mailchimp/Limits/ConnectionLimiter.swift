import Synchronization

/// Lets a limited number through at once, first come, first served.
///
/// Mailchimp counts the connections of an account, so clients of one account should share one limiter. A place that is handed
/// back goes straight to whoever has waited longest; whoever is cancelled while waiting leaves the queue without taking one.
package final class ConnectionLimiter: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var waiters: [UInt64: Waiter] = [:]
        var firstTicket: UInt64 = 0
        var nextTicket: UInt64 = 0
    }

    /// How many may pass at once, within `1...10`.
    package let limit: Int
    private let state: Mutex<State>

    /// A limiter for so many connections, cut to `1...10`.
    package init(limit: Int) {
        self.limit = min(max(limit, 1), MailchimpConfiguration.connectionLimit)
        state = Mutex(State(free: self.limit))
    }

    /// Waits for a place. Each success must be followed by one ``release()``.
    ///
    /// Throws `CancellationError`, without having taken a place, when the task is cancelled before its turn.
    package func acquire() async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiters[ticket] = waiter
                    return nil
                }
                if let answer { waiter.resume(with: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    /// Hands a place back, to the next in the queue where there is one.
    package func release() {
        let next: Waiter? = state.withLock { state in
            while state.firstTicket < state.nextTicket, !state.waiters.isEmpty {
                defer { state.firstTicket += 1 }
                if let waiter = state.waiters.removeValue(forKey: state.firstTicket) { return waiter }
            }
            state.free += 1
            return nil
        }
        next?.resume()
    }

    /// How many places are free now.
    package var freeSlots: Int { state.withLock { $0.free } }

    /// How many are waiting now.
    package var waiting: Int { state.withLock { $0.waiters.count } }
}
