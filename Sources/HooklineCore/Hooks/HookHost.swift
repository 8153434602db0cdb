/// A package's scripts, loaded; used by one run, one task at a time.
package protocol HookHost: AnyObject, Sendable {
    /// Whether a script has a `map` hook, which may give users an address that no column holds.
    var hasMap: Bool { get }
    /// Whether a script has a `breakdown` hook, which may give users labels.
    var hasBreakdown: Bool { get }
    /// Calls `setup`, once, before the first row.
    ///
    /// - Throws: the room's error, which names package, hook, file and line.
    func start(columns: [Column], primaryKey: String?, context: HookContext) throws
    /// Has every call ask now and then, while a script runs, whether the time of the run is over; `CancellationError` then ends it.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
    /// How many batches may be under way at once; at least 1.
    var depth: Int { get }
    /// Hands over a batch whose selected rows pass through `map`, `filter` and `breakdown`, and goes on before they have.
    ///
    /// At most `depth` are under way. What is left in `batch` is empty, with buffers of an earlier batch.
    func submit(_ batch: inout UserBatch) throws
    /// Waits for the oldest batch under way, and puts it, with its verdicts, in the place of `batch`.
    ///
    /// - Throws: under `on_script_error: fail`, at the first script error; under the other policies when they have forgiven too many.
    func collect(_ batch: inout UserBatch) throws
    /// The segment's name as the `name` hook says it; the given one without such a hook, with a label too.
    func name(segment: String, label: String?) throws -> String
    /// Asks the `review` hook; `go` without one.
    func review(_ plan: ReviewedPlan) throws -> ReviewVerdict
    /// Asks the `report` hook for a line of text; nil without one.
    func report(_ report: RunReport) throws -> String?
    /// Script errors that `drop` or `keep` forgave, with the first few messages.
    var forgivenErrors: (count: Int, samples: [String]) { get }
    /// What the scripts logged so far.
    var log: [HookLogLine] { get }
    /// The most expensive user of each hook so far.
    var costs: [HookCost] { get }
    /// What a run should tell of the way in which the scripts ran.
    var warnings: [RunWarning] { get }
}
