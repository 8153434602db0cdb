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
    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool
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
    /// The dearest user of each hook so far.
    var costs: [HookCost] { get }
    /// What a run should tell of the way in which the scripts ran.
    var warnings: [RunWarning] { get }
}

/// What the ledger knows of one segment.
package struct LedgerSegment: Equatable, Sendable {
    /// Where the segment is in its life at Mailchimp.
    package enum Phase: String, Codable, Sendable {
        /// A create was about to be sent; whether it arrived is not known.
        case creating
        /// It is there under `mailchimpID`.
        case live
        /// A delete was about to be sent, as the first half of a refresh or because the label vanished; whether it arrived is not known.
        case deleting
        /// A reset was about to be sent; whether it arrived is not known.
        case resetting
    }

    package var id: Int64
    package var key: SegmentKey
    package var mailchimpID: Int?
    package var name: String
    package var phase: Phase
    /// When the phase was written, in Unix seconds.
    package var phaseSince: Int64
    /// Grows with every change of the segment or its members.
    package var revision: Int
    /// Rows of the segment whose state is `member`, `adding` or `removing`.
    package var members: Int
    /// Rows whose state is `notAContact` or `rejected`.
    package var waiting: Int
    /// When contacts were last asked for, in Unix seconds: where the next probe begins.
    package var probedAt: Int64?

    package init(
        id: Int64, key: SegmentKey, mailchimpID: Int?, name: String, phase: Phase, phaseSince: Int64, revision: Int, members: Int,
        waiting: Int, probedAt: Int64? = nil
    ) {
        self.id = id
        self.key = key
        self.mailchimpID = mailchimpID
        self.name = name
        self.phase = phase
        self.phaseSince = phaseSince
        self.revision = revision
        self.members = members
        self.waiting = waiting
        self.probedAt = probedAt
    }
}

/// What one call's answer meant for the members it carried.
package struct Receipt: Equatable, Sendable {
    /// Now in the segment.
    package var members: AddressList
    /// Now out of it.
    package var gone: [SubscriberHash]
    /// Not contacts of the audience.
    package var notContacts: AddressList
    /// Refused, with Mailchimp's words.
    package var rejected: [(hash: SubscriberHash, address: String, reason: String)]

    package init(
        members: AddressList = AddressList(), gone: [SubscriberHash] = [], notContacts: AddressList = AddressList(),
        rejected: [(hash: SubscriberHash, address: String, reason: String)] = []
    ) {
        self.members = members
        self.gone = gone
        self.notContacts = notContacts
        self.rejected = rejected
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.members == right.members && left.gone == right.gone && left.notContacts == right.notContacts
            && left.rejected.elementsEqual(right.rejected) { $0 == $1 }
    }
}

/// Where an activation stands.
package struct ActivationStatus: Sendable {
    package var activation: String
    package var lastRun: RunReport?
    package var segments: [LedgerSegment]

    package init(activation: String, lastRun: RunReport?, segments: [LedgerSegment]) {
        self.activation = activation
        self.lastRun = lastRun
        self.segments = segments
    }
}

/// Hookline's own record of who is in which segment, and of every run. Every method is one transaction.
package protocol Ledger: Sendable {
    /// What is known of a segment; nil for one never touched.
    func segment(_ key: SegmentKey) throws -> LedgerSegment?
    /// The segments of an activation, at every endpoint and in every audience: the segment itself before its labels.
    func segments(of activation: String) throws -> [LedgerSegment]
    /// Every address of a segment, in hash order.
    func forEachMember(of segment: LedgerSegment, _ body: (SubscriberHash, MemberState) throws -> Void) throws
    /// The addresses of some of a segment's hashes; a hash without a row is left out.
    func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList

    /// Intent: a segment of that name is about to be created. Makes the row if there is none; keeps members.
    func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment
    /// Intent: the segment is about to be deleted, or emptied for a refresh.
    func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws
    /// The segment is gone or empty at Mailchimp: its members are forgotten, in one transaction with the new phase.
    func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws
    /// The segment is deleted at Mailchimp and is not wanted again: it is forgotten, with its members and receipts.
    func didDelete(_ segment: LedgerSegment) throws
    /// The segment is there, under that id and name.
    func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws
    /// Intent: these are about to be sent in one call.
    func willChange(_ segment: LedgerSegment, adding: AddressList, removing: AddressList, run: String) throws
    /// The answer of one call, and its effect.
    func didChange(_ segment: LedgerSegment, _ receipt: Receipt, run: String) throws
    /// Takes members over from an adopted segment, as `member`.
    func takeOver(_ segment: LedgerSegment, members: AddressList) throws
    /// Forgets remembered non-contacts.
    func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws
    /// Contacts changed until then have been asked for.
    func didProbe(_ segment: LedgerSegment, at time: Int64) throws

    /// A run has begun.
    func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws
    /// A run has ended.
    func finish(_ report: RunReport) throws
    /// The runs of an activation, newest first; a run that never ended shows as failed with code `run.interrupted`.
    func history(of activation: String, limit: Int) throws -> [RunReport]
    /// The run of that id, or of the only id that begins so.
    func run(_ id: String) throws -> RunReport?
    /// Where every known activation stands.
    func status() throws -> [ActivationStatus]
}
