import CLuaHost

/// Where the arrays of a slot lie, in bytes from its start: the header, the fixed arrays, then the columns one after the other.
struct SlotLayout {
    /// The arrays of a text per row.
    struct Texts {
        let states: Int
        let starts: Int
        let lengths: Int
    }

    /// The arrays of a list per row.
    struct Lists {
        let starts: Int
        let counts: Int
    }

    /// Arrays begin at multiples of this.
    static let unit = 16
    /// The most bytes that a batch hands back in all; no honest script needs more.
    private static let mostWritten = 24 << 20

    let rowCount: Int
    let columnCount: Int
    let columns: Int
    let outputs: Int
    let selected: Int
    let rowNumbers: Int
    let verdicts: Int
    let reasons: Int
    let labels: Lists
    /// One for each mapped field.
    let fields: [Texts]
    /// nil where nobody wants it.
    let mapping: Texts?
    /// nil where nobody wants them.
    let locations: Lists?
    let written: Int
    let writtenCapacity: Int
    /// Where the values of the columns begin.
    let end: Int
    private let flags: UInt32

    init(rowCount: Int, columnCount: Int, outputs wanted: SlotOutputs) {
        var next = Self.rounded(MemoryLayout<hl_slot>.size)
        func take(_ bytes: Int) -> Int {
            defer { next += Self.rounded(bytes) }
            return next
        }
        func takeTexts() -> Texts { Texts(states: take(rowCount), starts: take(rowCount * 4), lengths: take(rowCount * 4)) }
        func takeLists() -> Lists { Lists(starts: take(rowCount * 4), counts: take(rowCount * 2)) }
        self.rowCount = rowCount
        self.columnCount = columnCount
        flags = wanted.flags
        columns = take(columnCount * MemoryLayout<hl_slot_column>.stride)
        outputs = take(wanted.fields.count * MemoryLayout<hl_slot_texts>.stride)
        selected = take(rowCount)
        rowNumbers = take(rowCount * 8)
        verdicts = take(rowCount)
        reasons = take(rowCount * 2)
        labels = takeLists()
        fields = wanted.fields.map { _ in takeTexts() }
        mapping = wanted.wantsMapping ? takeTexts() : nil
        locations = wanted.wantsLocations ? takeLists() : nil
        writtenCapacity = min(Self.mostWritten, rowCount * Self.mostWrittenPerRow(wanted))
        written = take(writtenCapacity)
        end = next
    }

    private static func mostWrittenPerRow(_ wanted: SlotOutputs) -> Int {
        let texts = wanted.fields.count + (wanted.wantsMapping ? 1 : 0)
        let locations = wanted.wantsLocations ? Int(HL_ROW_STEPS) * MemoryLayout<hl_slot_location>.stride : 0
        return Int(HL_MAPPED_BYTES) * texts + 2 * Int(HL_ROW_LABELS) + locations
    }

    static func rounded(_ bytes: Int) -> Int { (bytes + unit - 1) / unit * unit }

    /// What the other side reads at the start of the slot.
    var header: hl_slot {
        hl_slot(
            row_count: UInt32(rowCount), column_count: UInt32(columnCount), output_count: UInt32(fields.count), wants: flags,
            next_row: 0, next_step: 0, has_overlay: 0, processor_nanoseconds: 0, columns: UInt64(columns), selected: UInt64(selected),
            row_numbers: UInt64(rowNumbers), verdicts: UInt64(verdicts), reasons: UInt64(reasons), outputs: UInt64(outputs),
            mapping: mapping?.flat ?? hl_slot_texts(), labels: labels.flat, locations: locations?.flat ?? hl_slot_lists(),
            written: UInt64(written), written_capacity: UInt64(writtenCapacity), written_length: 0)
    }
}

extension SlotLayout.Texts {
    var flat: hl_slot_texts { hl_slot_texts(states: UInt64(states), starts: UInt64(starts), lengths: UInt64(lengths)) }
}

extension SlotLayout.Lists {
    var flat: hl_slot_lists { hl_slot_lists(starts: UInt64(starts), counts: UInt64(counts)) }
}
