import HooklineCore

/// Counts the addresses whose rows have different outcomes: one kept and another dropped, or different labels.
///
/// The first kept row decides for its address, which may be wrong if a source has several rows per person.
struct DifferentEnds {
    private enum Mark {
        static let kept: UInt8 = 1
        static let dropped: UInt8 = 2
        static let otherLabels: UInt8 = 4
        /// The address stays out whatever its rows say, so there is nothing to warn about.
        static let refused: UInt8 = 8
    }

    /// How many such addresses there are so far.
    private(set) var count = 0
    /// The number of the first row whose outcome differs from that of an earlier row of its address.
    private(set) var firstRow: Int?
    private var marks = HashTable()

    mutating func noteKept(_ address: [UInt8], row: Int) { note(Mark.kept, address, row) }
    mutating func noteDropped(_ address: [UInt8], row: Int) { note(Mark.dropped, address, row) }
    mutating func noteOtherLabels(_ address: [UInt8], row: Int) { note(Mark.otherLabels, address, row) }
    mutating func noteRefused(_ address: [UInt8], row: Int) { note(Mark.refused, address, row) }

    private mutating func note(_ mark: UInt8, _ address: [UInt8], _ row: Int) {
        let before = marks.update(Self.fingerprint(address)) { $0 | mark }
        let (differed, differs) = (Self.differs(before), Self.differs(before | mark))
        if differs == differed { return }
        count += differs ? 1 : -1
        if differs, firstRow == nil { firstRow = row }
    }

    private static func differs(_ mark: UInt8) -> Bool {
        if mark & Mark.refused != 0 { return false }
        return mark & (Mark.kept | Mark.dropped) == Mark.kept | Mark.dropped || mark & Mark.otherLabels != 0
    }

    /// A 64-bit hash, fast rather than strong. With a million addresses, one run in thirty million has a collision, which makes the count in
    /// a warning wrong.
    private static func fingerprint(_ address: [UInt8]) -> SubscriberHash {
        var hasher = Hasher()
        address.withUnsafeBytes { hasher.combine(bytes: $0) }
        let bits = UInt64(bitPattern: Int64(hasher.finalize()))
        return SubscriberHash(high: bits, low: bits)
    }
}
