import CLuaHost

/// Where the arrays of a slot lie, in bytes from its start: the header, the fixed arrays, then the columns one after the other.
struct SlotLayout {
    /// Arrays begin at multiples of this.
    static let unit = 16
    /// Outputs that `LuaSlot.fits` reckons with.
    static let mostOutputs = 8
    /// Values of one batch that come back, together; more than this is no honest mapping.
    private static let mostWritten = 24 << 20

    let rowCount: Int
    let columnCount: Int
    let outputCount: Int
    let columns: Int
    let outputs: Int
    let selected: Int
    let rowNumbers: Int
    let verdicts: Int
    let reasons: Int
    let labelStarts: Int
    let labelCounts: Int
    let outputArrays: [(states: Int, starts: Int, lengths: Int)]
    let written: Int
    let writtenCapacity: Int
    /// Where the columns' values begin.
    let end: Int

    init(rowCount: Int, columnCount: Int, outputCount: Int) {
        var next = Self.rounded(MemoryLayout<hl_slot>.size)
        func take(_ bytes: Int) -> Int {
            defer { next += Self.rounded(bytes) }
            return next
        }
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.outputCount = outputCount
        columns = take(columnCount * MemoryLayout<hl_slot_column>.stride)
        outputs = take(outputCount * MemoryLayout<hl_slot_output>.stride)
        selected = take(rowCount)
        rowNumbers = take(rowCount * 8)
        verdicts = take(rowCount)
        reasons = take(rowCount * 2)
        labelStarts = take(rowCount * 4)
        labelCounts = take(rowCount * 2)
        outputArrays = (0..<outputCount).map { _ in (take(rowCount), take(rowCount * 4), take(rowCount * 4)) }
        writtenCapacity = min(Self.mostWritten, rowCount * (Int(HL_MAPPED_BYTES) * outputCount + 2 * Int(HL_ROW_LABELS)))
        written = take(writtenCapacity)
        end = next
    }

    static func rounded(_ bytes: Int) -> Int { (bytes + unit - 1) / unit * unit }

    /// What the other side reads: the batch at its beginning.
    var header: hl_slot {
        hl_slot(
            row_count: UInt32(rowCount), column_count: UInt32(columnCount), output_count: UInt32(outputCount), next_row: 0, next_step: 0,
            has_overlay: 0, processor_nanoseconds: 0, columns: UInt64(columns), selected: UInt64(selected), row_numbers: UInt64(rowNumbers),
            verdicts: UInt64(verdicts), reasons: UInt64(reasons), outputs: UInt64(outputs), label_starts: UInt64(labelStarts),
            label_counts: UInt64(labelCounts), written: UInt64(written), written_capacity: UInt64(writtenCapacity), written_length: 0)
    }
}
