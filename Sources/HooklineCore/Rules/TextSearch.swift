/// Searches a column for a rule's texts, and notes which of them it finds.
///
/// A text that no row has is usually a typo, and a typo after `!=` lets everybody in.
final class TextSearch {
    let field: String
    let ignoresCase: Bool
    let position: SourcePosition?
    let texts: [String]
    private let spellings: [[UInt8]]
    /// A hash table of indexes into `spellings`, plus one; 0 for an empty slot. It has at least twice as many slots as there are texts.
    private var slots: [Int32]
    private var isSeen: [Bool]
    private var buffer: [UInt8] = []

    init(_ texts: [String], field: String, ignoresCase: Bool, position: SourcePosition?) {
        self.texts = texts
        self.field = field
        self.ignoresCase = ignoresCase
        self.position = position
        spellings = texts.map { ignoresCase ? CaseFolding.folded($0) : Array($0.utf8) }
        isSeen = Array(repeating: false, count: texts.count)
        var size = 4
        while size < texts.count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (place, spelling) in spellings.enumerated() {
            var slot = spelling.withUnsafeBufferPointer(Self.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(place + 1)
        }
    }

    /// The texts that no value so far equals.
    var unseen: [String] {
        texts.indices.filter { place in !texts.indices.contains { isSeen[$0] && spellings[$0] == spellings[place] } }.map { texts[$0] }
    }

    /// Notes what another search for the same texts has found.
    func noteSeen(by other: TextSearch) {
        for place in isSeen.indices where other.isSeen[place] { isSeen[place] = true }
    }

    /// Notes which of the texts a row has.
    func noteSeen(_ seen: [Bool]) {
        for (place, isSeen) in zip(texts.indices, seen) where isSeen { self.isSeen[place] = true }
    }

    /// Whether the value is one of the texts; notes that it was found.
    func finds(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard ignoresCase else { return meets(value) }
        CaseFolding.fold(value, into: &buffer)
        return buffer.withUnsafeBufferPointer(meets)
    }

    private func meets(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        if spellings.count == 1 {
            guard Self.isEqual(value, spellings[0]) else { return false }
            if !isSeen[0] { isSeen[0] = true }
            return true
        }
        var slot = Self.hash(value) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if Self.isEqual(value, spellings[place]) {
                if !isSeen[place] { isSeen[place] = true }
                return true
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return false
    }

    private static func isEqual(_ value: UnsafeBufferPointer<UInt8>, _ spelling: [UInt8]) -> Bool {
        guard value.count == spelling.count else { return false }
        for place in 0..<value.count where value[place] != spelling[place] { return false }
        return true
    }

    /// FNV-1a, with the high bits mixed into the low ones, which pick the slot.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
    }
}
