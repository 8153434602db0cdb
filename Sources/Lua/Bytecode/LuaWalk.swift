/// Follows values through a file's code in a straight line: paths from globals and parameters, constants, functions and tables.
///
/// A register keeps its value until something writes it. Where jumps meet, only locals that are assigned once keep theirs. Everything
/// uncertain is unknown.
struct LuaWalk {
    enum Value {
        case unknown, none
        case text(String)
        case path(LuaAccess.Root, [String])
        case function(Int)
        case table(Int)

        var isText: Bool { if case .text = self { true } else { false } }
    }

    /// A table that a function makes.
    struct Table {
        var values: [String: Value] = [:]
        /// Whether it may hold keys that the walk has not seen.
        var isOpen = false
    }

    let prototype: LuaPrototype
    let upvalues: [Value]
    let isTopLevel: Bool
    let entry: String?
    /// By target of jumps: the first jump that leads there; -1 when one of them leads backwards.
    private let waysIn: [Int: Int]
    /// By register: the instruction that last wrote it.
    var lastWrites: [Int: Int] = [:]
    /// Registers that inner functions write.
    var restless: Set<Int> = []
    /// The longest path, in names, that is followed.
    static let longestPath = 8
    private let steady: [Int: [(register: Int, start: Int)]]
    var registers: [Int: Value] = [:]
    var tables: [Table] = []
    var accesses: [LuaAccess] = []
    /// By inner function: the values of its upvalues when it was created.
    var functions: [Int: [Value]] = [:]
    var returned: [Value] = []
    /// What may keep something from call to call.
    var retention: LuaRetentionWatch

    init(_ prototype: LuaPrototype, upvalues: [Value], entry: String?, isTopLevel: Bool) {
        self.prototype = prototype
        self.upvalues = upvalues
        self.entry = entry
        self.isTopLevel = isTopLevel
        let code = prototype.code.map(LuaInstruction.init)
        var waysIn: [Int: Int] = [:]
        for position in code.indices {
            guard let target = code[position].target(from: position) else { continue }
            // A jump backwards: what a loop writes is not known at its start.
            waysIn[target] = target <= position ? -1 : min(position, waysIn[target] ?? position)
        }
        self.waysIn = waysIn
        retention = LuaRetentionWatch(isTopLevel: isTopLevel, loops: waysIn.filter { $0.value < 0 }.map(\.key))
        steady = Self.steadyLocals(prototype, code)
    }

    /// By instruction: the locals in scope that nothing writes after their declaration.
    private static func steadyLocals(_ prototype: LuaPrototype, _ code: [LuaInstruction]) -> [Int: [(register: Int, start: Int)]] {
        var result: [Int: [(register: Int, start: Int)]] = [:]
        for (index, local) in prototype.locals.enumerated() where local.start < local.end && local.end <= code.count {
            // Locals are listed in the order of their declaration, and those in scope fill the registers from 0 on.
            let register = prototype.locals[..<index].count { $0.end > local.start }
            let isWritten = code[local.start..<local.end].contains { $0.written?.contains(register) ?? false }
            let isCapturedAndWritten = prototype.prototypes.contains { writes(register, in: $0) }
            if isWritten || isCapturedAndWritten { continue }
            for position in local.start..<local.end { result[position, default: []].append((register, local.start)) }
        }
        return result
    }

    /// Whether a function, or one inside it, assigns the variable in `register` of the enclosing function.
    static func writes(_ register: Int, in inner: LuaPrototype, asUpvalue: Int? = nil) -> Bool {
        inner.upvalues.indices.contains { index in
            let upvalue = inner.upvalues[index]
            guard asUpvalue.map({ !upvalue.inStack && upvalue.index == $0 }) ?? (upvalue.inStack && upvalue.index == register) else {
                return false
            }
            let assigns = inner.code.map(LuaInstruction.init).contains { $0.operation == .setUpvalue && $0.b == index }
            return assigns || inner.prototypes.contains { writes(register, in: $0, asUpvalue: index) }
        }
    }

    mutating func walk(_ parameters: [Value]) {
        for (index, value) in parameters.enumerated() { registers[index] = value }
        for position in prototype.code.indices {
            if let origin = waysIn[position] { forget(at: position, since: origin) }
            step(LuaInstruction(prototype.code[position]), at: position)
        }
        retention.finish()
    }

    /// Forgets what is uncertain where jumps from `origin` on arrive: all but what was written earlier, and locals that nothing writes again.
    private mutating func forget(at position: Int, since origin: Int) {
        let kept = (steady[position] ?? []).filter { $0.start < position || $0.start == 0 }.map(\.register)
        registers = registers.filter { kept.contains($0.key) || lastWrites[$0.key, default: -1] < origin }
        // A table that another path may have filled is not fully known; those of steady locals stay as they are.
    }

    func isSteady(_ register: Int, at position: Int) -> Bool { steady[position]?.contains { $0.register == register } ?? false }

    func constant(_ index: Int) -> Value {
        guard prototype.constants.indices.contains(index) else { return .unknown }
        switch prototype.constants[index] {
        case .string(let text): return .text(text)
        case .none: return .none
        default: return .unknown
        }
    }

    func value(_ register: Int) -> Value { restless.contains(register) ? .unknown : registers[register] ?? .unknown }

    func upvalue(_ index: Int) -> Value { upvalues.indices.contains(index) ? upvalues[index] : .unknown }

    mutating func note(_ root: LuaAccess.Root, _ path: [String], _ kind: LuaAccess.Kind, at position: Int) {
        accesses.append(LuaAccess(root: root, path: path, kind: kind, line: line(position), isTopLevel: isTopLevel, entry: entry))
    }

    func line(_ position: Int) -> Int { prototype.lines.indices.contains(position) ? prototype.lines[position] : prototype.lineDefined }

    /// The number of the table in a register that this function made.
    func ownTable(_ register: Int) -> Int? { if case .table(let index) = value(register) { index } else { nil } }
}
