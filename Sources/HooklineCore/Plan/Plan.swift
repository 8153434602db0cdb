/// What a run would do, as data: people read it, `apply` sends exactly that, tests compare it.
package struct Plan: Codable, Sendable {
    /// The version of the format; a file of another one is refused.
    package static let currentFormat = 1

    package var format = Plan.currentFormat
    /// The run's id.
    package var run: String
    package var activation: String
    package var kind: RunKind
    /// Unix seconds.
    package var createdAt: Int64
    /// What the activation's files were when the plan was made.
    package var fingerprint: String
    package var segments: [SegmentPlan]
    /// Rows read from the source.
    package var rows: Int
    package var buckets: Buckets
    package var warnings: [RunWarning]
    /// Rows of the source at the last run that was applied; nil when there was none.
    package var rowsBefore: Int?
    /// Lines of the workspace's own files that stand for lookups, by their names there; nil in plans that were made before there were any.
    package var lists: [String: Int]?
    /// The same at the last run that was applied.
    package var listsBefore: [String: Int]?
    /// With a breakdown: all segments taken together. Nil for a run of one segment, whose plan says the same.
    package var together: Together?

    /// The users of all segments, each counted once, however many segments have them.
    package struct Together: Codable, Equatable, Sendable {
        /// In at least one segment before the run.
        package var membersBefore: Int
        /// In at least one before the run and wanted by none: who moves from one segment to another is not among them.
        package var leaving: Int
        /// In at least one after the run, if every addition is a contact.
        package var membersAfter: Int

        package init(membersBefore: Int, leaving: Int, membersAfter: Int) {
            self.membersBefore = membersBefore
            self.leaving = leaving
            self.membersAfter = membersAfter
        }
    }

    package init(
        run: String, activation: String, kind: RunKind, createdAt: Int64, fingerprint: String, segments: [SegmentPlan], rows: Int,
        buckets: Buckets, warnings: [RunWarning], together: Together? = nil
    ) {
        self.run = run
        self.activation = activation
        self.kind = kind
        self.createdAt = createdAt
        self.fingerprint = fingerprint
        self.segments = segments
        self.rows = rows
        self.buckets = buckets
        self.warnings = warnings
        self.together = together
    }

    /// How many calls applying it costs when none has to be repeated.
    package var calls: Int { segments.reduce(0) { $0 + $1.calls } }
}

/// What a run would do to one segment.
package struct SegmentPlan: Codable, Sendable {
    /// What happens to the segment itself before its members change.
    package enum Action: Codable, Equatable, Sendable {
        /// It is there under this id and has the right name.
        case keep(id: Int)
        /// It is there under this id and gets the plan's name.
        case rename(id: Int)
        /// A new segment is made.
        case create
        /// It was made by an earlier run whose answer was lost, and has been found by its name.
        case found(id: Int)
        /// A static segment of that name, not made by Hookline, is taken over.
        case adopt(id: Int)
        /// Historical refresh: deleted, and made anew.
        case recreate(id: Int)
        /// Historical refresh that keeps the id: emptied, and filled again.
        case reset(id: Int, rename: Bool)
        /// The one that was there has been deleted in Mailchimp; another is made, and everybody added anew.
        case remake(gone: Int)
        /// No row has its label any more: everybody leaves, and the segment stays under its name.
        case empty(id: Int)
        /// No row has its label any more: the segment is deleted, with its members in it.
        case delete(id: Int)
    }

    package var key: SegmentKey
    /// The Mailchimp segment's name, as the `name` hook or the manifest says it.
    package var name: String
    package var action: Action
    /// The ledger's revision of the segment that the plan was made against; 0 for a segment that it did not know.
    package var revision: Int
    /// Who is added.
    package var adds: AddressList
    /// Who is removed.
    package var removes: AddressList
    /// Hashes of remembered non-contacts that nobody wants any more.
    package var forgotten: [SubscriberHash]
    /// Members that stay as they are.
    package var unchanged: Int
    /// Members before the run, as the ledger knows them.
    package var membersBefore: Int
    /// Members that no row wants any more: what the safeguards look at. For a refresh `removes` is empty, and they vanish all the same.
    package var leaving: Int
    /// Wanted, but known not to be contacts; not asked again in this run.
    package var waiting: Int
    /// How many of `adds` were no contacts at the last look, and are asked again because there is room; nil for none. They are not expected to enter.
    package var askedAgain: Int?
    /// Additions that are expected to enter: what safeguards and review look at.
    package var entering: Int { adds.count - (askedAgain ?? 0) }
    /// For an adopted segment, the members that it had: they become the ledger's.
    package var adopted: AddressList?
    /// The name that it has at Mailchimp as far as the ledger knows, where it gets another one; nil otherwise.
    package var nameBefore: String?
    /// What reading the members at Mailchimp found; nil when nobody read them.
    package var reconciliation: Reconciliation?

    package init(
        key: SegmentKey, name: String, action: Action, revision: Int, adds: AddressList, removes: AddressList,
        forgotten: [SubscriberHash] = [], unchanged: Int, membersBefore: Int, leaving: Int, waiting: Int = 0, adopted: AddressList? = nil
    ) {
        self.key = key
        self.name = name
        self.action = action
        self.revision = revision
        self.adds = adds
        self.removes = removes
        self.forgotten = forgotten
        self.unchanged = unchanged
        self.membersBefore = membersBefore
        self.leaving = leaving
        self.waiting = waiting
        self.adopted = adopted
    }

    /// Members after the run if every addition is a contact.
    package var membersAfter: Int { unchanged + adds.count }

    /// The calls it costs: the segment's own, then as many as the longer side fills.
    package var calls: Int {
        let own =
            switch action {
            case .keep, .empty: 0
            case .adopt, .found: nameBefore == nil ? 0 : 1
            case .create, .rename, .remake: 1
            case .recreate: 2
            case .reset(_, let rename): rename ? 2 : 1
            case .delete: 1
            }
        if case .delete = action { return own }
        return own + Self.calls(adding: adds.count, removing: removes.count)
    }

    /// Addresses that one call carries at most on either side (Marketing API, "Batch add or remove static members").
    package static let batchLimit = 500

    /// The calls that so many changes of members take: as many as the longer side fills.
    package static func calls(adding adds: Int, removing removes: Int) -> Int {
        (max(adds, removes) + batchLimit - 1) / batchLimit
    }
}

extension SubscriberHash: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a subscriber hash has 32 hexadecimal digits")
        }
        self.init(high: high, low: low)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
