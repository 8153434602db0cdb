import HooklineCore
import Lua

/// A machine with a filter, and all users passing through it one batch at a time: the cost of a hook without the host around it.
final class MachinePass {
    private let machine: LuaMachine
    private let users: BenchUsers
    /// The columns that the script reads.
    private let used: [Int]

    /// Loads the filter.
    ///
    /// - Parameters:
    ///   - users: the users to run.
    ///   - filter: the script.
    ///   - used: the columns that it reads.
    ///   - jail: nil for a machine in this process.
    /// - Throws: `LuaError` when the script does not load, `BenchError.noFilter` when it has no filter.
    init(_ users: BenchUsers, filter: String, used: [Int], jail: LuaJail?) throws {
        self.users = users
        self.used = used
        machine = if let jail { try LuaMachine(jail: jail, slots: 1) } else { try LuaMachine() }
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: filter))
        let script = try machine.loadScript("hooks")
        try machine.sealGlobals()
        try machine.setContext(.record(name: "ctx", fields: []))
        guard let function = try machine.function("filter", of: script) else { throw BenchError.noFilter }
        try machine.prepareBatches(fields: users.columns.map(\.name), steps: [LuaStep(.filter, function)], outputs: SlotOutputs(fields: []))
    }

    /// Runs all users once and returns nanoseconds per user.
    func run() throws -> Double {
        let slot = machine.slots[0]
        let kinds: [LuaColumn.Kind] = users.columns.map { column in
            switch column.type.storage {
            case .bytes: .text
            case .integers: .integer
            case .numbers: .number
            }
        }
        let selected = [UInt8](repeating: 1, count: RecordBatch.defaultRows)
        let start = ContinuousClock.now
        for batch in users.batches {
            slot.open(rowCount: batch.count, kinds: kinds, outputs: SlotOutputs(fields: []))
            selected.withUnsafeBufferPointer { selected in
                batch.rowNumbers.withUnsafeBufferPointer { slot.set(selected: selected, rowNumbers: $0) }
            }
            for column in used { Self.put(batch.columns[column], kinds[column], at: column, into: slot) }
            try machine.start(slot)
            if let failure = try machine.finish(slot).failure { throw failure }
        }
        return (ContinuousClock.now - start).nanoseconds / Double(users.count)
    }

    private static func put(_ column: ColumnBuffer, _ kind: LuaColumn.Kind, at index: Int, into slot: LuaSlot) {
        column.valid.withUnsafeBufferPointer { valid in
            column.bytes.withUnsafeBufferPointer { bytes in
                column.offsets.withUnsafeBufferPointer { offsets in
                    column.integers.withUnsafeBufferPointer { integers in
                        column.numbers.withUnsafeBufferPointer { numbers in
                            slot.put(
                                LuaColumn(kind, valid: valid, bytes: bytes, offsets: offsets, integers: integers, numbers: numbers),
                                at: index)
                        }
                    }
                }
            }
        }
    }
}

enum BenchError: Error {
    case noMemory
    case noFilter
    case baselineFailed
}
