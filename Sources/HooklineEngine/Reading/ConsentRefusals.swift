import HooklineCore

/// The addresses of which a row does not consent, whichever rows come first.
///
/// Memory is for these addresses, at 17 to 50 bytes each, and for rows that a `map` hook gave another address, at 32 bytes.
struct ConsentRefusals {
    private enum Mark {
        static let refused: UInt8 = 1
        /// A row that rules and hooks kept has been counted as without consent; further ones are duplicates.
        static let counted: UInt8 = 2
    }

    /// All of them.
    private(set) var addresses = HashTable()
    /// For each row that consents and has a mapped address, its own column's address: a row that rules dropped may still refuse for that one,
    /// and the hook never saw it.
    private var links: [(own: SubscriberHash, mapped: SubscriberHash)] = []

    /// What a kept row of an address is.
    enum Standing {
        /// No row has refused so far.
        case consents
        /// Refused, and this is the first kept row of the address since.
        case refused
        /// Refused, and counted already.
        case counted
    }

    mutating func standing(of hash: SubscriberHash) -> Standing {
        if addresses.count == 0 { return .consents }
        let mark = addresses.mark(of: hash)
        if mark == 0 { return .consents }
        if mark & Mark.counted != 0 { return .counted }
        addresses.set(mark | Mark.counted, for: hash)
        return .refused
    }

    /// Takes in a row of a batch that may refuse.
    ///
    /// - Parameters:
    ///   - row: its index in the batch.
    ///   - batch: the batch, after the hooks.
    ///   - classifier: reads addresses.
    ///   - ends: learns who refused.
    ///   - hasMet: whether an earlier row of an address has been counted in the segment.
    mutating func note(
        _ row: Int, of batch: UserBatch, _ classifier: inout RowClassifier, _ ends: inout DifferentEnds, hasMet: (SubscriberHash) -> Bool
    ) {
        if batch.consents.isEmpty { return }
        let isMapped = batch.verdicts.addresses[row] == .mapped
        let consents = batch.consents[row] == 1
        if consents, !isMapped { return }
        func refuse(_ hash: SubscriberHash) {
            ends.noteRefused(classifier.address, row: batch.records.rowNumbers[row])
            refuseOnce(hash, hasMet)
        }
        var own: SubscriberHash?
        if classifier.readOwnAddress(row, of: batch.records) {
            let hash = classifier.hash
            own = hash
            if !consents { refuse(hash) }
        }
        guard isMapped, classifier.readMappedAddress(row, of: batch.verdicts) else { return }
        let mapped = classifier.hash
        if !consents || own.map({ addresses.mark(of: $0) != 0 }) == true {
            refuse(mapped)
        } else if let own, own != mapped {
            links.append((own, mapped))
        }
    }

    /// Refuses for mapped addresses whose own one was refused later; after the last row.
    mutating func finish(hasMet: (SubscriberHash) -> Bool) {
        var rest = links
        while true {
            let refused = rest.filter { addresses.mark(of: $0.own) != 0 }
            if refused.isEmpty { return }
            for link in refused { refuseOnce(link.mapped, hasMet) }
            rest.removeAll { addresses.mark(of: $0.mapped) != 0 }
        }
    }

    private mutating func refuseOnce(_ hash: SubscriberHash, _ hasMet: (SubscriberHash) -> Bool) {
        guard addresses.mark(of: hash) == 0 else { return }
        addresses.set(hasMet(hash) ? Mark.refused | Mark.counted : Mark.refused, for: hash)
    }
}
