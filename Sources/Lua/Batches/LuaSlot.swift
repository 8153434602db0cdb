import CLuaHost

/// Where one batch of rows lies while a machine works on it, with the outcome of its rows: memory shared with the machine's process.
///
/// Call `open`, then add what is known about the rows, then `LuaMachine.start` and `finish`. A column can be added before the start or
/// when it is fetched. The layout is this object's own: of what the other process may have written, it reads only values, and checks each.
package final class LuaSlot {
    /// The size of a slot in bytes; unused parts take no memory.
    package static let byteCount = 128 << 20

    let number: Int
    let base: UnsafeMutableRawPointer
    private let memory: SharedMemory
    private(set) var layout = SlotLayout(rowCount: 0, columnCount: 0, outputs: SlotOutputs(fields: []))
    private var kinds: [LuaColumn.Kind] = []
    private var next = 0
    private var held: [Bool] = []

    init(number: Int, memory: SharedMemory) {
        self.number = number
        self.memory = memory
        base = memory.base + number * Self.byteCount
    }

    package var rowCount: Int { layout.rowCount }
    package var columnCount: Int { layout.columnCount }
    /// Its number among the machine's slots, from 0.
    package var index: Int { number }

    /// Whether this many rows fit, with columns that take `columnBytes` bytes in all.
    package static func fits(rows: Int, columns: Int, columnBytes: Int, outputs: SlotOutputs) -> Bool {
        let layout = SlotLayout(rowCount: rows, columnCount: columns, outputs: outputs)
        return layout.end + columnBytes + columns * 4 * SlotLayout.unit <= byteCount
    }

    /// Makes the slot ready for `rowCount` rows, none of which has run.
    package func open(rowCount: Int, kinds: [LuaColumn.Kind], outputs: SlotOutputs) {
        layout = SlotLayout(rowCount: rowCount, columnCount: kinds.count, outputs: outputs)
        self.kinds = kinds
        next = layout.end
        held = Array(repeating: false, count: kinds.count)
        header.pointee = layout.header
        let columns = (base + layout.columns).bindMemory(to: hl_slot_column.self, capacity: kinds.count)
        for (index, kind) in kinds.enumerated() {
            columns[index] = hl_slot_column(type: kind.flat, present: 0, valid: 0, bytes: 0, offsets: 0, numbers: 0)
        }
        let fields = (base + layout.outputs).bindMemory(to: hl_slot_texts.self, capacity: layout.fields.count)
        for (index, field) in layout.fields.enumerated() {
            fields[index] = field.flat
            zero(field.states, rowCount)
        }
        if let mapping = layout.mapping { zero(mapping.states, rowCount) }
        if let locations = layout.locations { zero(locations.counts, rowCount * 2) }
        zero(layout.verdicts, rowCount)
        zero(layout.labels.counts, rowCount * 2)
    }

    /// Says which rows are to run (one byte per row, 0 for a row to leave out) and gives their numbers in the source.
    package func set(selected: UnsafeBufferPointer<UInt8>, rowNumbers: UnsafeBufferPointer<Int>) {
        precondition(selected.count >= rowCount && rowNumbers.count >= rowCount, "every row is selected or not")
        copy(UnsafeRawBufferPointer(start: selected.baseAddress, count: rowCount), to: layout.selected)
        copy(UnsafeRawBufferPointer(start: rowNumbers.baseAddress, count: rowCount * 8), to: layout.rowNumbers)
    }

    /// Adds the values of a column, once per column.
    ///
    /// - Parameters:
    ///   - column: the buffers, which may hold more rows than the slot.
    ///   - index: the number of the column, from 0.
    ///   - first: the row of the buffers that becomes the first row of the slot.
    package func put(_ column: LuaColumn, at index: Int, from first: Int = 0) {
        let rows = first..<first + rowCount
        precondition(column.holds(rows.upperBound), "the column has a value for every row")
        let entry = (base + layout.columns).assumingMemoryBound(to: hl_slot_column.self) + index
        entry.pointee.valid = append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(column.valid)[rows]))
        if kinds[index].isBytes {
            let start = Int(column.offsets[rows.lowerBound])
            let end = Int(column.offsets[rows.upperBound])
            entry.pointee.bytes = append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(column.bytes)[start..<end]))
            let offsets = append(words(column.offsets, rows.lowerBound..<rows.upperBound + 1))
            if start > 0 { rebase(Int(offsets), by: UInt32(start)) }
            entry.pointee.offsets = offsets
        } else if kinds[index] == .number {
            entry.pointee.numbers = append(words(column.numbers, rows))
        } else {
            entry.pointee.numbers = append(words(column.integers, rows))
        }
        entry.pointee.present = 1
        held[index] = true
    }

    /// Whether a column has been added since the slot was opened.
    func holds(_ column: Int) -> Bool { held[column] }

    /// Marks a row as failed; the batch continues with the next one.
    package func resume(afterFailureOf row: Int) {
        precondition(row >= 0 && row < rowCount, "the row is one of the batch")
        store(UInt8(HL_ROW_FAILED), at: layout.verdicts + row)
        header.pointee.next_row = UInt32(row + 1)
        header.pointee.next_step = 0
    }

    /// Continues with the same row, as if it did not have the step.
    package func resume(row: Int, without step: Int) {
        precondition(row >= 0 && row < rowCount && step >= 0 && step < 1_000, "the row is one of the batch, the step one of its steps")
        header.pointee.next_row = UInt32(row)
        header.pointee.next_step = UInt32(step + 1)
    }

    var header: UnsafeMutablePointer<hl_slot> { base.assumingMemoryBound(to: hl_slot.self) }

    /// The row and step at which the batch stands; nil at its end.
    var standing: (row: Int?, step: Int?) {
        let (row, step) = (Int(header.pointee.next_row), Int(header.pointee.next_step))
        return row < rowCount ? (row, step) : (nil, nil)
    }

    private func zero(_ index: Int, _ count: Int) { (base + index).initializeMemory(as: UInt8.self, repeating: 0, count: count) }

    private func store(_ byte: UInt8, at index: Int) { base.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }

    private func copy(_ bytes: UnsafeRawBufferPointer, to index: Int) {
        if let source = bytes.baseAddress { (base + index).copyMemory(from: source, byteCount: bytes.count) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        precondition(next + bytes.count <= Self.byteCount, "the rows fit into the slot")
        defer { next += SlotLayout.rounded(bytes.count) }
        copy(bytes, to: next)
        return UInt64(next)
    }

    private func words<Word>(_ buffer: UnsafeBufferPointer<Word>, _ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[range]))
    }

    /// Makes the positions of a part of a batch start at its first value.
    private func rebase(_ index: Int, by start: UInt32) {
        let offsets = (base + index).assumingMemoryBound(to: UInt32.self)
        for index in 0...rowCount { offsets[index] &-= start }
    }
}
