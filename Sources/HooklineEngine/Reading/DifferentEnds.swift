import HooklineCore

/// Counts the addresses whose rows have different outcomes: one kept and another dropped, or with other labels.
///
/// The first kept row represents its address, which may not be what the user of a list with several rows per person expects.
///
/// Nearly all addresses have one row, so a table of all of them would be a waste of time: rows are noted in a list, 12 bytes each, and in
/// two bitmaps, which tell at the end which few of them may have company.
struct DifferentEnds {
    private enum Mark {
        static let kept: UInt64 = 1
        static let dropped: UInt64 = 2
        static let otherLabels: UInt64 = 4
        /// Stays out whatever its rows say, so there is nothing to warn about.
        static let refused: UInt64 = 8
        static let all: UInt64 = 15
    }

    /// What was found.
    struct Count: Equatable {
        /// How many addresses.
        var addresses = 0
        /// The number of the first row whose outcome differs from that of an earlier row of its address.
        var firstRow: Int?
    }

    /// Fingerprints of addresses, each with a mark in its lowest four bits.
    private var noted: [UInt64] = []
    private var rows: [UInt32] = []
    /// By part of the fingerprint, whether an address was kept, and whether one was dropped.
    private var kept = Bitmap()
    private var dropped = Bitmap()

    mutating func noteKept(_ address: [UInt8], row: Int) { note(Mark.kept, address, row) }
    mutating func noteDropped(_ address: [UInt8], row: Int) { note(Mark.dropped, address, row) }
    mutating func noteOtherLabels(_ address: [UInt8], row: Int) { note(Mark.otherLabels, address, row) }
    mutating func noteRefused(_ address: [UInt8], row: Int) { note(Mark.refused, address, row) }

    private mutating func note(_ mark: UInt64, _ address: [UInt8], _ row: Int) {
        let fingerprint = Self.fingerprint(address)
        noted.append(fingerprint & ~Mark.all | mark)
        rows.append(UInt32(truncatingIfNeeded: row))
        if mark & (Mark.kept | Mark.otherLabels) != 0 { kept.insert(fingerprint) }
        if mark & (Mark.dropped | Mark.otherLabels) != 0 { dropped.insert(fingerprint) }
    }

    /// The addresses whose rows have different outcomes, after the last row.
    func count() -> Count {
        if dropped.isEmpty || kept.isEmpty { return Count() }
        var found = Count()
        var marks = HashTable()
        for (index, entry) in noted.enumerated() where kept.contains(entry) && dropped.contains(entry) {
            let address = SubscriberHash(high: entry & ~Mark.all, low: entry >> 4)
            let mark = UInt8(truncatingIfNeeded: entry & Mark.all)
            let before = marks.update(address) { $0 | mark }
            let (differed, differs) = (Self.differs(before), Self.differs(before | mark))
            if differs == differed { continue }
            found.addresses += differs ? 1 : -1
            if differs, found.firstRow == nil { found.firstRow = Int(rows[index]) }
        }
        return found
    }

    private static func differs(_ mark: UInt8) -> Bool {
        let mark = UInt64(mark)
        if mark & Mark.refused != 0 { return false }
        return mark & (Mark.kept | Mark.dropped) == Mark.kept | Mark.dropped || mark & Mark.otherLabels != 0
    }

    /// A hash of 60 bits and a mark, fast rather than strong: among a million addresses two collide once in two million runs, and a collision
    /// costs a wrong count in a warning.
    private static func fingerprint(_ address: [UInt8]) -> UInt64 {
        address.withUnsafeBytes { bytes in
            var hash = UInt64(bytes.count) &* factor
            var at = 0
            while at + 8 <= bytes.count {
                hash = mixed(hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at += 8
            }
            var rest: UInt64 = 0
            while at < bytes.count {
                rest = rest << 8 | UInt64(bytes[at])
                at += 1
            }
            return mixed(mixed(hash ^ rest))
        }
    }

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* factor
        return product ^ product >> 29
    }
}

/// Which fingerprints may have been inserted: 16 million bits, 2 MB.
private struct Bitmap {
    private static let bits = 24
    private var words: [UInt64] = []

    var isEmpty: Bool { words.isEmpty }

    mutating func insert(_ fingerprint: UInt64) {
        if words.isEmpty { words = Array(repeating: 0, count: 1 << (Self.bits - 6)) }
        let bit = Int(truncatingIfNeeded: fingerprint >> (64 - UInt64(Self.bits)))
        words[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    func contains(_ fingerprint: UInt64) -> Bool {
        let bit = Int(truncatingIfNeeded: fingerprint >> (64 - UInt64(Self.bits)))
        return words[bit >> 6] & 1 << UInt64(bit & 63) != 0
    }
}
