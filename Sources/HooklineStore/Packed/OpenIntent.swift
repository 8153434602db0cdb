import HooklineCore

/// The additions and removals of one call that is not answered so far, as one row of `intents` instead of a row of `members` for each.
///
/// Readers see them as if they were in `members`. The counts of the segment include them.
struct OpenIntent {
    let number: Int64
    /// The run's number; nil for a run that never began.
    let run: Int64?
    /// In hash order, each once.
    let adds: AddressList
    /// In hash order, each once; none of them in `adds`.
    let removes: AddressList

    /// The lists as a blob: hashes, then lengths and texts of the addresses, of the additions first.
    static func body(adds: AddressList, removes: AddressList) -> [UInt8] {
        var writer = PackedWriter(capacity: 50 * (adds.count + removes.count))
        for list in [adds, removes] {
            writer.append(list.hashes)
            list.forEachUTF8 { writer.append($1) }
        }
        return writer.bytes
    }

    /// Reads a row; nil if its blob is not what ``body(adds:removes:)`` writes.
    init?(number: Int64, run: Int64?, addCount: Int, removeCount: Int, body: UnsafeRawBufferPointer) {
        self.number = number
        self.run = run
        var reader = PackedReader(body)
        guard let adds = Self.list(addCount, &reader), let removes = Self.list(removeCount, &reader), reader.isAtEnd else { return nil }
        (self.adds, self.removes) = (adds, removes)
    }

    private static func list(_ count: Int, _ reader: inout PackedReader) -> AddressList? {
        guard let hashes = reader.hashes(count) else { return nil }
        var list = AddressList()
        for hash in hashes {
            guard let text = reader.text() else { return nil }
            list.append(text, hash)
        }
        return list.isInHashOrder ? list : nil
    }

    /// The state, address, and run of a hash; nil if the call is not about it.
    func find(_ hash: SubscriberHash) -> (state: MemberState, address: String)? {
        if let index = adds.hashes.index(of: hash) { return (.adding, adds[index]) }
        if let index = removes.hashes.index(of: hash) { return (.removing, removes[index]) }
        return nil
    }

    /// A number that tells sets of hashes apart. The order does not matter.
    static func digest(_ hashes: some Sequence<SubscriberHash>) -> Int64 {
        var sum: UInt64 = 0
        // MD5 is spread evenly, so a sum of all bits is enough where nobody chooses the sets.
        for hash in hashes { sum &+= hash.high &+ hash.low &* 0x9E37_79B9_7F4A_7C15 }
        return Int64(bitPattern: sum)
    }
}

extension [SubscriberHash] {
    /// The index of a hash in an array in hash order; nil if it is not there.
    func index(of hash: SubscriberHash) -> Int? {
        let index = partitioningIndex { $0 >= hash }
        return index < count && self[index] == hash ? index : nil
    }

    /// Whether two arrays in hash order have a hash in common.
    func intersects(_ other: [SubscriberHash]) -> Bool {
        var (left, right) = (0, 0)
        while left < count, right < other.count {
            if self[left] == other[right] { return true }
            if self[left] < other[right] { left += 1 } else { right += 1 }
        }
        return false
    }
}
