import HooklineCore

/// Collects the addresses that have a row without consent, whatever the order of the rows.
///
/// It takes 17 to 50 bytes for each of these addresses, and 32 bytes for each row whose address a `map` hook changed.
struct ConsentRefusals {
    private enum Mark {
        static let refused: UInt8 = 1
        /// One kept row has been counted as without consent; further ones are duplicates.
        static let counted: UInt8 = 2
    }

    /// The addresses without consent, by hash.
    private(set) var addresses = HashTable()
    /// The own and the mapped address of each consenting row with a mapped address. A row that the rules dropped, which no hook saw, may
    /// still refuse for the own one.
    private var links: [(own: SubscriberHash, mapped: SubscriberHash)] = []

    /// The rows that do not consent and have a malformed address, so that they keep nobody out.
    private(set) var unknown = RowCount()

    /// Whether a kept row's address may enter the segment.
    enum Standing {
        /// No row has refused so far.
        case consents
        /// A row refused, and this is the first kept row since.
        case refused
        /// A row refused, and a kept row has been counted.
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

    /// Whether an address is refused, and a kept row of it has been counted.
    func isCounted(_ hash: SubscriberHash) -> Bool { addresses.mark(of: hash) & Mark.counted != 0 }

    /// Removes the mark of each row of a block whose address is refused.
    func removeRefused(_ block: inout CandidateBlock) {
        if addresses.count == 0 { return }
        for (row, hash) in block.addresses.hashes.enumerated() where addresses.mark(of: hash) != 0 { block.isWanted[row] = 0 }
    }

    /// Notes whether a row refuses, and for which addresses.
    ///
    /// - Parameters:
    ///   - row: its index in the batch.
    ///   - batch: the batch, after the hooks.
    ///   - classifier: has read the batch.
    ///   - ends: receives the addresses that refused.
    ///   - hasMet: whether an earlier row of the address has been counted in the segment.
    /// - Throws: the scratch's errors.
    mutating func note(
        _ row: Int, of batch: UserBatch, _ classifier: inout RowClassifier, _ ends: inout DifferentEnds, hasMet: (SubscriberHash) -> Bool
    ) throws {
        if batch.consents.isEmpty { return }
        let isMapped = batch.verdicts.addresses[row] == .mapped
        let consents = batch.consents[row] == 1
        if consents, !isMapped { return }
        func refuse(_ hash: SubscriberHash) throws {
            try ends.noteRefused(hash, row: batch.records.rowNumbers[row])
            refuseOnce(hash, hasMet)
        }
        var own: SubscriberHash?
        let isOwn = batch.verdicts.addresses[row] == .unchanged
        switch isOwn ? classifier.addresses.readings[row] : classifier.ownAddress(row, of: batch.records) {
        case .address:
            let hash = isOwn ? classifier.addresses.hashes[row] : classifier.ownHash
            own = hash
            if !consents { try refuse(hash) }
        case .malformed: if !consents { unknown.add(batch.records.rowNumbers[row]) }
        case .missing: break
        }
        guard isMapped, classifier.addresses.readings[row] == .address else { return }
        let mapped = classifier.addresses.hashes[row]
        if !consents || own.map({ addresses.mark(of: $0) != 0 }) == true {
            try refuse(mapped)
        } else if let own, own != mapped {
            links.append((own, mapped))
        }
    }

    /// Refuses for mapped addresses whose own address was refused later. Call it after the last row.
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
