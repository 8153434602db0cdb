/// Follows the values of a file's code in a straight line: paths from globals and parameters, constants, functions and tables.
///
/// A register keeps its value until something writes it; where jumps meet, only locals that are assigned once keep theirs.
/// What is not certain is unknown.
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
        /// Whether it may hold keys that were not seen.
        var isOpen = false
    }

    let prototype: LuaPrototype
    let upvalues: [Value]
    let isTopLevel: Bool
    let entry: String?
    /// By instruction that jumps lead to: the first of those jumps, -1 when one of them leads back.
    private let waysIn: [Int: Int]
    /// By register: the instruction that wrote it last.
    var lastWrites: [Int: Int] = [:]
    /// Registers that functions in this one write.
    var restless: Set<Int> = []
    /// Names of a path that are followed.
    static let longestPath = 8
    private let steady: [Int: [(register: Int, start: Int)]]
    var registers: [Int: Value] = [:]
    var tables: [Table] = []
    var accesses: [LuaAccess] = []
    /// Of each function in this one that is made: the values of its upvalues.
    var functions: [Int: [Value]] = [:]
    var returned: [Value] = []

    init(_ prototype: LuaPrototype, upvalues: [Value], entry: String?, isTopLevel: Bool) {
        self.prototype = prototype
        self.upvalues = upvalues
        self.entry = entry
        self.isTopLevel = isTopLevel
        let code = prototype.code.map(LuaInstruction.init)
        var waysIn: [Int: Int] = [:]
        for position in code.indices {
            guard let target = code[position].target(from: position) else { continue }
            // A jump back: what a loop writes is not known at its head.
            waysIn[target] = target <= position ? -1 : min(position, waysIn[target] ?? position)
        }
        self.waysIn = waysIn
        steady = Self.steadyLocals(prototype, code)
    }

    /// By instruction at which they begin: the locals that nothing writes after that, and how long they last.
    private static func steadyLocals(_ prototype: LuaPrototype, _ code: [LuaInstruction]) -> [Int: [(register: Int, start: Int)]] {
        var result: [Int: [(register: Int, start: Int)]] = [:]
        for (index, local) in prototype.locals.enumerated() where local.start < local.end && local.end <= code.count {
            // Locals are listed in the order of their declaration, and the ones in sight fill the registers from 0 on.
            let register = prototype.locals[..<index].count { $0.end > local.start }
            let isWritten = code[local.start..<local.end].contains { $0.written?.contains(register) ?? false }
            let isCapturedAndWritten = prototype.prototypes.contains { writes(register, in: $0) }
            if isWritten || isCapturedAndWritten { continue }
            for position in local.start..<local.end { result[position, default: []].append((register, local.start)) }
        }
        return result
    }

    /// Whether a function, or one in it, assigns the variable that lies in `register` of the function around it.
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
    }

    /// Where jumps arrive from `origin` on, only what was written before it is certain, and locals that nothing writes again.
    private mutating func forget(at position: Int, since origin: Int) {
        let kept = (steady[position] ?? []).filter { $0.start < position || $0.start == 0 }.map(\.register)
        registers = registers.filter { kept.contains($0.key) || lastWrites[$0.key, default: -1] < origin }
        // A table that another way may have filled is not seen whole; those of steady locals stay what they are.
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
        let line = prototype.lines.indices.contains(position) ? prototype.lines[position] : prototype.lineDefined
        accesses.append(LuaAccess(root: root, path: path, kind: kind, line: line, isTopLevel: isTopLevel, entry: entry))
    }
}
