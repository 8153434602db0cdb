/// Maps subscriber hashes to bytes by open addressing: 17 bytes per slot, no allocation per entry.
package struct HashTable: Sendable {
    private var keys: [SubscriberHash]
    private var marks: [UInt8]
    private var mask: Int
    /// How many hashes it contains.
    package private(set) var count = 0

    /// A table for about `capacity` hashes, after which it grows.
    package init(capacity: Int = 1_000) {
        var slots = 64
        while slots * 7 < capacity * 10 { slots *= 2 }
        keys = Array(repeating: SubscriberHash(high: 0, low: 0), count: slots)
        marks = Array(repeating: 0, count: slots)
        mask = slots - 1
    }

    /// The byte of a hash; 0 if the table does not contain it.
    package func mark(of hash: SubscriberHash) -> UInt8 {
        marks[slot(of: hash)]
    }

    /// Sets the byte of a hash, which must not be 0.
    package mutating func set(_ mark: UInt8, for hash: SubscriberHash) {
        precondition(mark != 0, "0 means absent")
        let index = slot(of: hash)
        if marks[index] == 0 {
            keys[index] = hash
            count += 1
            marks[index] = mark
            if count * 10 > marks.count * 7 { grow() }
        } else {
            marks[index] = mark
        }
    }

    /// Applies `change` to the byte of a hash (0 if absent) with one search, where `mark` and `set` need two.
    ///
    /// - Returns: the byte before.
    package mutating func update(_ hash: SubscriberHash, _ change: (UInt8) -> UInt8) -> UInt8 {
        let index = slot(of: hash)
        let before = marks[index]
        let after = change(before)
        guard after != before else { return before }
        marks[index] = after
        if before == 0 {
            keys[index] = hash
            count += 1
            if count * 10 > marks.count * 7 { grow() }
        }
        return before
    }

    /// Passes every hash and its byte to `body`, in no particular order.
    package func forEach(_ body: (SubscriberHash, UInt8) -> Void) {
        for index in marks.indices where marks[index] != 0 { body(keys[index], marks[index]) }
    }

    private func slot(of hash: SubscriberHash) -> Int {
        // The bits of an MD5 are as good as random, and need no further mixing.
        var index = Int(truncatingIfNeeded: hash.low) & mask
        while marks[index] != 0, keys[index] != hash { index = (index + 1) & mask }
        return index
    }

    private mutating func grow() {
        var larger = HashTable(capacity: marks.count * 14 / 10)
        for index in marks.indices where marks[index] != 0 {
            let target = larger.slot(of: keys[index])
            larger.keys[target] = keys[index]
            larger.marks[target] = marks[index]
        }
        larger.count = count
        self = larger
    }
}
