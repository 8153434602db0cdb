/// The type of a run.
package enum RunKind: String, Codable, Sendable {
    case run
    case refresh
    case dryRun = "dry-run"
    case apply
    /// Undoes an earlier run.
    case undo
    /// The ledger's activation got another name; nothing was sent.
    case rename
    /// The ledger forgot segments; nothing was sent.
    case forget
    /// The ledger took in a segment of Mailchimp; nothing was sent.
    case takeIn = "import"

    /// Whether only the ledger changed.
    package var isOfLedger: Bool { self == .rename || self == .forget || self == .takeIn }
}

/// How a run ended.
package enum RunOutcome: String, Codable, Sendable {
    /// Everything was applied.
    case done
    /// A safeguard or a review hook stopped it before anything was sent.
    case stopped
    /// Nothing changed since the last run, as far as the probe and Mailchimp say: no row was read.
    case unchanged
    /// Stopped before anything was sent: the source's rows are too old, or not all there yet. A later run may find them.
    case stale
    /// Stopped before anything was sent: the source has no rows.
    case empty
    /// An error ended it; the ledger has what was sent until then.
    case failed
    /// Applied, except for users that Mailchimp refuses and of whom no run has told before.
    case partial

    /// Whether nothing was sent, because something was found that should not be.
    package var isStop: Bool { self == .stopped || self == .stale || self == .empty }

    /// How a run ends that a reason stops; `rows` is how many rows the source has, or nil if it was not read.
    package init(stoppedBy reason: RunFailure, rows: Int?) {
        let code = SourceExpectation.Code(rawValue: reason.code.rawValue)
        self =
            if code?.isStaleness == true {
                .stale
            } else if reason.code.rawValue == SafeguardCheck.Code.emptySource.rawValue || code == .minRows && rows == 0 {
                .empty
            } else {
                .stopped
            }
    }
}

