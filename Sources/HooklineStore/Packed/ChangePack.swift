import HooklineCore

/// What one call did to its additions, or to its removals, as one row of `change_packs` instead of a row of `changes` for each.
struct ChangePack {
    /// The side of the call: the packs of one side of a run and segment do not overlap.
    enum Half: Int64, CaseIterable {
        case adds = 0
        case removes = 1
    }

    /// In hash order, each once.
    let hashes: [SubscriberHash]
    let kinds: [LedgerChange.Kind]
    /// An address for each hash that is removed; none for the others.
    let addresses: [String?]

    init(hashes: [SubscriberHash], kinds: [LedgerChange.Kind], addresses: [String?]) {
        (self.hashes, self.kinds, self.addresses) = (hashes, kinds, addresses)
    }

    /// The pack of some changes; nil for none, and when an address comes twice or is too long for a blob.
    init?(_ changes: [LedgerChange]) {
        let isSorted = zip(changes, changes.dropFirst()).allSatisfy { $0.hash < $1.hash }
        let changes = isSorted ? changes : changes.sorted { $0.hash < $1.hash }
        guard !changes.isEmpty, zip(changes, changes.dropFirst()).allSatisfy({ $0.hash != $1.hash }),
            changes.allSatisfy({ ($0.address?.utf8.count ?? 0) <= PackedWriter.longestText })
        else { return nil }
        self.init(hashes: changes.map(\.hash), kinds: changes.map(\.kind), addresses: changes.map(\.address))
    }

    /// The pack as a blob: hashes, kinds, then length and text of the addresses of those that were removed.
    var body: [UInt8] {
        var writer = PackedWriter(capacity: 17 * hashes.count)
        writer.append(hashes)
        for kind in kinds { writer.append(UInt8(kind.rawValue)) }
        for (kind, address) in zip(kinds, addresses) where kind == .removed {
            var address = address ?? ""
            address.withUTF8 { writer.append($0) }
        }
        return writer.bytes
    }

    /// Reads a row; nil if its blob is not what ``body`` is.
    init?(count: Int, body: UnsafeRawBufferPointer) {
        var reader = PackedReader(body)
        guard let hashes = reader.hashes(count), let kinds = reader.take(count) else { return nil }
        self.hashes = hashes
        self.kinds = kinds.compactMap { LedgerChange.Kind(rawValue: Int($0)) }
        guard self.kinds.count == count, zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        var addresses: [String?] = []
        addresses.reserveCapacity(count)
        for kind in self.kinds {
            guard kind == .removed else {
                addresses.append(nil)
                continue
            }
            guard let text = reader.text() else { return nil }
            addresses.append(String(decoding: text, as: UTF8.self))
        }
        guard reader.isAtEnd else { return nil }
        self.addresses = addresses
    }

    subscript(index: Int) -> LedgerChange { LedgerChange(hash: hashes[index], kind: kinds[index], address: addresses[index]) }
}
