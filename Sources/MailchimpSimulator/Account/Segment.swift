/// A segment of an audience, and what its `member_count` used to be.
struct Segment: Sendable {
    enum Kind: String, Sendable {
        /// A tag: a list of contacts that the API can change.
        case `static`
        /// A segment whose members follow from conditions. The simulator keeps no conditions, so it has no members.
        case saved
    }

    let id: Int
    var name: String
    let kind: Kind
    /// `any` or `all`, for a saved segment.
    var match = "all"
    let created: SimulatedInstant
    private(set) var updated: SimulatedInstant
    private(set) var members = ContactSet()
    /// `member_count` after each change, for answers that lag.
    private var history: [(at: SimulatedInstant, active: Int)] = []

    init(id: Int, name: String, kind: Kind, created: SimulatedInstant) {
        self.id = id
        self.name = name
        self.kind = kind
        self.created = created
        updated = created
    }

    /// The name for comparisons, which ignore case.
    var nameKey: String { name.lowercased() }

    mutating func rename(_ name: String, at now: SimulatedInstant) {
        self.name = name
        updated = now
    }

    /// Adds a contact; false if it was in the segment already.
    mutating func add(_ contact: Int) -> Bool { members.insert(contact) }

    /// Removes a contact; false if it was not in the segment.
    mutating func remove(_ contact: Int) -> Bool { members.remove(contact) }

    mutating func removeAll() { members = ContactSet() }

    /// Records the time of a change of members, and the count after it.
    mutating func settle(at now: SimulatedInstant, contacts: ContactBook, lag: Duration) {
        updated = now
        guard lag > .zero else { return }
        let horizon = now.advanced(by: .zero - lag)
        if let settled = history.lastIndex(where: { $0.at <= horizon }) { history.removeFirst(settled) }
        history.append((now, members.countShared(with: contacts.contacts(.subscribed))))
    }

    /// `member_count`: subscribers, as of `lag` ago, and members in the other states that a client asks to include.
    func memberCount(contacts: ContactBook, including extra: [ContactStatus], lag: Duration, now: SimulatedInstant) -> Int {
        let active = members.countShared(with: contacts.contacts(.subscribed))
        let others = extra.reduce(0) { $0 + members.countShared(with: contacts.contacts($1)) }
        guard lag > .zero else { return active + others }
        let horizon = now.advanced(by: .zero - lag)
        return (history.last { $0.at <= horizon }?.active ?? 0) + others
    }
}
