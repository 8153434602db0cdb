// What a ledger keeps, as the rest of the program sees it.

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
    /// A name that the segment was about to be given; whether the renaming arrived is not known.
    package var pendingName: String?
    /// When its members last changed through us, in Unix seconds: Mailchimp's count may lag behind for a while.
    package var changedAt: Int64?
    /// When its members were last read at Mailchimp and held against the ledger's, in Unix seconds.
    package var reconciledAt: Int64?
    /// What was missing in Mailchimp's count when it was last reconciled: the same again is no news.
    package var knownDrift: Int?

    package init(
        id: Int64, key: SegmentKey, mailchimpID: Int?, name: String, phase: Phase, phaseSince: Int64, revision: Int, members: Int,
        waiting: Int, probedAt: Int64? = nil, pendingName: String? = nil, changedAt: Int64? = nil, reconciledAt: Int64? = nil,
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
        self.probedAt = probedAt
        self.pendingName = pendingName
        self.changedAt = changedAt
        self.reconciledAt = reconciledAt
        self.knownDrift = knownDrift
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
    /// Refused when they were to leave, with Mailchimp's words: as good as gone, since such an address can be no contact.
    package var unremovable: [(hash: SubscriberHash, address: String, reason: String)] = []

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
            && left.unremovable.elementsEqual(right.unremovable) { $0 == $1 }
    }
}

/// What the ledger says of one address in one segment.
package struct LedgerEntry: Equatable, Sendable {
    package var state: MemberState
    /// Mailchimp's words about an address that it refused.
    package var reason: String?
    /// The run that put it into that state; nil for members that were taken over.
    package var run: String?

    package init(state: MemberState, reason: String? = nil, run: String? = nil) {
        self.state = state
        self.reason = reason
        self.run = run
    }
}

/// What one run did to one address in one segment.
package struct LedgerChange: Equatable, Sendable {
    /// What came of it, all calls of the run together.
    package enum Kind: Int, Codable, Sendable {
        /// Taken out and put back, by a refresh: nothing, in the end.
        case stayed = 0
        case added = 1
        case removed = 2
        case notAContact = 3
        case rejected = 4
    }

    /// For how many days it is remembered what runs did to whom.
    package static let daysKept: Int64 = 90

    package var hash: SubscriberHash
    package var kind: Kind
    /// Of an address that was removed, and stands nowhere else any more; nil for others.
    package var address: String?

    package init(hash: SubscriberHash, kind: Kind, address: String? = nil) {
        self.hash = hash
        self.kind = kind
        self.address = address
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
