import HooklineCore
import Mailchimp

extension Receipt {
    /// What an answer means for each address that was sent.
    ///
    /// The hashes are the plan's. An address is hashed again only if Mailchimp spells it differently from what was sent.
    init(_ batch: BatchPlan, _ change: MembershipChange, sent: MemberBatch) {
        let refusals = Refusals(change, sent, batch)
        // In the order in which they were sent, so that one pass over both is enough.
        var notContacts = change.notContacts(of: sent)[...]
        self.init()
        if notContacts.isEmpty, refusals.isEmpty {
            // As almost every answer is: all are where they should be.
            members = batch.adds
            gone = batch.removes.hashes
            return
        }
        for (index, hash) in batch.adds.hashes.enumerated() {
            let isUnaccountedFor = notContacts.first == sent.add[index]
            if isUnaccountedFor { notContacts.removeFirst() }
            if let reason = refusals[hash] {
                rejected.append((hash, batch.adds[index], reason))
            } else if isUnaccountedFor {
                self.notContacts.append(batch.adds, at: index)
            } else {
                self.members.append(batch.adds, at: index)
            }
        }
        for (index, hash) in batch.removes.hashes.enumerated() {
            if let reason = refusals[hash] {
                unremovable.append((hash, batch.removes[index], reason))
            } else {
                // Removed, not a member, or no longer a contact: in each case it is out.
                gone.append(hash)
            }
        }
    }
}

/// Mailchimp's words for the addresses that it refused individually.
private struct Refusals {
    private var reasons: [SubscriberHash: String] = [:]

    init(_ change: MembershipChange, _ sent: MemberBatch, _ batch: BatchPlan) {
        if change.rejected.isEmpty { return }
        let hashes = Dictionary(
            zip(sent.add + sent.remove, batch.adds.hashes + batch.removes.hashes), uniquingKeysWith: { first, _ in first })
        for rejection in change.rejected {
            reasons[hashes[Address.key(rejection.address)] ?? SubscriberHash(of: rejection.address)] = rejection.message
        }
    }

    var isEmpty: Bool { reasons.isEmpty }

    subscript(hash: SubscriberHash) -> String? { reasons.isEmpty ? nil : reasons[hash] }
}
