import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into the cancellation of a task: calls under way end and are written down; a second signal ends the process.
enum Interruption {
    private static let isAsking = Mutex(false)

    /// Whether a person is asked something now.
    static var isWaitingForAnswer: Bool { isAsking.withLock { $0 } }

    /// Waits for a person's answer to a question; a signal then ends the process at once, since nothing is under way.
    static func ask(_ question: String) -> String {
        isAsking.withLock { $0 = true }
        defer { isAsking.withLock { $0 = false } }
        StandardError.write(question)
        return readLine() ?? ""
    }

    /// Runs `body` so that a signal cancels it.
    static func cancelling<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { signal in
            Foundation.signal(signal, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signal)
            source.setEventHandler {
                if task.isCancelled || isAsking.withLock({ $0 }) {
                    StandardError.print("")
                    exit(130)
                }
                StandardError.print("\nstopping after the calls under way; once more to stop at once")
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
