/// Reads what `lua_dump` wrote: the header and functions of Lua 5.4's format (ldump.c), as 64-bit machines write it.
///
/// The bytes may come from an untrusted process: every length is checked, and the worst outcome is an error.
struct BytecodeReader {
    private let bytes: [UInt8]
    private var next = 0
    private static let header: [UInt8] = [0x1B, 0x4C, 0x75, 0x61, 0x54, 0, 0x19, 0x93, 0x0D, 0x0A, 0x1A, 0x0A, 4, 8, 8]
    /// How deeply Lua's parser nests functions.
    private static let deepest = 200
    /// More than 64 KB of text can compile to; it bounds the work of whoever walks over them.
    private static let mostInstructions = 200_000
    private var instructions = 0
    private static let mostLocals = 20_000
    private var localCount = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the whole chunk.
    ///
    /// - Throws: `LuaError.Code.misuse` for anything else.
    mutating func chunk() throws(LuaError) -> LuaChunk {
        guard try raw(15).elementsEqual(Self.header) else { throw malformed("an unknown version or format") }
        guard try number64() == 0x5678, Double(bitPattern: try number64()) == 370.5 else { throw malformed("an unknown number format") }
        _ = try byte()
        let main = try prototype(depth: 0)
        guard next == bytes.count else { throw malformed("bytes after the end") }
        return LuaChunk(main: main)
    }

    private mutating func prototype(depth: Int) throws(LuaError) -> LuaPrototype {
        guard depth < Self.deepest else { throw malformed("functions are nested too deeply") }
        var result = LuaPrototype()
        _ = try string()
        result.lineDefined = try integer()
        result.lastLineDefined = try integer()
        result.parameters = Int(try byte())
        result.isVariadic = try byte() != 0
        _ = try byte()
        instructions += try peekedCount(of: 4)
        guard instructions <= Self.mostInstructions else { throw malformed("more instructions than a script has") }
        for _ in 0..<(try count(of: 4)) { result.code.append(try instruction()) }
        for _ in 0..<(try count(of: 1)) { result.constants.append(try constant()) }
        for _ in 0..<(try count(of: 3)) {
            result.upvalues.append(.init(name: "", inStack: try byte() != 0, index: Int(try byte())))
            _ = try byte()
        }
        for _ in 0..<(try count(of: 1)) { result.prototypes.append(try prototype(depth: depth + 1)) }
        result.lines = try lines(from: result.lineDefined)
        localCount += try peekedCount(of: 3)
        guard localCount <= Self.mostLocals else { throw malformed("more variables than a script has") }
        for _ in 0..<(try count(of: 3)) {
            result.locals.append(.init(name: try string() ?? "", start: try integer(), end: try integer()))
        }
        for index in 0..<(try count(of: 1)) {
            let name = try string() ?? ""
            guard index < result.upvalues.count else { throw malformed("more names than upvalues") }
            result.upvalues[index].name = name
        }
        guard result.lines.count == result.code.count else { throw malformed("the numbers of lines and instructions differ") }
        return result
    }

    /// Line differences from instruction to instruction; for -128, the list of absolute lines has the line.
    private mutating func lines(from first: Int) throws(LuaError) -> [Int] {
        let differences = Array(try raw(try count(of: 1)))
        var absolute: [Int: Int] = [:]
        for _ in 0..<(try count(of: 2)) {
            let instruction = try integer()
            absolute[instruction] = try integer()
        }
        var line = first
        var result: [Int] = []
        for (instruction, difference) in differences.enumerated() {
            if difference == 0x80 {
                guard let known = absolute[instruction] else { throw malformed("a line without a number") }
                line = known
            } else {
                line += Int(Int8(bitPattern: difference))
            }
            result.append(line)
        }
        return result
    }

    private mutating func constant() throws(LuaError) -> LuaPrototype.Constant {
        switch try byte() {
        case 0x00: return .none
        case 0x01: return .boolean(false)
        case 0x11: return .boolean(true)
        case 0x03: return .integer(Int64(bitPattern: try number64()))
        case 0x13: return .number(Double(bitPattern: try number64()))
        case 0x04, 0x14: return .string(try string() ?? "")
        default: throw malformed("a constant of an unknown type")
        }
    }

    private mutating func string() throws(LuaError) -> String? {
        let size = try integer()
        return size == 0 ? nil : String(decoding: try raw(size - 1), as: UTF8.self)
    }

    /// Seven bits per byte, the most significant first; the last byte has its top bit set.
    private mutating func integer() throws(LuaError) -> Int {
        var value = 0
        while true {
            let byte = try byte()
            value = value << 7 | Int(byte & 0x7F)
            guard value <= Int(Int32.max) else { throw malformed("a number that is too large") }
            if byte & 0x80 != 0 { return value }
        }
    }

    /// A count of things that take at least `size` bytes each.
    private mutating func count(of size: Int) throws(LuaError) -> Int {
        let count = try integer()
        guard count * size <= bytes.count - next else { throw malformed("a count that is too large") }
        return count
    }

    /// The next count, without moving past it.
    private mutating func peekedCount(of size: Int) throws(LuaError) -> Int {
        let index = next
        defer { next = index }
        return try count(of: size)
    }

    private mutating func instruction() throws(LuaError) -> UInt32 {
        try raw(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private mutating func number64() throws(LuaError) -> UInt64 {
        try raw(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func byte() throws(LuaError) -> UInt8 {
        guard next < bytes.count else { throw malformed("an early end") }
        next += 1
        return bytes[next - 1]
    }

    private mutating func raw(_ count: Int) throws(LuaError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - next else { throw malformed("an early end") }
        next += count
        return bytes[next - count..<next]
    }

    private func malformed(_ what: String) -> LuaError {
        LuaError(.misuse, message: "the bytecode is malformed at byte \(next): \(what)")
    }
}
