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
        throw EngineError(.deadline, EngineError.deadlineWords(longest))
    }
}

extension EngineError {
    package static func deadlineWords(_ seconds: Int?) -> String {
        "the run took longer than max_duration (\(Schedule.every(seconds: seconds ?? 0).text.dropFirst(6))); what was sent until then is in the ledger,"
            + " and the next run goes on from there"
    }
}
