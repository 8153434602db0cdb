import HooklineCore
import Mailchimp

/// The time of one run: when it began, and whether it has to stop, because it was asked to or its time is over.
struct RunClock: Sendable {
    /// Unix seconds.
    let startedAt: Int64
    /// `max_duration`, in seconds; nil for no limit.
    private let limit: Int?
    private let now: @Sendable () -> Int64

    /// Starts the clock now.
    init(_ activation: Activation, _ dependencies: RunDependencies) {
        startedAt = dependencies.now()
        limit = activation.maxDuration
        now = dependencies.now
    }

    /// Starts the clock now, for work that has no limit.
    init(now: @escaping @Sendable () -> Int64) {
        startedAt = now()
        limit = nil
        self.now = now
    }

    /// When the run's time is over, in Unix seconds; nil for no limit.
    var deadline: Int64? { limit.map { startedAt + Int64($0) } }

    /// Whether ``check()`` would throw.
    var isOver: Bool { Task.isCancelled || isLate }

    private var isLate: Bool { deadline.map { now() >= $0 } ?? false }

    /// Ends a run that has to stop.
    ///
    /// - Throws: `CancellationError` if the task is canceled, and `EngineError.Code.deadline` if the run's time is over.
    func check() throws {
        try Task.checkCancellation()
        if isLate { throw EngineError.deadline(seconds: limit) }
    }

    /// The day on which the run began, in a time zone.
    ///
    /// - Throws: `EngineError.Code.badTimeZone`.
    func today(in timezone: String) throws -> CalendarDate { try CalendarDate(now: startedAt, timezone: timezone) }

    /// The reason why a run ended with this error, which may be that its time was over.
    func cause(of error: any Error) -> any Error {
        guard isLate else { return error }
        // A source or a script that was canceled does not know why.
        if error is CancellationError { return Task.isCancelled ? error : EngineError.deadline(seconds: limit) }
        if let error = error as? EngineError, error.code == .deadline { return error }
        return error is MailchimpError ? EngineError.deadline(seconds: limit, last: RunFailure(error)) : error
    }
}

extension EngineError {
    /// The error of a run that was asked to stop.
    static let interrupted = EngineError(.interrupted, "interrupted", advice: advice(next: "the next run"))

    /// The error of a run that took longer than `max_duration`. `last` is what went wrong just before; nil if nothing did.
    package static func deadline(seconds: Int?, last: RunFailure? = nil) -> EngineError {
        let limit = Schedule.every(seconds: seconds ?? 0).text.dropFirst(6)
        let cause = last.map { "; the last error was: \($0.message)" } ?? ""
        return EngineError(.deadline, "the run took longer than max_duration (\(limit))\(cause)", advice: advice(next: "the next run"))
    }

    /// The advice for a run that ended midway: what continues it.
    static func advice(next: String) -> String { "What was sent is in the ledger; \(next) continues from there" }
}