/// Something that somebody should know, although it did not stop the run.
package struct RunWarning: Codable, Equatable, Sendable {
    package var code: String
    package var message: String

    package init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A safeguard that a person overrode for a run.
package struct RunOverride: Codable, Equatable, Sendable {
    /// The safeguard's code, such as `safeguards.removals`.
    package var code: RunFailure.Code
    /// Its message, without advice.
    package var message: String
    /// Who overrode it: the names of the user and the machine.
    package var by: String

    package init(_ code: RunFailure.Code, _ message: String, by person: String) {
        self.code = code
        self.message = message
        by = person
    }
}

/// What a run did, as `--json` prints it, the ledger keeps it and a `report` hook sees it.
package struct RunReport: Codable, Equatable, Sendable {
    package var run: String
    package var activation: String
    package var kind: RunKind
    package var outcome: RunOutcome
    package var segments: [SegmentReport]
    /// How many rows the source has, those included that it left out (`pushDown`).
    package var rows: Int
    package var buckets: Buckets
    /// How many requests were sent, including retries.
    package var calls: Int
    package var seconds: Double
    package var warnings: [RunWarning]
    package var error: RunFailure?
    /// In Unix seconds.
    package var startedAt: Int64
    /// What the `report` hook returned.
    package var note: String?
    /// The run that an undo takes back.
    package var undoes: String?
    /// The safeguards that were overridden; nil in reports from before Hookline recorded them.
    package var overrides: [RunOverride]?
    /// How many lines the workspace's files that replaced lookups had, by the name of the lookup; nil without such files.
    package var lists: [String: Int]?
    /// What became of the model's expectations; nil without any.
    package var expectations: [ExpectationFinding]?
    /// The state of the primary key; nil without one, and in runs that read no rows.
    package var primaryKey: PrimaryKeyFinding?
    /// What the segment's limit does to the rows that its rules pick; nil without one.
    package var limit: LimitEffect?
    /// Which rules the source evaluated; nil if it cannot, and in runs that read no rows.
    package var pushDown: PushDown?
    /// What the probe said; nil without one.
    package var probe: ProbeRecord?
    /// What the hooks were spared; nil without `incremental: true`.
    package var incremental: IncrementalReport?
    /// Whom Mailchimp refuses to add or remove, counted; nil in reports from before Hookline kept them.
    package var refusals: [RefusalCount]?
    /// The most expensive user of each hook; nil in reports from before Hookline recorded them.
    package var hooks: [HookCost]?

    package init(
        run: String, activation: String, kind: RunKind, outcome: RunOutcome, segments: [SegmentReport] = [], rows: Int = 0,
        buckets: Buckets = Buckets(), calls: Int = 0, seconds: Double = 0, warnings: [RunWarning] = [], error: RunFailure? = nil,
        startedAt: Int64, note: String? = nil, hooks: [HookCost] = []
    ) {
        self.run = run
        self.activation = activation
        self.kind = kind
        self.outcome = outcome
        self.segments = segments
        self.rows = rows
        self.buckets = buckets
        self.calls = calls
        self.seconds = seconds
        self.warnings = warnings
        self.error = error
        self.startedAt = startedAt
        self.note = note
        self.hooks = hooks
        overrides = []
        refusals = []
    }

    /// Whether a plan would change nothing: every segment stays as it is, and nobody enters or leaves.
    package var changesNothing: Bool {
        kind == .dryRun && error == nil
            && segments.allSatisfy {
                ($0.action ?? "keep") == "keep" && $0.id != nil && $0.added == 0 && $0.removed == 0 && $0.renamedFrom == nil
            }
    }

    /// What stopped or failed it, as a person reads it: the same sentences on the terminal, on the page of a run and in a `report` hook.
    /// Nil when nothing did.
    package var failureText: String? { outcome.isStop ? error?.stopText : error?.text }

    /// Whether its numbers of members say what would have happened: nothing was sent.
    package var isOnlyPlanned: Bool { outcome.isStop || kind == .dryRun }

    /// Whether `rows` and `buckets` say what happened: not if its process died, if it ended before there was a plan, or if it reads no rows.
    package var knowsRows: Bool {
        if kind == .undo || kind.isOfLedger || error?.code == "run.interrupted" { return false }
        return error == nil || !segments.isEmpty
    }

    /// Whether its segments say how many members they have: not if it ended before there was a plan.
    package var knowsMembers: Bool { error == nil || !segments.isEmpty }

    package enum CodingKeys: String, CodingKey {
        case run, activation, kind, outcome, segments, rows, buckets, calls, seconds, warnings, error, note, hooks, overrides, undoes, lists
        case refusals, expectations, probe, incremental, limit
        case primaryKey = "primary_key"
        case pushDown = "push_down"
        case startedAt = "started_at"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(activation, forKey: .activation)
        try container.encode(kind, forKey: .kind)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(segments, forKey: .segments)
        try container.encode(rows, forKey: .rows)
        try container.encode(buckets, forKey: .buckets)
        try container.encode(calls, forKey: .calls)
        // To the millisecond: more digits would be noise.
        try container.encode((seconds * 1_000).rounded() / 1_000, forKey: .seconds)
        try container.encode(warnings, forKey: .warnings)
        // Null rather than absent, so that readers of the JSON can rely on these keys.
        try container.encode(error, forKey: .error)
        try container.encode(note, forKey: .note)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encodeIfPresent(undoes, forKey: .undoes)
        try container.encodeIfPresent(lists, forKey: .lists)
        try container.encodeIfPresent(expectations, forKey: .expectations)
        try container.encodeIfPresent(primaryKey, forKey: .primaryKey)
        try container.encodeIfPresent(limit, forKey: .limit)
        try container.encodeIfPresent(pushDown, forKey: .pushDown)
        try container.encodeIfPresent(probe, forKey: .probe)
        try container.encodeIfPresent(incremental, forKey: .incremental)
        try container.encode(refusals ?? [], forKey: .refusals)
        try container.encode(hooks ?? [], forKey: .hooks)
        try container.encode(overrides ?? [], forKey: .overrides)
    }
}
