/// What kind of run it is.
package enum RunKind: String, Codable, Sendable {
    case run
    case refresh
    case dryRun = "dry-run"
    case apply
    /// Takes an earlier run back.
    case undo
}

/// How a run ended.
package enum RunOutcome: String, Codable, Sendable {
    /// Everything was applied.
    case done
    /// A safeguard or a review hook stopped it before anything was sent.
    case stopped
    /// An error ended it; what was sent until then stands in the ledger.
    case failed
    /// Applied, but for users that Mailchimp rejected.
    case partial
}

/// Something that did not stop the run and that somebody should know.
package struct RunWarning: Codable, Equatable, Sendable {
    package var code: String
    package var message: String

    package init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A safeguard that a person let a run pass.
package struct RunOverride: Codable, Equatable, Sendable {
    /// The safeguard's code, such as `safeguards.removals`.
    package var code: RunFailure.Code
    /// What it would have said, without advice.
    package var message: String
    /// Who allowed it: the user of the system, and the machine.
    package var by: String

    package init(_ code: RunFailure.Code, _ message: String, by person: String) {
        self.code = code
        self.message = message
        by = person
    }
}

/// What a run did: the shape of `--json`, of the ledger's record and of what a `report` hook sees.
package struct RunReport: Codable, Equatable, Sendable {
    package var run: String
    package var activation: String
    package var kind: RunKind
    package var outcome: RunOutcome
    package var segments: [SegmentReport]
    /// Rows read from the source.
    package var rows: Int
    package var buckets: Buckets
    /// Requests put on the wire for this run, repeated ones too.
    package var calls: Int
    package var seconds: Double
    package var warnings: [RunWarning]
    package var error: RunFailure?
    /// Unix seconds.
    package var startedAt: Int64
    /// What the `report` hook returned.
    package var note: String?
    /// For an undo, the run that it takes back.
    package var undoes: String?
    /// Safeguards that somebody let it pass; nil in records of runs before there was such a thing.
    package var overrides: [RunOverride]?
    /// Lines of the workspace's own files that stood for lookups; nil where none did.
    package var lists: [String: Int]?
    /// The most expensive user of each hook that users passed through; nil in records of runs before there was such a thing.
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
    }

    /// What stopped or failed it, as a person reads it: the same sentences on the terminal, on the page of a run and in a `report` hook.
    /// Nil when nothing did.
    package var failureText: String? { outcome == .stopped ? error?.stopText : error?.text }

    package enum CodingKeys: String, CodingKey {
        case run, activation, kind, outcome, segments, rows, buckets, calls, seconds, warnings, error, note, hooks, overrides, undoes, lists
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
        try container.encode(seconds, forKey: .seconds)
        try container.encode(warnings, forKey: .warnings)
        // A reader of the JSON may count on these keys: null rather than absent.
        try container.encode(error, forKey: .error)
        try container.encode(note, forKey: .note)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encodeIfPresent(undoes, forKey: .undoes)
        try container.encodeIfPresent(lists, forKey: .lists)
        try container.encode(hooks ?? [], forKey: .hooks)
        try container.encode(overrides ?? [], forKey: .overrides)
    }
}
