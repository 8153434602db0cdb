import HooklineCore

/// Says when a run has to stop: it was interrupted, or its time is over.
struct RunClock: Sendable {
    private let deadline: Int64?
    private let longest: Int?
    private let now: @Sendable () -> Int64

    init(_ activation: Activation, _ dependencies: RunDependencies, startedAt: Int64) {
        longest = activation.maxDuration
        deadline = longest.map { startedAt + Int64($0) }
        now = dependencies.now
    }

    /// Whether ``check()`` would throw.
    var isOver: Bool { Task.isCancelled || deadline.map { now() >= $0 } ?? false }

    /// - Throws: `CancellationError`, or `EngineError.Code.deadline`.
    func check() throws {
        try Task.checkCancellation()
        guard let deadline, now() >= deadline else { return }
        throw EngineError.deadline(seconds: longest)
    }
}

extension EngineError {
    /// The error of a run that somebody or something asked to stop.
    static let interrupted = EngineError(.interrupted, "interrupted", advice: advice(next: "the next run"))

    /// The error of a run that took longer than `max_duration`.
    ///
    /// - Parameter last: what went wrong just before; nil when nothing did.
    package static func deadline(seconds: Int?, last: RunFailure? = nil) -> EngineError {
        let limit = Schedule.every(seconds: seconds ?? 0).text.dropFirst(6)
        let cause = last.map { "; the last error was: \($0.message)" } ?? ""
        return EngineError(.deadline, "the run took longer than max_duration (\(limit))\(cause)", advice: advice(next: "the next run"))
    }

    /// What to tell somebody whose run ended half-way: what continues it.
    static func advice(next: String) -> String { "What was sent is in the ledger; \(next) continues from there" }
}
