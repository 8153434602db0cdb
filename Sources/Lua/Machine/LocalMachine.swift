import CLuaHost

/// A machine in this process, whose batches hold all their columns.
final class LocalMachine: LuaPort {
    private let machine: OpaquePointer
    private var ran = RanBatches()

    /// - Throws: `LuaError.Code.memory` when there is not enough memory.
    init(limits: LuaLimits, lookups: SharedMemory?) throws(LuaError) {
        var flat = limits.flat
        guard let machine = hl_vm_create(&flat) else { throw LuaError(.memory, message: "there is not enough memory for a Lua machine") }
        self.machine = machine
        if let lookups { hl_vm_set_lookups(machine, lookups.base, UInt64(lookups.count)) }
    }

    deinit { hl_vm_destroy(machine) }

    func ask(_ message: Message) throws(LuaError) -> Answer {
        var answer = Answer(collecting { hl_answer(machine, message.bytes, message.bytes.count, &$0) })
        try answer.checkStatus()
        return answer
    }

    func start(_ slot: LuaSlot) throws(LuaError) {
        try ran.note(Answer(collecting { hl_run_slot(machine, slot.header, &$0) }), slot: slot.number)
    }

    func finish(_ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) -> RanBatches.End {
        guard let end = ran.take(slot: slot.number) else { throw LuaError(.misuse, message: "the batch was not started") }
        return end
    }

    private func collecting(_ body: (inout hl_buffer) -> Void) -> [UInt8] {
        var buffer = hl_buffer()
        defer { hl_buffer_free(&buffer) }
        body(&buffer)
        return Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.length))
    }
}
