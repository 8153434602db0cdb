/// Decides who enters and who leaves one segment: the ledger's members first, then every candidate once, then the departures.
///
/// The first row of an address wins. Memory grows by 17 to 50 bytes for each distinct address on either side.
package struct Differ: Sendable {
    /// What a candidate's arrival means.
    package enum Meeting: Equatable, Sendable {
        /// Was not in the segment, or nobody knows for sure: an addition must be sent.
        case entering
        /// Is in the segment already.
        case staying
        /// Mailchimp has said before that this is no contact; whether to ask again is the planner's choice.
        case waiting
        /// An earlier row has the same address.
        case duplicate
    }

    private static let seen: UInt8 = 0x80
    private var table: HashTable
    /// Members before the run, doubtful ones included.
    package private(set) var membersBefore = 0

    /// A differ for a segment of about `members` members.
    package init(members: Int = 0) {
        table = HashTable(capacity: max(1_000, members))
    }

    /// Tells it what the ledger believes; all of it before the first candidate.
    package mutating func know(_ hash: SubscriberHash, as state: MemberState) {
        table.set(state.rawValue, for: hash)
        if state.isPossiblyMember { membersBefore += 1 }
    }

    /// Tells it of a member after the candidates have come, and says whether that one has been among them.
    package mutating func knowLate(_ hash: SubscriberHash) -> Bool {
        let before = table.update(hash) { $0 & Self.seen | MemberState.member.rawValue }
        if MemberState(rawValue: before & ~Self.seen)?.isPossiblyMember != true { membersBefore += 1 }
        return before & Self.seen != 0
    }

    /// Learns, also after the candidates have come, that a member was not found in the segment, and says what was believed before and
    /// whether that one has been among the candidates.
    ///
    /// Pages may slip, so nobody is forgotten for that: who is wanted is added again, and who is not is removed, both of which are
    /// harmless when they were needless.
    package mutating func doubt(_ hash: SubscriberHash) -> (before: MemberState?, wasMet: Bool) {
        let mark = table.mark(of: hash)
        guard let before = MemberState(rawValue: mark & ~Self.seen) else { return (nil, mark & Self.seen != 0) }
        if before.isPossiblyMember { table.set(mark & Self.seen | MemberState.adding.rawValue, for: hash) }
        return (before, mark & Self.seen != 0)
    }

    /// Every member before the run, doubtful ones included, in no order that means anything.
    package func forEachMemberBefore(_ body: (SubscriberHash) -> Void) {
        table.forEach { hash, mark in
            if MemberState(rawValue: mark & ~Self.seen)?.isPossiblyMember == true { body(hash) }
        }
    }

    /// A row wants to be in the segment.
    package mutating func meet(_ hash: SubscriberHash) -> Meeting {
        let before = table.update(hash) { $0 | Self.seen }
        if before & Self.seen != 0 { return .duplicate }
        return switch MemberState(rawValue: before) {
        case .member: .staying
        case .notAContact, .rejected: .waiting
        // Intents whose answer was lost are asked again: adding twice is harmless (Mailchimp answers "already exist").
        case .adding, .removing, nil: .entering
        }
    }

    /// Who was in the segment and met no row.
    ///
    /// Ask after the last row, and only when the source ended without error: a row not read yet looks exactly like a departure.
    package func departures() -> [SubscriberHash] {
        unmet { $0.isPossiblyMember }
    }

    /// Who was remembered as no contact, or refused, and is not wanted any more: to be forgotten.
    package func forgettable() -> [SubscriberHash] {
        unmet { !$0.isPossiblyMember }
    }

    private func unmet(_ matches: (MemberState) -> Bool) -> [SubscriberHash] {
        var found: [SubscriberHash] = []
        table.forEach { hash, mark in
            if mark & Self.seen == 0, let state = MemberState(rawValue: mark), matches(state) { found.append(hash) }
        }
        found.sort()
        return found
    }
}

extension MemberState {
    /// Whether the contact is, or may be, in the segment at Mailchimp.
    package var isPossiblyMember: Bool {
        switch self {
        case .member, .adding, .removing: true
        case .notAContact, .rejected: false
        }
    }
}
