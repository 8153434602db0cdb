import Testing

@testable import Lua

@Suite("Bytecode")
struct BytecodeTests {
    private static let text = """
        local unused = function(a, b)
          return a + b
        end
        return {
          filter = function(user, ctx)
            for i = 1, 3 do if user.age == i then return false, "x" end end
            return hookline.text.slug(user.name) ~= 2.5
          end,
        }
        """

    private static func dump() throws -> [UInt8] {
        let machine = try LuaMachine()
        try machine.add(LuaSource(module: "hooks", file: "hooks.lua", text: text))
        return try machine.dump(of: "hooks")
    }

    @Test("has the lines of functions that never ran")
    func lines() throws {
        var reader = BytecodeReader(try Self.dump())
        let main = try reader.chunk().main
        #expect(main.prototypes.map(\.lineDefined) == [1, 5])
        #expect(main.prototypes.map(\.lastLineDefined) == [3, 8])
        #expect(main.prototypes[0].activeLines == [2, 3])
        #expect(main.prototypes[1].activeLines == [6, 7, 8])
    }

    @Test("names the line of a source that does not compile, and runs nothing")
    func syntax() throws {
        let machine = try LuaMachine()
        try machine.add(LuaSource(module: "bad", file: "bad.lua", text: "error('ran')\nlocal = 1"))
        try machine.add(LuaSource(module: "loud", file: "loud.lua", text: "error('ran')"))
        let error = #expect(throws: LuaError.self) { try machine.chunk(of: "bad") }
        #expect(error?.code == .syntax)
        #expect(error?.line == 2)
        _ = try machine.chunk(of: "loud")
    }

    @Test("is an error when it is truncated anywhere")
    func truncated() throws {
        let dump = try Self.dump()
        for length in dump.indices {
            var reader = BytecodeReader(Array(dump[..<length]))
            #expect(throws: LuaError.self) { try reader.chunk() }
        }
    }

    @Test("with flipped bits is read or rejected, and never crashes the reader or the outline")
    func flipped() throws {
        let dump = try Self.dump()
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<20_000 {
            var bytes = dump
            for _ in 0...random(4) { bytes[random(bytes.count)] ^= 1 << UInt8(random(8)) }
            var reader = BytecodeReader(bytes)
            if let chunk = try? reader.chunk() { _ = LuaOutline(chunk) }
        }
    }
}
