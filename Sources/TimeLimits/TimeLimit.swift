import Dispatch
import Foundation
import Synchronization

/// Ends work that is wanted only when it is quick.
package enum TimeLimit {
    /// The work was not done in time.
    package struct Exceeded: Error {
        package let limit: Duration
    }

    /// How long work that was cancelled may take to end well.
    private static let farewell: Duration = .seconds(2)

    /// What `body` returns.
    ///
    /// At the limit `body` is cancelled. One that does not heed that, as a regular expression that backtracks does not, is left to itself: it runs
    /// on a thread of its own, which ends with the process.
    ///
    /// - Throws: ``Exceeded`` at the limit, or a little later; whatever `body` throws before.
    package static func within<Value: Sendable>(
        _ limit: Duration, farewell: Duration = farewell, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let thread = OwnThread()
        thread.start()
        let work = Task.detached(executorPreference: thread) { try await body() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = Answer(continuation)
                Task.detached {
                    let result = await work.result
                    thread.end()
                    answer.give(result)
                }
                DispatchQueue.global().asyncAfter(deadline: .now() + seconds(limit)) {
                    guard answer.isOutstanding else { return }
                    work.cancel()
                    answer.turnInto(Exceeded(limit: limit))
                    DispatchQueue.global().asyncAfter(deadline: .now() + seconds(farewell)) {
                        answer.give(.failure(Exceeded(limit: limit)))
                    }
                }
            }
        } onCancel: {
            work.cancel()
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// Given once, to whoever waits.
    private final class Answer<Value: Sendable>: Sendable {
        private let state: Mutex<(continuation: CheckedContinuation<Value, any Error>?, lateness: Exceeded?)>

        init(_ continuation: CheckedContinuation<Value, any Error>) { state = Mutex((continuation, nil)) }

        var isOutstanding: Bool { state.withLock { $0.continuation != nil } }

        /// What comes from now on comes too late, whatever it is.
        func turnInto(_ lateness: Exceeded) { state.withLock { $0.lateness = lateness } }

        func give(_ result: Result<Value, any Error>) {
            let (continuation, lateness) = state.withLock { state in
                defer { state.continuation = nil }
                return (state.continuation, state.lateness)
            }
            if let lateness { continuation?.resume(throwing: lateness) } else { continuation?.resume(with: result) }
        }
    }
}

/// A thread for one piece of work: what goes on for ever there takes no thread from anybody else, a timer included.
private final class OwnThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func start() {
        Thread.detachNewThread {
            while true {
                self.arrivals.wait()
                guard let job = self.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
                job.runSynchronously(on: self.asUnownedTaskExecutor())
            }
        }
    }

    /// Ends the thread once the jobs before are done.
    func end() { arrivals.signal() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrivals.signal()
    }
}
