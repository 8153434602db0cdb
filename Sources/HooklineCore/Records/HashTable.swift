/// A table from subscriber hash to one byte, with open addressing: 17 bytes a slot, no allocation an entry.
package struct HashTable: Sendable {
    private var keys: [SubscriberHash]
    private var marks: [UInt8]
    private var mask: Int
    /// How many hashes it holds.
    package private(set) var count = 0

    /// A table that takes about `capacity` hashes before it grows.
    package init(capacity: Int = 1_000) {
        var slots = 64
        while slots * 7 < capacity * 10 { slots *= 2 }
        keys = Array(repeating: SubscriberHash(high: 0, low: 0), count: slots)
        marks = Array(repeating: 0, count: slots)
        mask = slots - 1
    }

    /// The byte of a hash; 0 when the table does not hold it.
    package func mark(of hash: SubscriberHash) -> UInt8 {
        marks[slot(of: hash)]
    }

    /// Gives a hash its byte, which must not be 0.
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

    /// Applies `change` to the byte of a hash (0 when absent) and returns what it was; one search where `mark` and `set` need two.
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

    /// Every hash and its byte, in no order that means anything.
    package func forEach(_ body: (SubscriberHash, UInt8) -> Void) {
        for index in marks.indices where marks[index] != 0 { body(keys[index], marks[index]) }
    }

    private func slot(of hash: SubscriberHash) -> Int {
        // An MD5 is as good as random, so its own bits spread the slots.
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
