import HooklineCore

/// The Mailchimp segment that a plan is about, and what happens to it.
struct SegmentTarget {
    let key: SegmentKey
    let name: String
    let action: SegmentPlan.Action
    /// The segment in the ledger; nil if it is new.
    let known: LedgerSegment?
    /// The members of a segment that is going to be adopted.
    private(set) var adopted: AddressList?
    /// Its current name, if that changes.
    var nameBefore: String?
    /// The comparison of its members with those at Mailchimp; nil if there was none.
    var reconciliation: Reconciliation?
    /// How many members Mailchimp showed; nil if it was not asked.
    var seen: SeenMembers?

    init(_ action: SegmentPlan.Action, _ key: SegmentKey, name: String, known: LedgerSegment?, adopted: AddressList? = nil) {
        self.action = action
        self.key = key
        self.name = name
        self.known = known
        self.adopted = adopted
    }

    /// Whether everybody must be added again.
    var startsFromScratch: Bool { action.startsFromScratch }

    /// Whether `startsFromScratch` may turn out true, asked before the action is known.
    static func mayStartFromScratch(_ known: LedgerSegment?, isRefresh: Bool) -> Bool {
        guard let known else { return false }
        return isRefresh || known.phase == .deleting || known.phase == .resetting
    }

    /// The target of a segment that no row wants, found again after its creation got no answer.
    init(unwanted known: LedgerSegment, id: Int, deletes: Bool) {
        self.init(deletes && known.key.label != nil ? .delete(id: id) : .empty(id: id), known.key, name: known.name, known: known)
    }

    /// The target of a segment that no row wants; nil if nothing has to happen, because it is empty or was never created.
    ///
    /// The segment itself is never deleted, only those of labels.
    ///
    /// `isGone` says whether somebody deleted it at Mailchimp, so that there is nothing to keep; `reconciliation` is nil if its members were
    /// not compared.
    init?(unwanted known: LedgerSegment, deletes: Bool, isGone: Bool, reconciliation: Reconciliation?) {
        guard let id = known.mailchimpID else { return nil }
        if isGone || (deletes && known.key.label != nil) {
            self.init(.delete(id: id), known.key, name: known.name, known: known)
        } else if known.phase == .deleting || known.phase == .resetting {
            // A refresh was interrupted here, and emptying the segment is half of its work.
            self.init(.reset(id: id, rename: false), known.key, name: known.name, known: known)
        } else if !known.isVacant || reconciliation != nil {
            self.init(.empty(id: id), known.key, name: known.name, known: known)
            self.reconciliation = reconciliation
        } else {
            return nil
        }
    }

    /// The same for a part of the addresses, which are all that it says of members.
    func filtered(_ isIncluded: (SubscriberHash) -> Bool) -> SegmentTarget {
        var part = self
        part.adopted = adopted?.filtered(isIncluded)
        part.reconciliation?.strangers = reconciliation?.strangers.filtered(isIncluded) ?? AddressList()
        part.reconciliation?.lost.removeAll { !isIncluded($0) }
        return part
    }

    /// The same with all lists of members in the order of their hashes.
    var inHashOrder: SegmentTarget {
        var ordered = self
        ordered.adopted = adopted?.inHashOrder()
        ordered.reconciliation?.strangers = reconciliation?.strangers.inHashOrder() ?? AddressList()
        ordered.reconciliation?.lost.sort()
        return ordered
    }

    /// The same for a range of hashes; its lists must be in their order.
    func part(within range: ClosedRange<SubscriberHash>) -> SegmentTarget {
        var part = self
        part.adopted = adopted?.part(within: range)
        part.reconciliation?.strangers = reconciliation?.strangers.part(within: range) ?? AddressList()
        let lost = reconciliation?.lost ?? []
        let start = lost.partitioningIndex { $0 >= range.lowerBound }
        part.reconciliation?.lost = Array(lost[start..<max(start, lost.partitioningIndex { $0 > range.upperBound })])
        return part
    }
}
