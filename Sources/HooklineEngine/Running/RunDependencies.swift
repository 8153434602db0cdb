import HooklineCore

/// How far a run has come.
package enum Progress: Sendable {
    /// So many rows have been read.
    case reading(rows: Int)
    /// All rows have been read, and the plan is complete.
    case planned(Phases)
    /// So many of the plan's calls have been answered.
    case applying(done: Int, of: Int)
}

/// Everything that a run needs from outside.
package struct RunDependencies: Sendable {
    package var source: any RowSource
    package var hooks: (any HookHost)?
    /// Asks the source for markers; nil where they do not count, as in tests of packages.
    package var signals: (any SourceSignals)?
    package var ledger: any Ledger
    /// The current time, in Unix seconds.
    package var now: @Sendable () -> Int64
    /// A monotonic time in seconds, for measurements.
    package var stopwatch: @Sendable () -> Double
    /// Takes the lease of an activation for a run, which is held until the value is released; throws if another run holds it.
    package var takeLease: @Sendable (_ activation: String, _ run: String) throws -> (any Sendable)?
    package var progress: @Sendable (Progress) -> Void
    /// Watches what becomes of each row; nil if nobody looks at single rows.
    package var observer: (any RowObserver)?
    /// Notes rows by where they end; nil if nobody asks for them. A run that is recorded has one of its own.
    package var keeper: RowKeeper?
    /// Where what is too much for memory goes; nil keeps everything in memory.
    package var spilling: Spilling?
    /// How many threads read the source and decide about its rows. What a run does is the same for any number.
    package var threads = 1
    /// Who started the run; the report names them if they overrode a safeguard.
    package var person = "somebody"
    /// Makes the ID of a run that begins at that time. It also seeds the scripts' random numbers.
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
