/// Decides who enters and who leaves a segment. Give it the ledger's members first, then every candidate, then ask for the departures.
///
/// The first row of an address wins. Uses 17 to 50 bytes of memory for each distinct address on either side.
package struct Differ: Sendable {
    /// What a candidate means for the segment.
    package enum Meeting: Equatable, Sendable {
        /// Is not in the segment, or may not be: must be added.
        case entering
        /// Is in the segment already.
        case staying
        /// Was not a contact, or was rejected, when it was last added; whether to add it again is the planner's decision.
        case waiting
        /// An earlier row has the same address.
        case duplicate
        /// Is decided after the last row, because only a part of all addresses is in memory.
        case deferred
    }

    private static let seen: UInt8 = 0x80
    /// A candidate that was taken back. A mark cannot become 0 again, as 0 ends a search.
    private static let takenBack: UInt8 = 0x40
    /// The bits of what the ledger knows.
    private static let state: UInt8 = 0x3F
    private var table: HashTable
    /// Whether the ledger, or Mailchimp, has named anybody.
    private var knowsAnybody = false
    /// A buffer to reuse.
    private var before: [UInt8] = []
    /// How many members the segment had before the run; without additions whose answer is unknown.
    package private(set) var membersBefore = 0

    /// A differ for about so many addresses.
    package init(addresses: Int = 0) {
        table = HashTable(capacity: max(1_000, addresses))
    }

    /// Makes room for so many addresses.
    package mutating func reserve(_ addresses: Int) { table.reserve(addresses) }

    /// Adds an address from the ledger, before the first candidate.
    package mutating func know(_ hash: SubscriberHash, as state: MemberState) {
        table.set(state.rawValue, for: hash)
        knowsAnybody = true
        if state.isMember { membersBefore += 1 }
    }

    /// Adds a member when candidates may have been met.
    ///
    /// - Returns: whether it was among them.
    package mutating func knowLate(_ hash: SubscriberHash) -> Bool {
        let before = table.update(hash) { $0 & Self.seen | MemberState.member.rawValue }
        knowsAnybody = true
        if MemberState(rawValue: before & Self.state)?.isMember != true { membersBefore += 1 }
        return before & Self.seen != 0
    }

    /// Marks a member that was not found at Mailchimp, when candidates may have been met.
    ///
    /// It is not forgotten, as it may have been missed between two pages: it is added again if a row wants it and removed if none does.
    /// Both are harmless if needless.
    ///
    /// - Returns: its state before, and whether it was among the candidates.
    package mutating func doubt(_ hash: SubscriberHash) -> (before: MemberState?, wasMet: Bool) {
        let mark = table.mark(of: hash)
        guard let before = MemberState(rawValue: mark & Self.state) else { return (nil, mark & Self.seen != 0) }
        if before.isMember { membersBefore -= 1 }
        if before.isPossiblyMember { table.set(mark & Self.seen | MemberState.adding.rawValue, for: hash) }
        return (before, mark & Self.seen != 0)
    }

    /// Passes every member counted in `membersBefore` to `body`, in no particular order.
    package func forEachMemberBefore(_ body: (SubscriberHash) -> Void) {
        table.forEach { hash, mark in
            if MemberState(rawValue: mark & Self.state)?.isMember == true { body(hash) }
        }
    }

    /// Adds a candidate: the address of a row that belongs in the segment.
    package mutating func meet(_ hash: SubscriberHash) -> Meeting {
        let before = table.update(hash) { $0 | Self.seen }
        if before & Self.seen != 0 { return .duplicate }
        return meeting(before)
    }

    /// Adds many candidates, one after another.
    ///
    /// - Parameters:
    ///   - hashes: the addresses of some rows.
    ///   - isWanted: 1 for each row that belongs in the segment, 0 for others.
    ///   - meetings: receives what each candidate means for the segment; unchanged for other rows.
    package mutating func meet(_ hashes: [SubscriberHash], where isWanted: [UInt8], into meetings: inout [Meeting?]) {
        table.set(Self.seen, for: hashes, where: isWanted, before: &before)
        for row in hashes.indices where isWanted[row] == 1 {
            meetings[row] = before[row] & Self.seen != 0 ? .duplicate : meeting(before[row])
        }
    }

    /// Adds those of many candidates whose address it knows, from the ledger or an earlier candidate; the others are deferred.
    ///
    /// - Parameters: as of ``meet(_:where:into:)``.
    /// - Returns: whether it knows any.
    package mutating func meetKnown(_ hashes: [SubscriberHash], where isWanted: [UInt8], into meetings: inout [Meeting?]) -> Bool {
        table.marks(of: hashes, into: &before)
        var knowsAny = false
        for row in hashes.indices where isWanted[row] == 1 {
            if before[row] == 0 {
                meetings[row] = .deferred
            } else {
                knowsAny = true
                meetings[row] = meet(hashes[row])
            }
        }
        return knowsAny
    }

    /// Whether the ledger, a candidate, or Mailchimp has named an address.
    package func knows(_ hash: SubscriberHash) -> Bool { table.mark(of: hash) != 0 }

    /// How many addresses it knows.
    package var count: Int { table.count }

    /// Whether an address is among the candidates.
    package func hasMet(_ hash: SubscriberHash) -> Bool { table.mark(of: hash) & Self.seen != 0 }

    /// Whether an address is a member that a row wants.
    package func stays(_ hash: SubscriberHash) -> Bool { table.mark(of: hash) == Self.seen | MemberState.member.rawValue }

    /// Takes a candidate back, as if no row had had its address.
    ///
    /// - Returns: what it meant for the segment; nil if it is not among the candidates.
    package mutating func takeBack(_ hash: SubscriberHash) -> Meeting? {
        guard hasMet(hash) else { return nil }
        return meeting(table.update(hash) { $0 & ~Self.seen | Self.takenBack })
    }

    /// What a candidate with this mark of the ledger means for the segment.
    private func meeting(_ mark: UInt8) -> Meeting {
        switch MemberState(rawValue: mark & Self.state) {
        case .member: .staying
        case .notAContact, .rejected: .waiting
        // If the answer is unknown, the addition is sent again, which is harmless (Mailchimp answers "already exist").
        case .adding, .removing, nil: .entering
        }
    }

    /// Whether an address is a member of the ledger, rather than an addition whose answer is unknown.
    package func wasMember(_ hash: SubscriberHash) -> Bool { MemberState(rawValue: table.mark(of: hash) & Self.state)?.isMember == true }

    /// Who is or may be in the segment and no row wants, in hash order.
    ///
    /// Ask only after the source has ended without error: a row that has not been read looks exactly like a departure.
    package func departures() -> [SubscriberHash] {
        unmet { $0.isPossiblyMember }
    }

    /// The non-contacts and rejected addresses that no row wants, in hash order, which the ledger can forget.
    package func forgettable() -> [SubscriberHash] {
        unmet { !$0.isPossiblyMember }
    }

    private func unmet(_ matches: (MemberState) -> Bool) -> [SubscriberHash] {
        // In a first load, nobody has to be looked for.
        if !knowsAnybody { return [] }
        var found: [SubscriberHash] = []
        table.forEach { hash, mark in
            if mark & Self.seen == 0, let state = MemberState(rawValue: mark & Self.state), matches(state) { found.append(hash) }
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
