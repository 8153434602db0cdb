import Lua

/// A machine with one script.
final class TestScript {
    static let outputs = SlotOutputs(fields: ["email"])

    let machine: LuaMachine
    let script: LuaScript
    /// Everything that the machine has reported so far.
    private(set) var heard = WorkerUpdate()

    /// Loads the script, in this process or in a worker.
    init(
        _ text: String, modules: [LuaSource] = [], limits: LuaLimits = LuaLimits(), context: LuaValue = .record(name: "ctx", fields: []),
        jail: LuaJail? = nil
    ) throws {
        machine = try jail.map { try LuaMachine(limits: limits, jail: $0, slots: 2) } ?? LuaMachine(limits: limits, slots: 2)
        for module in modules { try machine.add(module) }
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: text))
        script = try machine.loadScript("hooks")
        try machine.sealGlobals()
        try machine.setContext(context)
    }

    /// The value of an expression, inside a function of the script.
    static func evaluate(_ expression: String, limits: LuaLimits = LuaLimits()) throws -> LuaValue {
        try TestScript("return { run = function(...) return \(expression) end }", limits: limits).call("run").first
    }

    /// The result of a function body.
    static func run(_ body: String, limits: LuaLimits = LuaLimits()) throws -> LuaValue {
        try TestScript("return { run = function(...)\n\(body)\nend }", limits: limits).call("run").first
    }

    func call(_ name: String, _ arguments: [LuaValue] = []) throws -> (first: LuaValue, second: LuaValue) {
        guard let function = try machine.function(name, of: script) else { throw LuaError(.misuse, message: "no function \(name)") }
        return try machine.call(function, arguments)
    }

    /// Prepares the script's hooks for batches of the table's shape.
    func prepare(_ table: TestTable, outputs: SlotOutputs = TestScript.outputs) throws {
        var steps: [LuaStep] = []
        if let map = try machine.function("map", of: script) { steps.append(LuaStep(.map, map)) }
        if let filter = try machine.function("filter", of: script) { steps.append(LuaStep(.filter, filter)) }
        if let breakdown = try machine.function("breakdown", of: script) { steps.append(LuaStep(.breakdown, breakdown)) }
        try machine.prepareBatches(fields: table.names, steps: steps, outputs: outputs)
    }

    /// Runs the rows through the script's hooks; a failed row throws.
    func run(_ table: TestTable, selected: [UInt8]? = nil, rowNumbers: [Int]? = nil) throws -> Outcome {
        try prepare(table)
        let slot = open(table, selected: selected, rowNumbers: rowNumbers)
        try run(slot, table)
        return Outcome(slot: slot, update: heard)
    }

    /// Puts the rows into a slot; for a worker without their columns, which it then fetches.
    func open(
        _ table: TestTable, slot number: Int = 0, selected: [UInt8]? = nil, rowNumbers: [Int]? = nil,
        outputs: SlotOutputs = TestScript.outputs
    ) -> LuaSlot {
        let slot = machine.slots[number]
        slot.open(rowCount: table.rowCount, kinds: table.columns.map(\.kind), outputs: outputs)
        (selected ?? Array(repeating: 1, count: table.rowCount)).withUnsafeBufferPointer { selected in
            (rowNumbers ?? Array(0..<table.rowCount)).withUnsafeBufferPointer { numbers in slot.set(selected: selected, rowNumbers: numbers)
            }
        }
        if machine.processID == nil { for index in table.columns.indices { slot.put(table.columns[index], at: index) } }
        return slot
    }

    /// Runs a slot from where it stands.
    func run(_ slot: LuaSlot, _ table: TestTable) throws {
        try machine.start(slot)
        try finish(slot, table)
    }

    func finish(_ slot: LuaSlot, _ table: TestTable) throws {
        let (update, failure) = try machine.finish(slot) { number, column in machine.slots[number].put(table.columns[column], at: column) }
        heard.add(update)
        if let failure { throw failure }
    }

    /// The reason that `filter` gives for a row: a way to look at what a hook sees.
    func reason(_ table: TestTable, row: Int = 0) throws -> String? {
        let outcome = try run(table)
        guard case .dropped(let number) = outcome.verdict(row) else { return nil }
        return outcome.update.reasons[number]
    }
}

/// The outcome of the rows of a slot.
struct Outcome {
    let slot: LuaSlot
    let update: WorkerUpdate

    func verdict(_ row: Int) -> LuaSlot.Verdict { slot.verdict(row) }
    func email(_ row: Int) -> String? { slot.email(row) }
    func verdicts(_ count: Int) -> [LuaSlot.Verdict] { slot.verdicts(count) }
    func labels(_ row: Int) -> [String] {
        var labels: [String] = []
        slot.forEachLabel(row) { labels.append(update.labels[$0]) }
        return labels
    }
}

extension LuaSlot {
    /// The mapped address of a row; nil when it is absent or cleared.
    func email(_ row: Int) -> String? {
        guard case .text(let bytes) = mapped(0, row: row) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func verdicts(_ count: Int) -> [Verdict] { (0..<count).map { verdict($0) } }
}

extension LuaError {
    /// Whether the message contains all of these: names and numbers, not sentences.
    func mentions(_ facts: String...) -> Bool { facts.allSatisfy { message.contains($0) } }
}

/// The error that a closure throws; nil when it throws none.
func luaError(_ body: () throws -> Void) -> LuaError? {
    do {
        try body()
        return nil
    } catch {
        return error as? LuaError
    }
}
