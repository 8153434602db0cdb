import HooklineCore

/// One segment's part of a plan while the rows arrive.
struct SegmentDraft {
    let target: SegmentTarget
    private var differ: Differ
    private var adds = AddressList()
    private var unchanged = 0
    /// Wanted, but known not to be contacts.
    private(set) var waiting = AddressList()
    private var askedAgain = 0

    init(target: SegmentTarget) {
        self.target = target
        differ = Differ(members: (target.known?.members ?? 0) + (target.known?.waiting ?? 0) + (target.adopted?.count ?? 0))
    }

    /// Learns who is in the segment, from the ledger or from the adopted segment.
    mutating func learnMembers(_ ledger: any Ledger) throws {
        if let known = target.known { try ledger.forEachMember(of: known) { differ.know($0, as: $1) } }
        if let adopted = target.adopted {
            for hash in adopted.hashes { differ.know(hash, as: .member) }
        }
    }

    /// A row that rules and hooks kept.
    mutating func meet(_ hash: SubscriberHash, _ address: [UInt8]) -> Differ.Meeting {
        let meeting = differ.meet(hash)
        switch meeting {
        case .entering: adds.append(address, hash)
        case .staying:
            if target.startsFromScratch { adds.append(address, hash) } else { unchanged += 1 }
        case .waiting: waiting.append(address, hash)
        case .duplicate: break
        }
        return meeting
    }

    /// Places left in the additions of calls that are made in any case.
    ///
    /// Removals share their call with additions, so they make room too.
    var roomForMore: Int {
        let leaving = target.startsFromScratch ? 0 : differ.departures().count
        let calls = SegmentPlan.calls(adding: adds.count, removing: leaving)
        return calls * SegmentPlan.batchLimit - adds.count
    }

    /// Puts some of the waiting among the additions, and says how many.
    mutating func ask(again addresses: AddressList) -> Int {
        for index in 0..<addresses.count { adds.append(addresses, at: index) }
        askedAgain += addresses.count
        return addresses.count
    }

    /// The segment's plan; after the last row.
    func finish(_ ledger: any Ledger) throws -> SegmentPlan {
        let departures = differ.departures()
        return SegmentPlan(
            key: target.key, name: target.name, action: target.action, revision: target.known?.revision ?? 0, adds: adds,
            removes: target.startsFromScratch ? AddressList() : try addresses(of: departures, ledger), forgotten: differ.forgettable(),
            unchanged: unchanged, membersBefore: differ.membersBefore, leaving: departures.count, waiting: waiting.count - askedAgain,
            adopted: target.adopted
        )
    }

    private func addresses(of hashes: [SubscriberHash], _ ledger: any Ledger) throws -> AddressList {
        if hashes.isEmpty { return AddressList() }
        if let adopted = target.adopted {
            var leaving = AddressList()
            var wanted = HashTable(capacity: hashes.count)
            for hash in hashes { wanted.set(1, for: hash) }
            for index in 0..<adopted.count where wanted.mark(of: adopted.hashes[index]) != 0 { leaving.append(adopted, at: index) }
            return leaving
        }
        guard let known = target.known else { return AddressList() }
        return try ledger.addresses(of: hashes, in: known)
    }
}
