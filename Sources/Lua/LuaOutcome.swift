import CLuaHost

/// What became of the rows of a batch; reused from batch to batch.
package final class LuaOutcome {
    /// The fate of a row.
    package enum Verdict: Equatable, Sendable {
        /// Not selected, or not reached.
        case leftOut
        case kept
        /// With the number of its reason: `LuaMachine.reasons`.
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
        /// UTF-8; borrowed until the next `reset`.
        case text(UnsafeBufferPointer<UInt8>)
    }

    let storage: UnsafeMutablePointer<hl_outcome>

    /// Room for batches of up to so many rows.
    ///
    /// - Throws: `LuaError.Code.memory` when the system does not give the memory.
    package init(rowCapacity: Int, outputs: Int) throws(LuaError) {
        guard let storage = hl_outcome_create(UInt32(rowCapacity), UInt32(outputs)) else {
            throw LuaError(.memory, message: "there is no memory for the outcome of a batch")
        }
        self.storage = storage
    }

    deinit { hl_outcome_destroy(storage) }

    package var rowCapacity: Int { Int(storage.pointee.row_capacity) }

    /// Makes it ready for the next batch.
    package func reset() { hl_outcome_reset(storage) }

    package func verdict(_ row: Int) -> Verdict {
        switch Int(storage.pointee.verdicts[row]) {
        case Int(HL_ROW_KEPT): .kept
        case Int(HL_ROW_DROPPED): .dropped(reason: Int(storage.pointee.reasons[row]))
        case Int(HL_ROW_FAILED): .failed
        default: .leftOut
        }
    }

    /// The mapped value of an output field.
    package func mapped(_ output: Int, row: Int) -> Mapped {
        let field = storage.pointee.mapped[output]
        switch Int(field.states[row]) {
        case Int(HL_MAPPED_SET):
            // An empty value may come before any memory was needed.
            guard let bytes = field.bytes.bytes else { return .text(UnsafeBufferPointer(start: nil, count: 0)) }
            return .text(UnsafeBufferPointer(start: bytes + Int(field.starts[row]), count: Int(field.lengths[row])))
        case Int(HL_MAPPED_CLEARED): return .cleared
        default: return .absent
        }
    }

    /// Gives the row up, and goes on with the next one.
    package func resume(afterFailureOf row: Int) {
        storage.pointee.verdicts[row] = UInt8(HL_ROW_FAILED)
        storage.pointee.next_row = UInt32(row + 1)
        storage.pointee.next_step = 0
    }

    /// Goes on with the same row, as if it did not have the step.
    package func resume(row: Int, without step: Int) {
        storage.pointee.next_row = UInt32(row)
        storage.pointee.next_step = UInt32(step + 1)
    }
}
