import HooklineCore
import Mailchimp

/// One segment's part of a plan while rows arrive.
struct SegmentDraft {
    let key: SegmentKey
    /// The segment in the ledger; nil if it is new.
    let known: LedgerSegment?
    /// What happens to the segment; nil until that is settled, after the last row.
    private(set) var target: SegmentTarget?
    private var differ: Differ
    private var adds = AddressList()
    private var unchanged = 0
    /// Wanted addresses that were not contacts, or were rejected, when they were last added.
    private(set) var waiting = AddressList()
    private var askedAgain = 0
    private var lookedUntil: Int64?
    private var askedUntil: Int64?
    /// How many of those added again have given no sign of being contacts now.
    private var askedInVain = 0
    /// How many rows were counted as waiting but turned out to be members.
    private(set) var becameMembers = 0
    /// Whether those who stay must be added too, because the segment is going to be empty.
    private let addsEverybody: Bool

    /// Creates a draft that knows the ledger's members.
    ///
    /// - Parameters:
    ///   - key: of the segment.
    ///   - known: the segment in the ledger.
    ///   - isRefresh: whether the segment starts from scratch.
    ///   - isGone: whether somebody deleted the segment at Mailchimp.
    ///   - ledger: where members are read.
    /// - Throws: the ledger's errors.
    init(key: SegmentKey, known: LedgerSegment?, isRefresh: Bool, isGone: Bool = false, ledger: any Ledger) throws {
        self.key = key
        self.known = known
        addsEverybody = isGone || SegmentTarget.mayStartFromScratch(known, isRefresh: isRefresh)
        differ = Differ(members: (known?.members ?? 0) + (known?.waiting ?? 0))
        if let known { try ledger.forEachMember(of: known) { differ.know($0, as: $1) } }
    }

    /// Takes in what happens to the segment and, if it is adopted, who is in it; after the last row.
    ///
    /// - Throws: the ledger's errors.
    mutating func settle(_ target: SegmentTarget, _ ledger: any Ledger) throws {
        self.target = target
        if let adopted = target.adopted { learn(members: adopted) }
        guard let found = target.reconciliation, found.mends, let known else { return }
        learn(members: found.strangers)
        var back: [SubscriberHash] = []
        for hash in found.lost {
            let (before, wasMet) = differ.doubt(hash)
            // Those with an unknown answer are among the additions already.
            if wasMet, before == .member, !addsEverybody { back.append(hash) }
        }
        let again = try ledger.addresses(of: back, in: known)
        adds.append(again, at: 0..<again.count)
        unchanged -= again.count
    }

    /// Takes in members that the ledger did not know: those who were going to be added stay instead.
    private mutating func learn(members: AddressList) {
        var inIt = HashTable(capacity: members.count)
        for hash in members.hashes {
            if differ.knowLate(hash) { inIt.set(1, for: hash) }
        }
        if inIt.count == 0 { return }
        let (entering, stillWaiting) = (adds.without(inIt), waiting.without(inIt))
        if !addsEverybody { unchanged += adds.count - entering.count + waiting.count - stillWaiting.count }
        becameMembers += waiting.count - stillWaiting.count
        (adds, waiting) = (entering, stillWaiting)
    }

    /// Meets a row that rules and hooks kept.
    mutating func meet(_ row: Int, of rows: RowAddresses) -> Differ.Meeting {
        let meeting = differ.meet(rows.hashes[row])
        switch meeting {
        case .entering: adds.append(rows, row: row)
        case .staying:
            if addsEverybody { adds.append(rows, row: row) } else { unchanged += 1 }
        case .waiting: waiting.append(rows, row: row)
        case .duplicate: break
        }
        return meeting
    }

    /// Meets the rows of a batch that rules and hooks kept, one after another.
    ///
    /// - Parameters:
    ///   - isKept: 1 for each of these rows, 0 for others.
    ///   - rows: the addresses of all rows.
    ///   - meetings: receives what each of these rows means for the segment; nil before.
    mutating func meet(_ isKept: [UInt8], of rows: RowAddresses, into meetings: inout [Differ.Meeting?]) {
        differ.meet(rows.hashes, where: isKept, into: &meetings)
        // Pattern matching, because `==` on an enum from another module is a function call.
        let addsEverybody = addsEverybody
        adds.append(
            rows,
            where: {
                switch meetings[$0] {
                case .entering: true
                case .staying: addsEverybody
                case .waiting, .duplicate, nil: false
                }
            })
        waiting.append(rows, where: { if case .waiting = meetings[$0] { true } else { false } })
        if !addsEverybody { for case .staying in meetings { unchanged += 1 } }
    }

