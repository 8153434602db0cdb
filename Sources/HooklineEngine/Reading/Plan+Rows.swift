import HooklineCore

extension Plan {
    /// The mark of a hash that is, or is expected to be, in a segment after the run.
    static let isExpected: UInt8 = 2

    /// Marks the hashes that are expected in a segment, unless Mailchimp said otherwise: those that were added and those that were found in
    /// it. Others have the mark 1. If nothing was sent, addresses that are only asked again are not expected.
    func expected(_ hashes: [SubscriberHash], nothingSent: Bool) throws -> HashTable {
        var table = HashTable(of: hashes)
        func expect(_ list: AddressList) {
            for hash in list.hashes where table.mark(of: hash) == 1 { table.set(Self.isExpected, for: hash) }
        }
        for segment in segments {
            if !nothingSent || segment.askedAgain == nil { try segment.adds.forEachBlock(expect) }
            if let adopted = segment.adopted { expect(adopted) }
            if let found = segment.reconciliation { expect(found.strangers) }
        }
        return table
    }

    /// Gives the rows the addresses that the plan adds.
    func fillIn(_ rows: inout FirstKeptRows) throws {
        var missing = rows.withoutAddress
        if missing.isEmpty { return }
        for segment in segments {
            try segment.adds.forEachBlock { block in
                for (index, hash) in block.hashes.enumerated() where missing[hash] == .some(nil) { missing[hash] = block[index] }
            }
        }
        rows.fillIn(missing)
    }
}
