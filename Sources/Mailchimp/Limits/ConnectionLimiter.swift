import Synchronization

/// Lets a limited number of requests through at once, first come, first served.
///
/// Mailchimp counts the connections of an account, so clients of one account should share a limiter. A released slot goes straight to the
/// caller that has waited longest; a caller that is cancelled while waiting leaves the queue without a slot.
package final class ConnectionLimiter: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var waiters: [UInt64: Waiter] = [:]
        var firstTicket: UInt64 = 0
        var nextTicket: UInt64 = 0
    }

    /// How many requests may pass at once, within `1...10`.
    package let limit: Int
    private let state: Mutex<State>

    /// Creates a limiter; `limit` is reduced to `1...10`.
    package init(limit: Int) {
        self.limit = min(max(limit, 1), MailchimpConfiguration.connectionLimit)
        state = Mutex(State(free: self.limit))
    }

    /// Waits for a slot. Each success must be followed by one ``release()``.
    ///
    /// - Throws: `CancellationError`, without a slot, when the task is cancelled before its turn.
    package func acquire() async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiters[ticket] = waiter
                    return nil
                }
                if let result { waiter.resume(with: result) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    /// Releases a slot, to the next caller in the queue if there is one.
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

    /// How many slots are free now.
    package var freeSlots: Int { state.withLock { $0.free } }

    /// How many callers are waiting now.
    package var waiting: Int { state.withLock { $0.waiters.count } }
}
