import Dispatch

/// Runs a task on a thread of its own: signals are heard although a script, a query or a question blocks every thread of the pool.
final class SignalExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "hookline.signals")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
