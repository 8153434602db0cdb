/// What a run would do to one segment.
package struct SegmentPlan: Codable, Sendable {
    /// What happens to the segment itself before its members change.
    package enum Action: Codable, Equatable, Sendable {
        /// The segment exists and has the right name.
        case keep(id: Int)
        /// The segment exists and gets the plan's name.
        case rename(id: Int)
        /// A new segment is created.
        case create
        /// An earlier run created the segment without an answer, and it was found by its name.
        case found(id: Int)
        /// A static segment with that name, which the ledger does not know, is taken over.
        case adopt(id: Int)
        /// Historical refresh: the segment is deleted and created again.
        case recreate(id: Int)
        /// Historical refresh that keeps the ID: the segment is emptied and filled again.
        case reset(id: Int, rename: Bool)
        /// Somebody deleted the segment in Mailchimp: another is created, and every member added again.
        case remake(gone: Int)
        /// No row has its label anymore: all members leave, and the segment stays.
        case empty(id: Int)
        /// No row has its label anymore: the segment is deleted.
        case delete(id: Int)
    }

    package var key: SegmentKey
    /// The segment's name, from the `name` hook or the manifest.
    package var name: String
    package var action: Action
    /// The revision of the segment in the ledger when the plan was made; 0 if it was unknown.
    package var revision: Int
    /// The addresses to add.
    package var adds: PlannedAddresses
    /// The addresses to remove.
    package var removes: PlannedAddresses
    /// Non-contacts and rejected addresses that no row wants anymore.
    package var forgotten: [SubscriberHash]
    /// How many members stay.
    package var unchanged: Int
    /// How many members the ledger has before the run.
    package var membersBefore: Int
    /// How many members Mailchimp showed before the run; nil if it was not asked.
    package var seen: SeenMembers?
    /// True if `membersBefore` is not what Mailchimp showed, or it was not asked; otherwise nil.
    package var believed: Bool?
    /// How many additions have no answer so far, and are not in `membersBefore`; nil for none.
    package var unanswered: Int?
    /// How many members no row wants anymore, for the safeguards; a refresh loses them without `removes`.
    package var leaving: Int
    /// How many wanted addresses are known not to be contacts, and are not added this time.
    package var waiting: Int
    /// The ledger's ``LedgerSegment/lookedUntil`` once the plan is applied; nil leaves it as it is.
    package var lookedUntil: Int64?
    /// The ledger's ``LedgerSegment/askedUntil`` once the plan is applied; nil leaves it as it is.
    package var askedUntil: Int64?
    /// How many of `adds` were not contacts or were refused the last time, and are added again because a call has room, or it is their turn;
    /// nil for none. They are not expected to enter.
    package var askedAgain: Int?
    /// Those of `adds` and `removes` that have made whole calls fail, and get a call each; nil for none.
    package var apart: [SubscriberHash]?
    /// How many members no row wants and Mailchimp refuses to remove; they are not asked for this time. Nil for none.
    package var held: Int?
    /// How many additions are expected to enter, for safeguards and review.
    package var entering: Int { adds.count - (askedAgain ?? 0) }
    /// The members of an adopted segment, which the ledger takes over.
    package var adopted: AddressList?
    /// The name that it has at Mailchimp, if the plan changes it.
    package var nameBefore: String?
    /// The comparison of its members with those at Mailchimp; nil if there was none.
    package var reconciliation: Reconciliation?

    package init(
        key: SegmentKey, name: String, action: Action, revision: Int, adds: AddressList, removes: AddressList,
        forgotten: [SubscriberHash] = [], unchanged: Int, membersBefore: Int, leaving: Int, waiting: Int = 0, adopted: AddressList? = nil
    ) {
        self.key = key
        self.name = name
        self.action = action
        self.revision = revision
        self.adds = PlannedAddresses(adds)
        self.removes = PlannedAddresses(removes)
        self.forgotten = forgotten
        self.unchanged = unchanged
        self.membersBefore = membersBefore
        self.leaving = leaving
        self.waiting = waiting
        self.adopted = adopted
    }

    /// How many members it has after the run, if all additions are contacts.
    package var membersAfter: Int { unchanged + adds.count + (held ?? 0) }
}
