import Foundation
import Synchronization
import UnixSignals

/// Turns SIGINT and SIGTERM into the cancellation of a task: calls in flight end and are recorded. A second signal ends the process.
enum Interruption {
    private static let isAsking = Mutex(false)

    /// Whether a person is being asked something.
    static var isWaitingForAnswer: Bool { isAsking.withLock { $0 } }

    /// Whether there is a person at a terminal who can be asked.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && StandardError.isTerminal }

    /// Waits for a person's answer to a question. A signal then ends the process at once, since nothing is in flight.
    static func ask(_ question: String) -> String {
        isAsking.withLock { $0 = true }
        defer { isAsking.withLock { $0 = false } }
        StandardError.write(question)
        return readLine() ?? ""
    }

    /// Runs `body` so that a signal cancels it.
    ///
    /// - Throws: what `body` throws.
    static func cancelling<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let task = Task { try await body() }
        let watch = Task(executorPreference: SignalExecutor()) {
            for await _ in signals {
                if task.isCancelled || isWaitingForAnswer { end() }
                StandardError.print("\nstopping after the calls in flight; interrupt again to stop at once")
                task.cancel()
            }
        }
        defer { watch.cancel() }
        return try await task.value
    }

    private static func end() -> Never {
        StandardError.print("")
        exit(ExitStatus.interrupted.rawValue)
    }
}
