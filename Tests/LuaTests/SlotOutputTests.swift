import CLuaHost
import Testing

@testable import Lua

@Suite("What a batch hands back")
struct SlotOutputTests {
    private static let script = """
        return {
          map = function(user)
            return { email = "m" .. user.id, tags = { "a", user.id }, ["*"] = "star", ["@"] = "at" }
          end,
          filter = function(user)
            if user.id == 2 then return false, "no" end
            return true
          end,
        }
        """

    private func ids(_ count: Int) -> TestTable { TestTable([("id", .integer((1...Int64(count)).map { $0 }))]) }

    private func text(_ mapped: LuaSlot.Mapped) -> String? {
        if case .text(let bytes) = mapped { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    private func locations(_ slot: LuaSlot, _ row: Int) -> [LuaLocation] {
        var locations: [LuaLocation] = []
        slot.forEachLocation(row) { locations.append($0) }
        return locations
    }

    @Test(
        "consists of mapped fields, the whole mapping and the locations of the steps, each in its own arrays",
        arguments: [nil, JailTests.jail])
    func all(jail: LuaJail?) throws {
        let script = try TestScript(Self.script, jail: jail)
        let outputs = SlotOutputs(fields: ["email", "*", "@"], wantsMapping: true, wantsLocations: true)
        try script.prepare(ids(2), outputs: outputs)
        let slot = script.open(ids(2), outputs: outputs)
        try script.run(slot, ids(2))
        // Any name is the name of a field.
        #expect((0..<3).map { text(slot.mapped($0, row: 1)) } == ["m2", "star", "at"])
        let mapping = slot.mapping(row: 0).map { String(decoding: $0, as: UTF8.self) }
        #expect(mapping == #"{"*":"star","@":"at","email":"m1","tags":["a",1]}"#)
        #expect(locations(slot, 0) == [LuaLocation(step: 0, source: 0, line: 3), LuaLocation(step: 1, source: 0, line: 7)])
        #expect(locations(slot, 1).last == LuaLocation(step: 1, source: 0, line: 6))
        #expect(script.machine.file(ofSource: 0) == "hooks.lua")
        #expect(script.machine.file(ofSource: 1) == nil)
    }

    @Test("has of each row only what `map` returned for it, whatever the rows before had", arguments: [nil, JailTests.jail])
    func otherFields(jail: LuaJail?) throws {
        let text = """
            local many = {}
            for i = 1, 40 do many["f" .. i] = i end
            return {
              map = function(user)
                local kind = user.id % 7
                if kind == 0 then return { a = user.id, b = "b" } end
                if kind == 1 then return { b = "c", a = user.id } end
                if kind == 2 then return { a = user.id } end
                if kind == 3 then return {} end
                if kind == 4 then return nil end
                if kind == 5 then return many end
                return { a = user.id, b = "b", [("long"):rep(20)] = user.id }
              end,
              filter = function(user) return user.id % 11 ~= 0, "no" end,
            }
            """
        var ids: [Int64] = []
        for number: Int64 in 0..<300 { ids.append(number * number % 97 + number / 7) }
        let table = TestTable([("id", .integer(ids))])
        let outputs = SlotOutputs(fields: [], wantsMapping: true)
        let script = try TestScript(text, jail: jail)
        try script.prepare(table, outputs: outputs)
        let many = (1...40).map { "f\($0)" }.sorted().map { #""\#($0)":\#($0.dropFirst())"# }.joined(separator: ",")
        let long = String(repeating: "long", count: 20)
        func expected(_ id: Int64) -> String {
            switch id % 7 {
            case 0: return #"{"a":\#(id),"b":"b"}"#
            case 1: return #"{"a":\#(id),"b":"c"}"#
            case 2: return #"{"a":\#(id)}"#
            case 3: return "{}"
            case 4: return ""
            case 5: return "{" + many + "}"
            default: return #"{"a":\#(id),"b":"b",""# + long + #"":\#(id)}"#
            }
        }
        for number in 0..<2 {
            let slot = script.open(table, slot: number, outputs: outputs)
            try script.run(slot, table)
            for (row, id) in ids.enumerated() {
                let mapping = slot.mapping(row: row).map { String(decoding: $0, as: UTF8.self) } ?? ""
                #expect(mapping == expected(id), "row \(row)")
            }
        }
    }

    @Test("is only what was requested")
    func nothing() throws {
        let script = try TestScript(Self.script)
        let outcome = try script.run(ids(1))
        #expect(outcome.slot.mapping(row: 0) == nil)
        #expect(locations(outcome.slot, 0).isEmpty)
    }

    @Test(
        "must be what was prepared",
        arguments: [
            SlotOutputs(fields: []), SlotOutputs(fields: ["email"], wantsMapping: true),
            SlotOutputs(fields: ["email"], wantsLocations: true),
        ])
    func mismatch(outputs: SlotOutputs) throws {
        let script = try TestScript(Self.script)
        try script.prepare(ids(1))
        #expect(luaError { try script.run(script.open(ids(1), outputs: outputs), ids(1)) }?.code == .misuse)
    }

    @Test("is rejected when a batch cannot have it, and so is a truncated request")
    func limits() throws {
        let script = try TestScript(Self.script)
        let many = SlotOutputs(fields: (0..<65).map { "field\($0)" })
        #expect(luaError { try script.prepare(ids(1), outputs: many) }?.code == .misuse)
        var unknown = Message(Int(HL_PREPARE))
        for number: UInt32 in [0, 0, 4, 0] { unknown.append(number) }
        #expect(luaError { _ = try script.machine.port.ask(unknown) }?.code == .misuse)
        var short = Message(Int(HL_PREPARE))
        for number: UInt32 in [0, 0, 0, 1] { short.append(number) }
        #expect(luaError { _ = try script.machine.port.ask(short) }?.code == .misuse)
        #expect(try script.run(ids(1)).email(0) == "m1")
    }

    @Test("is not trusted: whatever a worker writes into the slot, nothing outside it is read")
    func garbage() throws {
        let script = try TestScript(Self.script)
        let outputs = SlotOutputs(fields: ["email"], wantsMapping: true, wantsLocations: true)
        let rows = 64
        let slot = script.open(ids(rows), outputs: outputs)
        let layout = slot.layout
        let room = layout.written..<layout.written + layout.writtenCapacity
        var state: UInt64 = 7
        for round in 0..<50 {
            for index in 0..<layout.written {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Small bytes, so that many starts, lengths and counts are barely possible.
                slot.base.storeBytes(of: round == 0 ? 0xFF : UInt8(state >> 62), toByteOffset: index, as: UInt8.self)
            }
            for row in 0..<rows {
                _ = slot.verdict(row)
                for case .text(let bytes) in [slot.mapped(0, row: row)] { #expect(slot.holds(bytes, room)) }
                if let bytes = slot.mapping(row: row) { #expect(slot.holds(bytes, room)) }
                var (labels, locations) = (0, 0)
                slot.forEachLabel(row) { _ in labels += 1 }
                slot.forEachLocation(row) { _ in locations += 1 }
                #expect(labels <= Int(HL_ROW_LABELS) && locations <= Int(HL_ROW_STEPS))
            }
        }
    }
}

extension LuaSlot {
    /// Whether the bytes are in a part of the slot.
    fileprivate func holds(_ bytes: UnsafeRawBufferPointer, _ room: Range<Int>) -> Bool {
        guard let start = bytes.baseAddress else { return bytes.isEmpty }
        let offset = UnsafeRawPointer(base).distance(to: start)
        return offset >= room.lowerBound && offset + bytes.count <= room.upperBound
    }
}
