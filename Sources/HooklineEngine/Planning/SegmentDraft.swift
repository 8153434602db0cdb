import HooklineCore
import Mailchimp

/// One segment's part of a plan while rows arrive.
///
/// When there is too much for memory, it is the draft of those whose addresses are in memory, and takes in drafts of the others, part by part:
/// see `SegmentDraft+Parts`. Whatever an address means follows from the ledger and from rows with that address, so no part asks another.
struct SegmentDraft {
    let key: SegmentKey
    /// The segment in the ledger; nil if it is new.
    let known: LedgerSegment?
    /// What happens to the segment; nil until that is settled, after the last row.
    private(set) var target: SegmentTarget?
    private(set) var differ: Differ
    /// Who is or may be in the segment and no row wants, in hash order; empty until the target is known.
    var departures: [SubscriberHash] = []
    var adds = AddressList()
    var unchanged = 0
    /// Wanted addresses that were not contacts, or were rejected, when they were last added.
    var waiting = AddressList()
    /// Wanted addresses that Mailchimp refused before, and that are not added this time.
    var refused = AddressList()
    /// Members that no row wants, that Mailchimp refused to remove before, and that are not removed this time.
    var held = AddressList()
    let refusals: KnownRefusals
    private(set) var askedAgain = 0
    private(set) var refusedAgain = 0
    private(set) var lookedUntil: Int64?
    private(set) var askedUntil: Int64?
    /// How many of those added again have given no sign of being contacts now.
    private(set) var askedInVain = 0
    /// How many rows were counted as waiting but turned out to be members.
    var becameMembers = 0
    /// Whether those who stay must be added too, because the segment is going to be empty.
    let addsEverybody: Bool
    /// Whether addresses that it does not know are left to parts.
    private(set) var defers = false
    /// Whether the ledger's members are left to parts.
    let defersMembers: Bool
    /// What came of the parts; nil if there are none.
    var parts: DraftParts?

    /// Creates a draft that knows the ledger's members.
    ///
    /// - Parameters:
    ///   - key: of the segment.
    ///   - known: the segment in the ledger.
    ///   - isRefresh: whether the segment starts from scratch.
    ///   - isGone: whether somebody deleted the segment at Mailchimp.
    ///   - refusals: whom Mailchimp refuses, in this and in the activation's other segments.
    ///   - ledger: where members are read.
    ///   - defersMembers: whether the ledger's members are left to parts, because there are too many.
    /// - Throws: the ledger's errors.
    init(
        key: SegmentKey, known: LedgerSegment?, isRefresh: Bool, isGone: Bool = false, refusals: KnownRefusals, ledger: any Ledger,
        defersMembers: Bool = false
    ) throws {
        self.refusals = refusals
        self.key = key
        self.known = known
        self.defersMembers = defersMembers
        addsEverybody = isGone || SegmentTarget.mayStartFromScratch(known, isRefresh: isRefresh)
        differ = Differ(addresses: defersMembers ? 0 : known?.addresses ?? 0)
        if let known, !defersMembers { try ledger.forEachMember(of: known) { differ.know($0, as: $1) } }
    }

    /// Creates a draft of a part of another draft's addresses: those in a range that it does not know.
    ///
    /// - Parameters:
    ///   - range: the part.
    ///   - rows: how many rows will be met.
    ///   - whole: the draft.
    ///   - ledger: where members are read.
    /// - Throws: the ledger's errors.
    init(part range: ClosedRange<SubscriberHash>, rows: Int, of whole: SegmentDraft, ledger: any Ledger) throws {
        refusals = whole.refusals.filtered { range.contains($0) && !whole.differ.knows($0) }
        (key, known, addsEverybody, defersMembers) = (whole.key, whole.known, whole.addsEverybody, false)
        differ = Differ(addresses: rows)
        if let known, whole.defersMembers { try ledger.forEachMember(of: known, within: range) { differ.know($0, as: $1) } }
    }

    /// Makes room for so many addresses.
    mutating func reserve(_ count: Int) {
        differ.reserve(count)
        adds.reserve(count, bytesEach: 28)
    }

    /// From now on, leaves addresses that it does not know to parts.
    mutating func deferUnknown() { defers = true }

    /// Takes in what happens to the segment and, if it is adopted, who is in it; after the last row.
    ///
    /// - Throws: the ledger's errors.
    mutating func settle(_ whole: SegmentTarget, _ ledger: any Ledger) throws {
        self.target = whole
        let target = defers ? whole.filtered(differ.knows) : whole
        if let adopted = target.adopted { learn(members: adopted) }
        if let found = target.reconciliation, found.mends { learn(members: found.strangers) }
        if let found = target.reconciliation, found.mends, let known {
            var back: [SubscriberHash] = []
            for hash in found.lost {
                let (before, wasMet) = differ.doubt(hash)
                // Those with an unknown answer are among the additions already.
                if wasMet, before == .member, !addsEverybody { back.append(hash) }
            }
            let again = try ledger.addresses(of: back, in: known)
            adds.append(again)
            unchanged -= again.count
        }
        departures = differ.departures()
        held = try heldLeavers(ledger)
    }

    /// Takes in members that the ledger did not know: those who were going to be added stay instead.
    private mutating func learn(members: AddressList) {
        var inIt = HashTable(capacity: members.count)
        for hash in members.hashes {
            if differ.knowLate(hash) { inIt.set(1, for: hash) }
        }
        if inIt.count == 0 { return }
        let (entering, stillWaiting, stillRefused) = (adds.without(inIt), waiting.without(inIt), refused.without(inIt))
        let found = waiting.count - stillWaiting.count + refused.count - stillRefused.count
        if !addsEverybody { unchanged += adds.count - entering.count + found }
        becameMembers += found
        (adds, waiting, refused) = (entering, stillWaiting, stillRefused)
    }

