/// What the ledger knows about one segment.
package struct LedgerSegment: Equatable, Sendable {
    /// The stage of the segment's life at Mailchimp.
    package enum Phase: String, Codable, Sendable {
        /// A create was about to be sent; its answer is unknown.
        case creating
        /// The segment exists, with the ID `mailchimpID`.
        case live
        /// A delete was about to be sent, by a refresh or because the label vanished; its answer is unknown.
        case deleting
        /// A reset was about to be sent; its answer is unknown.
        case resetting
    }

    package var id: Int64
    package var key: SegmentKey
    package var mailchimpID: Int?
    package var name: String
    /// What Mailchimp answered when it was given that name, if it was another one.
    package var shownName: String?
    package var phase: Phase
    /// Since when it has that phase, in Unix seconds.
    package var phaseSince: Int64
    /// Incremented by every change of the segment or its members.
    package var revision: Int
    /// How many addresses have the state `member` or `removing`.
    package var members: Int
    /// How many addresses have the state `adding`: additions without an answer so far, which are no members.
    package var adding = 0
    /// How many addresses have the state `removing`: members whose removal has no answer so far.
    package var removing = 0
    /// When a run last began, or went on, that found additions or removals without an answer, in Unix seconds.
    package var doubtedAt: Int64?
    /// How many addresses have the state `notAContact` or `rejected`.
    package var waiting: Int
    /// Whoever waits was no contact at that moment, or later: contacts that changed before it need no look. By Mailchimp's clock, in Unix
    /// seconds; nil if nobody knows.
    package var lookedUntil: Int64?
    /// How far the slow round has come in which everybody who waits is asked again. By Mailchimp's clock, in Unix seconds; nil if it never
    /// began.
    package var askedUntil: Int64?
    /// The new name in a rename that was about to be sent; nil if its answer is known.
    package var pendingName: String?
    /// When Hookline last changed its members, in Unix seconds; Mailchimp's count lags behind for a while.
    package var changedAt: Int64?
    /// When its members were last compared with those at Mailchimp, in Unix seconds.
    package var reconciledAt: Int64?
    /// By how much Mailchimp's count was too small then. The same difference needs no new comparison.
    package var knownDrift: Int?

    package init(
        id: Int64, key: SegmentKey, mailchimpID: Int?, name: String, phase: Phase, phaseSince: Int64, revision: Int, members: Int,
        waiting: Int, lookedUntil: Int64? = nil, askedUntil: Int64? = nil, pendingName: String? = nil, changedAt: Int64? = nil,
        reconciledAt: Int64? = nil,
        knownDrift: Int? = nil
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
        self.lookedUntil = lookedUntil
        self.askedUntil = askedUntil
        self.pendingName = pendingName
        self.changedAt = changedAt
        self.reconciledAt = reconciledAt
        self.knownDrift = knownDrift
    }

    /// How many addresses the ledger has of it, in all states.
    package var addresses: Int { members + adding + waiting }

    /// Whether nobody is in it, might be, or waits.
    package var isVacant: Bool { addresses == 0 }

    /// Whether all that changed its members after a moment are calls with an answer, so that their receipts tell how many it had.
    ///
    /// Made, emptied, taken over, compared with Mailchimp, or cut off: after any of these the ledger only knows how many it has now.
    package func hasOnlyReceipts(after time: Int64) -> Bool {
        phase == .live && phaseSince <= time && reconciledAt ?? 0 <= time && doubtedAt ?? 0 <= time
    }
}
