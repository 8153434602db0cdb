import HooklineCore

/// The Mailchimp segment that a plan is about, and what has to happen to it.
struct SegmentTarget {
    let key: SegmentKey
    let name: String
    let action: SegmentPlan.Action
    /// What the ledger knows of it.
    let known: LedgerSegment?
    /// The members of a segment that is about to be adopted.
    let adopted: AddressList?
    /// The name that it has, where it gets another one.
    var nameBefore: String?
    /// What reading the members of a segment found that is the ledger's already.
    var reconciliation: Reconciliation?

    init(_ action: SegmentPlan.Action, _ key: SegmentKey, name: String, known: LedgerSegment?, adopted: AddressList? = nil) {
        self.action = action
        self.key = key
        self.name = name
        self.known = known
        self.adopted = adopted
    }

    /// Whether everybody has to be added anew.
    var startsFromScratch: Bool { action.startsFromScratch }

    /// Whether `startsFromScratch` may come out true for what the ledger knows: asked while the action is not known yet.
    static func mayStartFromScratch(_ known: LedgerSegment?, isRefresh: Bool) -> Bool {
        guard let known else { return false }
        return isRefresh || known.phase == .deleting || known.phase == .resetting
    }

    /// A segment that no row wants, and that was found again after its create had lost its answer.
    init(unwanted known: LedgerSegment, id: Int, deletes: Bool) {
        self.init(deletes && known.key.label != nil ? .delete(id: id) : .empty(id: id), known.key, name: known.name, known: known)
    }

    /// What has to happen to a segment that no row wants; nil when nothing has to, because it is empty already or was never made.
    ///
    /// The segment itself is never deleted, only those of labels.
    ///
    /// - Parameters:
    ///   - isGone: whether somebody deleted it at Mailchimp; there is nothing to be kept then.
    ///   - reconciliation: what reading its members found; nil when nobody read them.
    init?(unwanted known: LedgerSegment, deletes: Bool, isGone: Bool, reconciliation: Reconciliation?) {
        guard let id = known.mailchimpID else { return nil }
        if isGone || (deletes && known.key.label != nil) {
            self.init(.delete(id: id), known.key, name: known.name, known: known)
        } else if known.phase == .deleting || known.phase == .resetting {
            // A refresh was cut off here: to be emptied is half of what it wanted.
            self.init(.reset(id: id, rename: false), known.key, name: known.name, known: known)
        } else if known.members + known.waiting > 0 || reconciliation != nil {
            self.init(.empty(id: id), known.key, name: known.name, known: known)
            self.reconciliation = reconciliation
        } else {
            return nil
        }
    }
}
