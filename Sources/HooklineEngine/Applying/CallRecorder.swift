import HooklineCore
import Synchronization

/// Records intents and answers of calls that are under way at once: what waits while the ledger writes shares its next transaction.
///
/// A transaction costs a few milliseconds, however much is in it. Each caller goes on only when its own note is on disk.
final class CallRecorder: Sendable {
    private struct Waiter {
        let note: CallNote
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waiters: [Waiter] = []
        var isWriting = false
    }

    private let ledger: any Ledger
    private let run: String
    private let now: @Sendable () -> Int64
    private let state = Mutex(State())

    init(_ ledger: any Ledger, run: String, now: @escaping @Sendable () -> Int64) {
        self.ledger = ledger
        self.run = run
        self.now = now
    }

    /// Records a note, and returns when it is on disk.
    ///
    /// - Throws: the error of the ledger; the note is not recorded then.
    func record(_ note: CallNote) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let begins = state.withLock { state in
                state.waiters.append(Waiter(note: note, continuation: continuation))
                defer { state.isWriting = true }
                return !state.isWriting
            }
            if begins { Task { write() } }
        }
    }

    /// Writes until nobody waits.
    private func write() {
        while true {
            let waiters = state.withLock { state in
                defer { state.waiters = [] }
                if state.waiters.isEmpty { state.isWriting = false }
                return state.waiters
            }
            if waiters.isEmpty { return }
            write(waiters)
        }
    }

    private func write(_ waiters: [Waiter]) {
        do {
            try ledger.record(waiters.map(\.note), run: run, now: now())
            for waiter in waiters { waiter.continuation.resume() }
        } catch {
            // One note that cannot be recorded must not take the others, of calls that were answered, with it.
            guard waiters.count > 1 else { return waiters[0].continuation.resume(throwing: error) }
            for waiter in waiters { write([waiter]) }
        }
    }
}
