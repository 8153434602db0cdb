/// The loaded scripts of a package, for one run and one task at a time.
package protocol HookHost: AnyObject, Sendable {
    /// Whether a script has a `map` hook, which may set addresses that are in no column.
    var hasMap: Bool { get }
    /// Whether a script has a `breakdown` hook, which may label users.
    var hasBreakdown: Bool { get }
    /// Starts the scripts and calls their `setup` hooks. Call it once, before the first row.
    ///
    /// - Throws: a script's error, which names package, hook, file and line.
    func start(columns: [Column], primaryKey: String?, context: HookContext) throws
    /// Sets a check that calls make now and then while a script runs; when it returns true, they end with `CancellationError`.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
    /// How many batches may be in flight at once; at least 1.
    var depth: Int { get }
    /// Passes a batch to the scripts and returns without waiting; its selected rows go through `map`, `filter` and `breakdown`.
    ///
    /// At most `depth` batches may be in flight. Leaves an empty batch in `batch`, with the buffers of an earlier one.
    ///
    /// - Throws: an error of the scripts' process.
    func submit(_ batch: inout UserBatch) throws
    /// Waits for the oldest batch in flight, and puts it into `batch` together with its verdicts.
    ///
    /// - Throws: the first script error under `on_script_error: fail`; under other policies, an error once there were too many;
    ///   `CancellationError`.
    func collect(_ batch: inout UserBatch) throws
    /// The segment's name according to the `name` hook; without such a hook, `segment`, even with a label.
    ///
    /// - Throws: a script's error.
    func name(segment: String, label: String?) throws -> String
    /// The verdict of the `review` hook; `go` without one.
    ///
    /// - Throws: a script's error.
    func review(_ plan: ReviewedPlan) throws -> ReviewVerdict
    /// The text of the `report` hook; nil without one.
    ///
    /// - Throws: a script's error.
    func report(_ report: RunReport) throws -> String?
    /// The script errors that `drop` or `keep` tolerated, with the first few messages.
    var forgivenErrors: (count: Int, samples: [String]) { get }
    /// What the scripts have logged so far.
    var log: [HookLogLine] { get }
    /// The most expensive user of each hook so far.
    var costs: [HookCost] { get }
    /// What a run should report about how the scripts ran.
    var warnings: [RunWarning] { get }
    /// Ends a run's use of what earlier runs remembered, once all rows have been read.
    ///
    /// - Parameter isKept: whether the verdicts are for the next run: not those of a plan or of a run that did not end well.
    /// - Returns: what the report says, and what somebody should know; nil for hooks that remember nothing.
    func finishRemembering(isKept: Bool) -> (report: IncrementalReport, warnings: [RunWarning])?
}

extension HookHost {
    package func finishRemembering(isKept: Bool) -> (report: IncrementalReport, warnings: [RunWarning])? { nil }
}