    /// Whether a row with this address has been met.
    func hasMet(_ hash: SubscriberHash) -> Bool { differ.hasMet(hash) }

    /// Whether no row wants the segment.
    var isUnwanted: Bool { adds.isEmpty && waiting.isEmpty && unchanged == 0 }

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
        let waitedBefore = waiting.count
        (adds, waiting) = (adds.without(addresses), waiting.without(addresses))
        if !addsEverybody { unchanged -= stayed }
        return (met, waitedBefore - waiting.count)
    }

    /// Passes everybody who was in the segment before the run to `body`.
    func forEachMemberBefore(_ body: (SubscriberHash) -> Void) { differ.forEachMemberBefore(body) }

    /// How many more calls it would take to add all waiting addresses again.
    ///
    /// Removals share their calls with additions, so they make room, too.
    var callsToAskAgain: Int {
        let leaving = target?.startsFromScratch == true ? 0 : differ.departures().count
        return MemberBatch.count(adding: adds.count + waiting.count, removing: leaving)
            - MemberBatch.count(adding: adds.count, removing: leaving)
    }

    /// Moves some of the waiting addresses to the additions.
    ///
    /// - Parameters:
    ///   - addresses: those to add again.
    ///   - isProven: whether Mailchimp has said that they are contacts now.
    mutating func ask(again addresses: AddressList, isProven: Bool) {
        adds.append(addresses, at: 0..<addresses.count)
        askedAgain += addresses.count
        if !isProven { askedInVain += addresses.count }
    }

    /// Notes that new contacts were looked for until a moment by Mailchimp's clock, and how far the slow round has come; nil if no further.
    mutating func looked(until time: Int64, askedUntil: Int64?) {
        lookedUntil = time
        self.askedUntil = askedUntil
    }

    /// The segment's plan, after the last row.
    ///
    /// - Throws: the ledger's errors.
    func finish(_ target: SegmentTarget, _ ledger: any Ledger) throws -> SegmentPlan {
        let departures = differ.departures()
        var plan = SegmentPlan(
            key: key, name: target.name, action: target.action, revision: known?.revision ?? 0, adds: adds,
            removes: target.startsFromScratch ? AddressList() : try addresses(of: departures, target, ledger),
            forgotten: differ.forgettable(), unchanged: unchanged, membersBefore: differ.membersBefore, leaving: departures.count,
            waiting: waiting.count - askedAgain, adopted: target.adopted
        )
        plan.nameBefore = target.nameBefore
        plan.lookedUntil = lookedUntil
        plan.askedUntil = askedUntil
        if askedInVain > 0 { plan.askedAgain = askedInVain }
        plan.reconciliation = target.reconciliation
        return plan
    }

    private func addresses(of hashes: [SubscriberHash], _ target: SegmentTarget, _ ledger: any Ledger) throws -> AddressList {
        if hashes.isEmpty { return AddressList() }
        if let adopted = target.adopted {
            var leaving = AddressList()
            var wanted = HashTable(capacity: hashes.count)
            for hash in hashes { wanted.set(1, for: hash) }
            leaving.append(adopted, where: { wanted.mark(of: adopted.hashes[$0]) != 0 })
            return leaving
        }
        guard let known else { return AddressList() }
        var leaving = try ledger.addresses(of: hashes, in: known)
        if let strangers = target.reconciliation?.strangers, strangers.count > 0, leaving.count < hashes.count {
            var wanted = HashTable(capacity: hashes.count)
            for hash in hashes { wanted.set(1, for: hash) }
            for hash in leaving.hashes { wanted.set(2, for: hash) }
            leaving.append(strangers, where: { wanted.mark(of: strangers.hashes[$0]) == 1 })
        }
        return leaving
    }
}
