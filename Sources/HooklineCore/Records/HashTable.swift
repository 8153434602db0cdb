/// Maps subscriber hashes to bytes by open addressing: 17 bytes per slot, no allocation per entry.
///
/// A hash's slot follows from its last 8 bytes. From its first ones, hashes that come in their order, as from the ledger, or that are of one
/// part of all, would crowd into a part of a table that is made for more, or is growing, and each search would take long.
package struct HashTable: Sendable {
    private var slots: Slots
    /// How many hashes it contains.
    package private(set) var count = 0

    /// A table for about `capacity` hashes, after which it grows.
    package init(capacity: Int = 1_000) {
        slots = Slots(bits: Self.bits(for: capacity))
    }

    private static func bits(for capacity: Int) -> Int {
        var bits = 6
        while (1 << bits) * 7 < capacity * 10 { bits += 1 }
        return bits
    }

    /// Makes room for `capacity` hashes at once, where growing to it step by step would move them several times.
    package mutating func reserve(_ capacity: Int) {
        let bits = Self.bits(for: capacity)
        if bits > slots.bits { slots = slots.copy(bits: bits) }
    }

    /// A table of these hashes, each with the byte 1.
    package init(of hashes: some Collection<SubscriberHash>) {
        self.init(capacity: hashes.count)
        for hash in hashes { set(1, for: hash) }
    }

    /// The byte of a hash; 0 if the table does not contain it.
    package func mark(of hash: SubscriberHash) -> UInt8 {
        slots.marks[slots.index(of: hash)]
    }

    /// Sets the byte of a hash, which must not be 0.
    package mutating func set(_ mark: UInt8, for hash: SubscriberHash) {
        precondition(mark != 0, "0 means absent")
        _ = update(hash) { _ in mark }
    }

    /// Applies `change` to the byte of a hash (0 if absent) with one search, where `mark` and `set` need two.
    ///
    /// - Returns: the byte before.
    package mutating func update(_ hash: SubscriberHash, _ change: (UInt8) -> UInt8) -> UInt8 {
        makeUnique()
        let index = slots.index(of: hash)
        let before = slots.marks[index]
        let after = change(before)
        guard after != before else { return before }
        slots.marks[index] = after
        if before == 0 {
            slots.keys[index] = hash
            count += 1
            if count * 10 > slots.count * 7 { grow() }
        }
        return before
    }

    /// Sets bits in the bytes of many hashes, one after another.
    ///
    /// - Parameters:
    ///   - bits: which bits; not 0.
    ///   - hashes: the hashes.
    ///   - isWanted: 1 for each hash that takes part, 0 for others.
    ///   - before: receives the byte that each had before; 0 if absent, and for those that take no part.
    package mutating func set(_ bits: UInt8, for hashes: [SubscriberHash], where isWanted: [UInt8], before: inout [UInt8]) {
        precondition(bits != 0 && isWanted.count == hashes.count)
        makeUnique()
        while (count + hashes.count) * 10 > slots.count * 7 { grow() }
        before.removeAll(keepingCapacity: true)
        before.append(contentsOf: repeatElement(0, count: hashes.count))
        let (keys, marks, slots) = (slots.keys, slots.marks, slots)
        var added = 0
        hashes.withUnsafeBufferPointer { hashes in
            isWanted.withUnsafeBufferPointer { isWanted in
                before.withUnsafeMutableBufferPointer { before in
                    // Looks at the first slot of every hash. No look depends on another, so the processor waits for memory once, not each time.
                    for index in hashes.indices {
                        let first = slots.firstIndex(of: hashes[index])
                        before[index] = marks[first] != 0 && keys[first] == hashes[index] ? Self.isInFirstSlot : 0
                    }
                    for index in hashes.indices {
                        let isInFirst = before[index] == Self.isInFirstSlot
                        before[index] = 0
                        if isWanted[index] == 0 { continue }
                        let hash = hashes[index]
                        let slot = isInFirst ? slots.firstIndex(of: hash) : slots.index(of: hash)
                        before[index] = marks[slot]
                        marks[slot] |= bits
                        if before[index] == 0 {
                            keys[slot] = hash
                            added += 1
                        }
                    }
                }
            }
        }
        count += added
    }

    /// Finds the bytes of many hashes.
    ///
    /// - Parameters:
    ///   - hashes: the hashes.
    ///   - found: receives the byte of each, 0 if the table does not contain it, in place of what it has.
    package func marks(of hashes: [SubscriberHash], into found: inout [UInt8]) {
        let (keys, marks, slots) = (slots.keys, slots.marks, slots)
        if found.count != hashes.count { found = Array(repeating: 0, count: hashes.count) }
        found.withUnsafeMutableBufferPointer { found in
            hashes.withUnsafeBufferPointer { hashes in
                // No look depends on another, so the processor waits for memory once, not each time.
                for index in hashes.indices {
                    let first = slots.firstIndex(of: hashes[index])
                    let mark = marks[first]
                    found[index] = mark == 0 || keys[first] == hashes[index] ? mark : marks[slots.index(of: hashes[index])]
                }
            }
        }
    }

    /// Passes every hash and its byte to `body`, in no particular order.
    package func forEach(_ body: (SubscriberHash, UInt8) -> Void) {
        let (keys, marks) = (slots.keys, slots.marks)
        for index in 0..<slots.count where marks[index] != 0 { body(keys[index], marks[index]) }
        withExtendedLifetime(slots) {}
    }

    /// How many slots the longest search for one of its hashes looks at: few, unless hashes crowd.
    package var longestSearch: Int {
        var longest = 0
        for index in 0..<slots.count where slots.marks[index] != 0 {
            longest = max(longest, (index - slots.firstIndex(of: slots.keys[index])) & (slots.count - 1) + 1)
        }
        return longest
    }

    private static let isInFirstSlot: UInt8 = 1

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&slots) { slots = slots.copy(bits: slots.bits) }
    }

    private mutating func grow() { slots = slots.copy(bits: slots.bits + 1) }
}

/// The memory of a table. Unchecked, because only a table that alone refers to it changes it.
private final class Slots: @unchecked Sendable {
    let bits: Int
    let count: Int
    /// The hash in each slot; not initialized in an empty one.
    let keys: UnsafeMutablePointer<SubscriberHash>
    /// The byte of each hash; 0 in an empty slot.
    let marks: UnsafeMutablePointer<UInt8>
    private let shift: UInt64
    private let mask: Int

    init(bits: Int) {
        self.bits = bits
        count = 1 << bits
        shift = UInt64(64 - bits)
        mask = count - 1
        keys = .allocate(capacity: count)
        marks = .allocate(capacity: count)
        marks.initialize(repeating: 0, count: count)
    }

    deinit {
        keys.deallocate()
        marks.deallocate()
    }

    /// Where the search for a hash begins. The bits of an MD5 are as good as random; those of other entries are mixed by the factor, which is
    /// that of Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4).
    func firstIndex(of hash: SubscriberHash) -> Int { Int(truncatingIfNeeded: (hash.low &* 0x9E37_79B9_7F4A_7C15) &>> shift) }

    /// The slot of a hash, or the empty one where it belongs.
    func index(of hash: SubscriberHash) -> Int {
        var index = firstIndex(of: hash)
        while marks[index] != 0, keys[index] != hash { index = (index + 1) & mask }
        return index
    }

    func copy(bits: Int) -> Slots {
        let copy = Slots(bits: bits)
        for index in 0..<count where marks[index] != 0 {
            let target = copy.index(of: keys[index])
            copy.keys[target] = keys[index]
            copy.marks[target] = marks[index]
        }
        return copy
    }
}
