import HooklineCore

/// Counts the addresses whose rows have different outcomes: one kept and another dropped, or with other labels.
///
/// The first kept row represents its address, which may not be what the user of a list with several rows per person expects.
///
/// Nearly all addresses have one row, so a table of all of them would waste time: rows are noted in a list, at 12 bytes each, and two bitmaps
/// tell at the end which few of them may have company. A long list is on disk. Building the bitmaps at the end, and not row by row, keeps the
/// processor from waiting for memory.
struct DifferentEnds {
    private enum Mark {
        static let kept: UInt64 = 1
        static let dropped: UInt64 = 2
        static let otherLabels: UInt64 = 4
        /// Stays out whatever its rows say, so there is nothing to warn about.
        static let refused: UInt64 = 8
        static let all: UInt64 = 15
    }

    /// The first 60 bits of the hash of each address, with a mark in the last four.
    private var noted: NotedRows
    /// The marks of all rows.
    private var marks: UInt64 = 0

    /// - Parameter spilling: where a long list goes; nil if it stays in memory.
    init(_ spilling: Spilling?) { noted = NotedRows(spilling) }

    // All throw the scratch's errors.
    mutating func noteKept(_ hash: SubscriberHash, row: Int) throws { try note(Mark.kept, hash, row) }
    mutating func noteDropped(_ hash: SubscriberHash, row: Int) throws { try note(Mark.dropped, hash, row) }
    mutating func noteOtherLabels(_ hash: SubscriberHash, row: Int) throws { try note(Mark.otherLabels, hash, row) }
    mutating func noteRefused(_ hash: SubscriberHash, row: Int) throws { try note(Mark.refused, hash, row) }

    private mutating func note(_ mark: UInt64, _ hash: SubscriberHash, _ row: Int) throws {
        try noted.append(hash.high & ~Mark.all | mark, row: row)
        marks |= mark
    }

    /// Counts the addresses whose rows have different outcomes, after the last row.
    ///
    /// - Parameter threads: how many threads count.
    /// - Returns: how many there are, and the first row that differs.
    /// - Throws: the scratch's errors.
    func count(threads: Int) throws -> RowCount {
        if marks & Mark.otherLabels == 0, marks & Mark.kept == 0 || marks & Mark.dropped == 0 { return RowCount() }
        return try noted.count(threads: threads) { Self.count($0) }
    }

    private static func count(_ part: NotedRows.Part) -> RowCount {
        var found = RowCount()
        let kept = FingerprintBitmap(part, marked: Mark.kept | Mark.otherLabels)
        let dropped = FingerprintBitmap(part, marked: Mark.dropped | Mark.otherLabels)
        var marks = HashTable()
        part.forEach { entry, row in
            guard kept.contains(entry), dropped.contains(entry) else { return }
            let address = SubscriberHash(high: entry & ~Mark.all, low: entry >> 4)
            let mark = UInt8(truncatingIfNeeded: entry & Mark.all)
            let before = marks.update(address) { $0 | mark }
            let (differed, differs) = (Self.differs(before), Self.differs(before | mark))
            if differs == differed { return }
            if differs { found.add(row) } else { found.takeBack() }
        }
        return found
    }

    private static func differs(_ mark: UInt8) -> Bool {
        let mark = UInt64(mark)
        if mark & Mark.refused != 0 { return false }
        return mark & (Mark.kept | Mark.dropped) == Mark.kept | Mark.dropped || mark & Mark.otherLabels != 0
    }
}
