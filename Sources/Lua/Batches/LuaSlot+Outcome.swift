import CLuaHost

extension LuaSlot {
    /// The outcome of a row.
    package enum Verdict: Equatable, Sendable {
        /// Not selected, or not reached.
        case leftOut
        case kept
        /// With the number of its reason in `WorkerUpdate.reasons`.
        case dropped(reason: Int)
        /// Set by the caller: `resume(afterFailureOf:)`.
        case failed
    }

    /// What the mapping says about a field of a row.
    package enum Mapped {
        /// Nothing.
        case absent
        /// The field is to be empty.
        case cleared
        /// Bytes, valid until the slot is opened again.
        case text(UnsafeRawBufferPointer)
    }

    package func verdict(_ row: Int) -> Verdict {
        switch Int(load(UInt8.self, layout.verdicts + row)) & Int(HL_ROW_OUTCOME) {
        case Int(HL_ROW_KEPT): .kept
        case Int(HL_ROW_DROPPED): .dropped(reason: Int(load(UInt16.self, layout.reasons + row * 2)))
        case Int(HL_ROW_FAILED): .failed
        default: .leftOut
        }
    }

    /// What a row's outcome relied on: flags HL_RELIES_ON_….
    package func reliance(_ row: Int) -> UInt8 { load(UInt8.self, layout.verdicts + row) & ~UInt8(HL_ROW_OUTCOME) }

    /// The mapped value of one of `SlotOutputs.fields`, by its index.
    package func mapped(_ field: Int, row: Int) -> Mapped { text(layout.fields[field], row) }

    /// The whole mapping of a row as JSON, valid until the slot is opened again; nil where there is none, or where nobody wants it.
    package func mapping(row: Int) -> UnsafeRawBufferPointer? {
        guard let mapping = layout.mapping, case .text(let bytes) = text(mapping, row) else { return nil }
        return bytes
    }

    /// The numbers of a row's labels in `WorkerUpdate.labels`.
    package func forEachLabel(_ row: Int, _ body: (Int) -> Void) {
        let size = MemoryLayout<UInt16>.size
        guard let list = list(layout.labels, row, most: Int(HL_ROW_LABELS), size: size) else { return }
        for index in 0..<list.count { body(Int(load(UInt16.self, list.start + index * size))) }
    }

    /// Where the steps of a row ended, in their order; none where nobody wants them.
    package func forEachLocation(_ row: Int, _ body: (LuaLocation) -> Void) {
        let size = MemoryLayout<hl_slot_location>.size
        guard let locations = layout.locations, let list = list(locations, row, most: Int(HL_ROW_STEPS), size: size) else { return }
        for index in 0..<list.count {
            let start = list.start + index * size
            body(
                LuaLocation(
                    step: Int(load(UInt32.self, start)), source: Int(load(UInt32.self, start + 4)), line: Int(load(UInt32.self, start + 8)))
            )
        }
    }

    /// A row's text, unless what the other process wrote about it leads out of the slot.
    private func text(_ texts: SlotLayout.Texts, _ row: Int) -> Mapped {
        switch Int(load(UInt8.self, texts.states + row)) {
        case Int(HL_MAPPED_SET):
            let start = Int(load(UInt32.self, texts.starts + row * 4))
            let length = Int(load(UInt32.self, texts.lengths + row * 4))
            guard length <= Int(HL_MAPPED_BYTES), start + length <= layout.writtenCapacity else { return .absent }
            return .text(UnsafeRawBufferPointer(start: base + layout.written + start, count: length))
        case Int(HL_MAPPED_CLEARED): return .cleared
        default: return .absent
        }
    }

    /// Where a row's list lies and how many elements of `size` bytes it has; nil for none, and for one that leads out of the slot.
    private func list(_ lists: SlotLayout.Lists, _ row: Int, most: Int, size: Int) -> (start: Int, count: Int)? {
        let count = Int(load(UInt16.self, lists.counts + row * 2))
        if count == 0 { return nil }
        let start = Int(load(UInt32.self, lists.starts + row * 4))
        guard count <= most, start + count * size <= layout.writtenCapacity else { return nil }
        return (layout.written + start, count)
    }

    private func load<Word: FixedWidthInteger>(_ type: Word.Type, _ index: Int) -> Word {
        base.loadUnaligned(fromByteOffset: index, as: Word.self)
    }
}
