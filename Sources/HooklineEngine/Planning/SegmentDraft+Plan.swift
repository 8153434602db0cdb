import HooklineCore
import Mailchimp

extension SegmentDraft {
    /// The segment's plan, after the last row.
    ///
    /// - Throws: the ledger's errors.
    func finish(_ target: SegmentTarget, _ ledger: any Ledger, isMet: (SubscriberHash) -> Bool) throws -> SegmentPlan {
        var staysOut = Set(held.hashes)
        staysOut.formUnion(target.reconciliation?.released ?? [])
        let departures = staysOut.isEmpty ? departures : departures.filter { !staysOut.contains($0) }
        var plan = SegmentPlan(
            key: key, name: target.name, action: target.action, revision: known?.revision ?? 0, adds: adds,
            removes: target.startsFromScratch ? AddressList() : try addresses(of: departures, target, ledger),
            forgotten: forgettable(isMet), unchanged: unchanged, membersBefore: differ.membersBefore,
            leaving: departures.count(where: differ.wasMember), waiting: waiting.count - askedAgain + refused.count, adopted: target.adopted
        )
        parts?.complete(&plan, departures)
        plan.nameBefore = target.nameBefore
        plan.lookedUntil = lookedUntil
        plan.askedUntil = askedUntil
        if askedInVain + refusedAgain > 0 { plan.askedAgain = askedInVain + refusedAgain }
        if !held.isEmpty { plan.held = held.count }
        let alone = refusals.isEmpty ? [] : (plan.adds.rest.hashes + plan.removes.rest.hashes).filter(refusals.failsCalls)
        if !alone.isEmpty { plan.apart = alone.sorted() }
        plan.reconciliation = target.reconciliation
        plan.seen = target.seen
        if !isSeen(plan) { plan.believed = true }
        if let adding = known?.adding, adding > 0, !target.startsFromScratch { plan.unanswered = adding }
        return plan
    }

    /// Whether Mailchimp showed as many members as the ledger has.
    private func isSeen(_ plan: SegmentPlan) -> Bool {
        // Nobody is in a segment that the run makes or empties, and who is in one that it takes over has been read.
        if plan.action.ignoresMembers { return true }
        if let found = plan.reconciliation, found.read != nil {
            return found.mends || (found.lost.isEmpty && found.strangers.count == 0)
        }
        return plan.seen?.members == plan.membersBefore && known?.adding == 0 && known?.removing == 0
    }

    private func addresses(of hashes: [SubscriberHash], _ target: SegmentTarget, _ ledger: any Ledger) throws -> AddressList {
        if hashes.isEmpty { return AddressList() }
        if let adopted = target.adopted {
            let wanted = HashTable(of: hashes)
            return adopted.filtered { wanted.mark(of: $0) != 0 }
        }
        guard let known else { return AddressList() }
        var leaving = try ledger.addresses(of: hashes, in: known)
        if let strangers = target.reconciliation?.strangers, strangers.count > 0, leaving.count < hashes.count {
            var wanted = HashTable(of: hashes)
            for hash in leaving.hashes { wanted.set(2, for: hash) }
            leaving.append(strangers, where: { wanted.mark(of: strangers.hashes[$0]) == 1 })
        }
        return leaving
    }

    /// The members that no row wants, whose removal Mailchimp has refused.
    func heldLeavers(_ ledger: any Ledger) throws -> AddressList {
        let unremovable = refusals.hashes(.remove, in: known)
        guard let known, let target, !unremovable.isEmpty, !target.action.isDeletion, !target.startsFromScratch else {
            return AddressList()
        }
        let released = Set(target.reconciliation?.released ?? [])
        return try ledger.addresses(of: departures.filter { unremovable.contains($0) && !released.contains($0) }, in: known)
    }

    /// Those who wait or are refused and whom no row wants; `isMet` says whom a row wants in any segment.
    private func forgettable(_ isMet: (SubscriberHash) -> Bool) -> [SubscriberHash] {
        let (unaddable, unremovable) = (refusals.hashes(.add, in: known), refusals.hashes(.remove, in: known))
        var forgotten = differ.forgettable()
        if unaddable.isEmpty, unremovable.isEmpty { return forgotten }
        // What is known of an address here keeps it apart elsewhere.
        forgotten.removeAll { unaddable.contains($0) && isMet($0) }
        let known = Set(forgotten)
        forgotten += unaddable.filter { !isMet($0) && !known.contains($0) && (!defers || differ.knows($0)) }
        forgotten += unremovable.filter { differ.stays($0) }
        return forgotten.sorted()
    }
}
