import HooklineCore
import Synchronization

/// A `Ledger` in Swift collections, which behaves like the one in SQLite and fails when a test asks for it.
package final class InMemoryLedger: Ledger {
    /// Why the ledger refused.
    package enum Failure: Error, Equatable {
        case unknownSegment
        case ambiguousRun
        case runExists
        case runInProgress
        /// A test asked for it with `failNext`.
        case asked
    }

    struct Member {
        var address: String
        var state: MemberState
        var run: String?
    }

    struct Run {
        var report: RunReport
        var hasEnded: Bool
        var isAlive: Bool
    }

    struct State {
        var segments: [LedgerSegment] = []
        var members: [Int64: [SubscriberHash: Member]] = [:]
        var runs: [Run] = []
        var reasons: [Int64: [SubscriberHash: String]] = [:]
        /// By segment.
        var refusals: [Int64: [SubscriberHash: Refusal]] = [:]
        /// By run, then by segment.
        var changes: [String: [Int64: [SubscriberHash: LedgerChange]]] = [:]
        /// By segment, oldest first: when a call was answered, and the members before and after it.
        var receipts: [Int64: [(at: Int64, before: Int, after: Int)]] = [:]
        /// By run.
        var rows: [String: [RowBucket: [KeptRow]]] = [:]
        /// By activation.
        var untold: [String: [RunWarning]] = [:]
        var failures = 0
    }

    let state = Mutex(State())

    package init() {}

    /// Simulates the death of the process that began the runs: those without a report count as interrupted.
    package func processDied() {
        state.withLock { state in
            for index in state.runs.indices { state.runs[index].isAlive = false }
        }
    }

    /// Makes the next `count` writes fail with `Failure.asked`, without effect.
    package func failNext(_ count: Int) {
        state.withLock { $0.failures = count }
    }

    /// Mailchimp's reason for rejecting an address; nil for any other address.
    package func reason(for hash: SubscriberHash, in segment: LedgerSegment) -> String? {
        state.withLock { $0.reasons[segment.id]?[hash] }
    }

    /// Writes in one transaction: `body` must throw before it changes anything.
    ///
    /// - Throws: `Failure.asked`, and what `body` throws.
    func write<Result>(_ body: (inout State) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard state.failures == 0 else {
                state.failures -= 1
                throw Failure.asked
            }
            return try body(&state)
        }
    }
}
