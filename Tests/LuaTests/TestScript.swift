import Lua

/// A machine with one script, and what a test asks of it.
struct TestScript {
    let machine: LuaMachine
    let script: LuaScript

    init(_ text: String, modules: [LuaSource] = [], limits: LuaLimits = LuaLimits(), context: LuaValue = .record(name: "ctx", fields: []))
        throws
    {
        machine = try LuaMachine(limits: limits)
        for module in modules { try machine.add(module) }
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: text))
        script = try machine.loadScript("hooks")
        machine.sealGlobals()
        try machine.setContext(context)
    }

    /// What `return <expression>` gives, inside a function of the script.
    static func evaluate(_ expression: String, limits: LuaLimits = LuaLimits()) throws -> LuaValue {
        try TestScript("return { run = function(...) return \(expression) end }", limits: limits).call("run").first
    }

    /// What a function body gives.
    static func run(_ body: String, limits: LuaLimits = LuaLimits()) throws -> LuaValue {
        try TestScript("return { run = function(...)\n\(body)\nend }", limits: limits).call("run").first
    }

    func call(_ name: String, _ arguments: [LuaValue] = []) throws -> (first: LuaValue, second: LuaValue) {
        guard let function = try machine.function(name, of: script) else { throw LuaError(.misuse, message: "no function \(name)") }
        return try machine.call(function, arguments)
    }

    /// Prepares `map` and `filter`, as far as the script has them.
    func prepare(_ table: TestTable, outputs: [String] = ["email"]) throws {
        var steps: [LuaStep] = []
        if let map = try machine.function("map", of: script) { steps.append(LuaStep(.map, map)) }
        if let filter = try machine.function("filter", of: script) { steps.append(LuaStep(.filter, filter)) }
        try machine.prepareBatches(fields: table.names, steps: steps, outputs: outputs)
    }

    /// Runs the rows through `map` and `filter`; a failed row throws.
    func run(_ table: TestTable, selected: [UInt8]? = nil, rowNumbers: [Int64]? = nil) throws -> LuaOutcome {
        try prepare(table)
        let outcome = try LuaOutcome(rowCapacity: max(table.rowCount, 1), outputs: 1)
        outcome.reset()
        try run(table, selected: selected, rowNumbers: rowNumbers, into: outcome)
        return outcome
    }

    func run(_ table: TestTable, selected: [UInt8]? = nil, rowNumbers: [Int64]? = nil, into outcome: LuaOutcome) throws {
        try (selected ?? Array(repeating: 1, count: table.rowCount)).withUnsafeBufferPointer { selected in
            try (rowNumbers ?? Array(0..<Int64(table.rowCount))).withUnsafeBufferPointer { numbers in
                try machine.run(
                    LuaBatch(columns: table.columns, rowCount: table.rowCount, selected: selected, rowNumbers: numbers), into: outcome)
            }
        }
    }

    /// The text that `filter` gives as its reason for the only row: a way to look at what a hook sees.
    func reason(_ table: TestTable, row: Int = 0) throws -> String? {
        guard case .dropped(let number) = try run(table).verdict(row) else { return nil }
        return machine.reasons(from: 0)[number]
    }
}

extension LuaOutcome {
    /// The mapped address of a row; nil when it is absent or cleared.
    func email(_ row: Int) -> String? {
        guard case .text(let bytes) = mapped(0, row: row) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func verdicts(_ count: Int) -> [Verdict] { (0..<count).map { verdict($0) } }
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
