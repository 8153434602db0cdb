import HooklineCore

/// The addresses of which a row does not consent, whichever rows come first.
///
/// Memory is for these addresses only, at 17 to 50 bytes each.
struct ConsentRefusals {
    private enum Mark {
        static let refused: UInt8 = 1
        /// A row that rules and hooks kept has been counted as without consent; further ones are duplicates.
        static let counted: UInt8 = 2
    }

    /// All of them.
    private(set) var addresses = HashTable()
    /// How many addresses the `map` hook set, and how many rows were refused that rules dropped before the hook could set one: what
    /// such a row would have been mapped to is not known.
    private(set) var mapped = 0
    private(set) var unmapped = 0

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
        if isMapped { mapped += 1 }
        if batch.consents[row] == 1 { return }
        func refuse() {
            let hash = classifier.address.withUnsafeBufferPointer { SubscriberHash(normalized: $0) }
            ends.noteRefused(classifier.address, row: batch.records.rowNumbers[row])
            guard addresses.mark(of: hash) == 0 else { return }
            addresses.set(hasMet(hash) ? Mark.refused | Mark.counted : Mark.refused, for: hash)
        }
        if classifier.readOwnAddress(row, of: batch.records) { refuse() }
        if isMapped, classifier.readMappedAddress(row, of: batch.verdicts) { refuse() }
        if batch.selection[row] != 1 { unmapped += 1 }
    }
}
