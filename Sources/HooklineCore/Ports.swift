// What Engine needs from outside. Each port has a real implementation in its room and an in-memory stand-in in Tests/Support.

/// Somewhere that rows come from.
package protocol RowSource: Sendable {
    /// Opens it and learns its columns: the model's own, then the calculated fields.
    ///
    /// - Throws: the room's error when it cannot be opened, and `IssuesFound` when the manifest and the source disagree
    ///   (a declared column, primary key or calculated field that the source does not have).
    func open() throws -> any RowCursor
}

/// One pass over a source's rows; used by one task at a time.
package protocol RowCursor: AnyObject, Sendable {
    /// The columns of every batch, in order.
    var columns: [Column] { get }
    /// Rows read so far, those left out because of a bad value included.
    var rowsRead: Int { get }
    /// Rows left out because of a bad value (`on_bad_value: drop`).
    var rowsDropped: Int { get }
    /// Values made NULL because they did not fit (`on_bad_value: null`).
    var valuesNulled: Int { get }
    /// Empties the batch and fills it with up to `limit` rows.
    ///
    /// - Returns: false when the source has ended, without error, and the batch is empty.
    /// - Throws: when a row cannot be read; the source has then not ended, and nobody may be taken for departed.
    ///   `CancellationError` when the task is cancelled, or `isCancelled` of ``setCancellationCheck(_:)`` says so, while the next row takes long.
    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool
    /// Has `read` ask now and then, while it waits for a row, whether the time for it is over.
    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool)
}

extension RowCursor {
    /// Most sources have a row at once, or none.
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {}
}

/// What a script may know of its run: `ctx` in Lua.
package struct HookContext: Equatable, Sendable {
    package var activation: String
    package var parameters: [Parameter]
    /// Unix seconds, frozen for the run.
    package var now: Int64
    /// `YYYY-MM-DD` in the activation's time zone.
    package var today: String
    package var timezone: String
    package var run: String
    package var kind: RunKind
    /// Seeds `math.random`, so that a run can be repeated.
    package var seed: UInt64

    package init(
        activation: String, parameters: [Parameter], now: Int64, today: String, timezone: String, run: String, kind: RunKind, seed: UInt64
    ) {
        self.activation = activation
        self.parameters = parameters
        self.now = now
        self.today = today
        self.timezone = timezone
        self.run = run
        self.kind = kind
        self.seed = seed
    }
}

/// What a `review` hook sees of a segment's plan.
package struct ReviewedPlan: Equatable, Sendable {
    package var name: String
    package var label: String?
    /// Members before the run.
    package var members: Int
    package var added: Int
    package var removed: Int
    package var unchanged: Int
    /// Users that filters dropped, by reason.
    package var dropped: [String: Int]
    package var calls: Int
    /// Up to 100 addresses that would be added.
    package var addedSample: [String]
    /// Up to 100 addresses that would be removed.
    package var removedSample: [String]

    package init(
        name: String, label: String? = nil, members: Int, added: Int, removed: Int, unchanged: Int, dropped: [String: Int], calls: Int,
        addedSample: [String], removedSample: [String]
    ) {
        self.name = name
        self.label = label
        self.members = members
        self.added = added
        self.removed = removed
        self.unchanged = unchanged
        self.dropped = dropped
        self.calls = calls
        self.addedSample = addedSample
        self.removedSample = removedSample
    }
}

/// What a `review` hook says.
package enum ReviewVerdict: Equatable, Sendable {
    case go
    case stop(reason: String)
}

/// A line that a script logged.
package struct HookLogLine: Codable, Equatable, Sendable {
    /// `debug`, `info` or `warn`.
    package var level: String
    package var message: String
    /// The number of the row whose hooks logged it; nil for other hooks.
    package var row: Int?

    package init(level: String, message: String, row: Int? = nil) {
        self.level = level
        self.message = message
        self.row = row
    }
}

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
