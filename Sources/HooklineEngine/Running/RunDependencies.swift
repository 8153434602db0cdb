import HooklineCore

/// Where a run is, for whoever watches.
package enum Progress: Sendable {
    /// Rows read so far.
    case reading(rows: Int)
    /// The last row has been read and the plan is made.
    case planned(Phases)
    /// Calls answered of those that the plan needs.
    case applying(done: Int, of: Int)
}

/// Everything an activation's run needs from outside.
package struct RunDependencies: Sendable {
    package var source: any RowSource
    package var hooks: (any HookHost)?
    package var ledger: any Ledger
    /// The time, in Unix seconds.
    package var now: @Sendable () -> Int64
    /// Time that only moves forward, in seconds, to measure with.
    package var stopwatch: @Sendable () -> Double
    /// Takes the right to apply an activation for a run, held until the value is let go; throws when another run has it.
    package var takeLease: @Sendable (_ activation: String, _ run: String) throws -> (any Sendable)?
    package var progress: @Sendable (Progress) -> Void
    /// Watches what becomes of each row; nil where nobody looks at single rows.
    package var observer: (any RowObserver)?
    /// Who runs it, as a report names who let a safeguard pass.
    package var person = "somebody"
    /// Names a run that begins at that time; what scripts call random follows from it.
    package var makeIdentifier: @Sendable (_ startedAt: Int64) -> String

    package init(
        source: any RowSource, hooks: (any HookHost)?, ledger: any Ledger, now: @escaping @Sendable () -> Int64,
        stopwatch: @escaping @Sendable () -> Double,
        takeLease: @escaping @Sendable (_ activation: String, _ run: String) throws -> (any Sendable)? = { _, _ in nil },
        progress: @escaping @Sendable (Progress) -> Void = { _ in },
        makeIdentifier: @escaping @Sendable (_ startedAt: Int64) -> String = { RunIdentifier.make(at: $0) }
    ) {
        self.source = source
        self.hooks = hooks
        self.ledger = ledger
        self.now = now
        self.stopwatch = stopwatch
        self.takeLease = takeLease
        self.progress = progress
        self.makeIdentifier = makeIdentifier
    }
}
