/// The texts that a rule looks for in a column, and which of them it has met.
///
/// A text that stands in no row is a slip more often than not, and one beside `!=` lets everybody in.
final class TextSearch {
    let field: String
    let ignoresCase: Bool
    let position: SourcePosition?
    private let texts: [String]
    private let spellings: [[UInt8]]
    /// Places in `spellings` plus one, by the hash of the text; 0 where there is none. Twice as many as texts at least.
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

    /// Those that have not been met.
    var unseen: [String] {
        texts.indices.filter { place in !texts.indices.contains { isSeen[$0] && spellings[$0] == spellings[place] } }.map { texts[$0] }
    }

    /// Whether the value is one of the texts; it counts as met then.
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

    /// FNV-1a, whose low bits are as good as the others once they are mixed.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
    }
}