    /// Meets a row that rules and hooks kept.
    mutating func meet(_ row: Int, of rows: RowAddresses) -> Differ.Meeting { take(differ.meet(rows.hashes[row]), row, of: rows) }

    /// Puts a row where it belongs by what its address means for the segment.
    ///
    /// - Returns: the same, but `waiting` for an address that Mailchimp refused before.
    private mutating func take(_ meeting: Differ.Meeting, _ row: Int, of rows: RowAddresses) -> Differ.Meeting {
        switch meeting {
        case .duplicate, .deferred: return meeting
        case .staying where !addsEverybody:
            unchanged += 1
            return meeting
        case .entering, .waiting, .staying:
            if refusals.refusesToAdd(rows.hashes[row]) {
                refused.append(rows, row: row)
                return .waiting
            }
            if meeting == .waiting { waiting.append(rows, row: row) } else { adds.append(rows, row: row) }
            return meeting
        }
    }

    /// Meets the rows of a batch that rules and hooks kept, one after another.
    ///
    /// - Parameters:
    ///   - isKept: 1 for each of these rows, 0 for others.
    ///   - rows: the addresses of all rows.
    ///   - meetings: receives what each of these rows means for the segment; nil before.
    mutating func meet(_ isKept: [UInt8], of rows: RowAddresses, into meetings: inout [Differ.Meeting?]) {
        if defers {
            if !differ.meetKnown(rows.hashes, where: isKept, into: &meetings) { return }
        } else {
            differ.meet(rows.hashes, where: isKept, into: &meetings)
        }
        if !refusals.isEmpty {
            for row in isKept.indices { if let meeting = meetings[row] { meetings[row] = take(meeting, row, of: rows) } }
            return
        }
        // Pattern matching, because `==` on an enum from another module is a function call.
        let addsEverybody = addsEverybody
        adds.append(
            rows,
            where: {
                switch meetings[$0] {
                case .entering: true
                case .staying: addsEverybody
                case .waiting, .duplicate, .deferred, nil: false
                }
            })
        waiting.append(rows, where: { if case .waiting = meetings[$0] { true } else { false } })
        if !addsEverybody { for case .staying in meetings { unchanged += 1 } }
    }

    /// Whether a row with this address has been met.
    func hasMet(_ hash: SubscriberHash) -> Bool { differ.hasMet(hash) }

    /// Whether no row wants the segment.
    var isUnwanted: Bool { adds.isEmpty && waiting.isEmpty && refused.isEmpty && unchanged == 0 }

    /// Takes addresses back, as if no row had had them; after the last row, before the segment is settled.
    ///
    /// - Returns: how many had been met, and how many of those were waiting.
    mutating func takeBack(_ addresses: HashTable) -> (met: Int, waiting: Int) {
        var (met, stayed) = (0, 0)
        addresses.forEach { hash, _ in
            guard let meeting = differ.takeBack(hash) else { return }
            met += 1
            if meeting == .staying { stayed += 1 }
        }
        if met == 0 { return (0, 0) }
        let waitedBefore = waiting.count + refused.count
        (adds, waiting, refused) = (adds.without(addresses), waiting.without(addresses), refused.without(addresses))
        if !addsEverybody { unchanged -= stayed }
        return (met, waitedBefore - waiting.count - refused.count)
    }

    /// Passes everybody who was in the segment before the run to `body`.
    func forEachMemberBefore(_ body: (SubscriberHash) -> Void) { differ.forEachMemberBefore(body) }

    /// How many more calls it would take to add all waiting addresses again.
    ///
    /// Removals share their calls with additions, so they make room, too.
    var callsToAskAgain: Int { calls(adding: waiting.count) }

    private func calls(adding more: Int, removing others: Int = 0) -> Int {
        let leaving = target?.startsFromScratch == true ? 0 : departures.count + (parts?.departures ?? 0) - held.count
        let entering = adds.count + (parts?.adds.count ?? 0)
        return MemberBatch.count(adding: entering + more, removing: leaving + others)
            - MemberBatch.count(adding: entering, removing: leaving)
    }

    /// How many more calls it would take to ask for so many refused addresses again, along with the others.
    func callsToAsk(_ number: Int, _ act: Refusal.Act) -> Int {
        act == .add ? calls(adding: number) : calls(adding: 0, removing: number)
    }

    /// Moves some of the refused addresses to the additions, or of those held to the removals.
    mutating func ask(refused list: AddressList, _ act: Refusal.Act) {
        let table = HashTable(of: list.hashes)
        switch act {
        case .add:
            refused = refused.without(table)
            adds.append(list)
            refusedAgain += list.count
        case .remove:
            // Who is not held leaves like any other member.
            held = held.without(table)
        }
    }

    /// Moves some of the waiting addresses to the additions.
    ///
    /// - Parameters:
    ///   - addresses: those to add again.
    ///   - isProven: whether Mailchimp has said that they are contacts now.
    mutating func ask(again addresses: AddressList, isProven: Bool) {
        askedAgain += addresses.count
        // Those who are not expected to enter come last: who enters is listed from the front.
        let last = isProven ? adds.count - askedInVain - refusedAgain : adds.count
        let unexpected = adds.part(last..<adds.count)
        if unexpected.count > 0 { adds = adds.part(0..<last) }
        for list in [addresses, unexpected] { adds.append(list) }
        if !isProven { askedInVain += addresses.count }
    }

    /// Notes that new contacts were looked for until a moment by Mailchimp's clock, and how far the slow round has come; nil if no further.
    mutating func looked(until time: Int64, askedUntil: Int64?) {
        lookedUntil = time
        self.askedUntil = askedUntil
    }
}
