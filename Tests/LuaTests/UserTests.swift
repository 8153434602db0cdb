import Lua
import Testing

@Suite("The user object")
struct UserTests {
    @Test("a field that the model does not have is an error with the nearest name")
    func unknownField() throws {
        let table = TestTable([("country", .text(["FR"])), ("city", .text(["Paris"]))])
        let error = luaError { _ = try TestScript("return { filter = function(user)\n return user.cuntry == 'FR' end }").run(table) }
        var expected = LuaError(.runtime, file: "hooks.lua", line: 2, row: 0, step: 0, message: "")
        expected.message = error?.message ?? ""
        #expect(error == expected)
        #expect(error?.mentions("'cuntry'", "'country'") == true)
        let far = luaError { _ = try TestScript("return { filter = function(user) return user.zzzzzz end }").run(table) }
        #expect(far?.mentions("'zzzzzz'") == true)
        #expect(far?.mentions("'city'") == false && far?.mentions("'country'") == false)
        let number = luaError { _ = try TestScript("return { filter = function(user) return user[1] end }").run(table) }
        #expect(number?.mentions("number") == true)
    }

    @Test("pairs goes through the model's order, leaves NULLs out, and adds mapped fields after it")
    func pairs() throws {
        let table = TestTable([("z", .integer([1])), ("a", .text(["x"])), ("m", .text([nil])), ("b", .boolean([true]))])
        let listing = "local t = {} for k, v in pairs(user) do t[#t + 1] = k .. '=' .. tostring(v) end return false, table.concat(t, ' ')"
        #expect(try TestScript("return { filter = function(user) \(listing) end }").reason(table) == "z=1 a=x b=true")
        let mapped = try TestScript(
            "return { map = function() return { new = 1, a = hookline.null, also = 2, m = 'set' } end, filter = function(user) \(listing) end }"
        )
        #expect(try mapped.reason(table) == "z=1 m=set b=true also=2 new=1")
    }

    @Test(
        "a user cannot be changed or accessed in any other way",
        arguments: [
            "user.v = 1", "rawset(user, 'v', 1)", "setmetatable(user, {})", "rawget(user, 'v')", "local _ = #user", "next(user)",
        ])
    func userIsReadOnly(statement: String) throws {
        let script = try TestScript("return { filter = function(user) \(statement) return true end }")
        let error = luaError { _ = try script.run(TestTable([("v", .integer([1]))])) }
        #expect(error?.code == .runtime)
        #expect(
            try TestScript("return { filter = function(user) return getmetatable(user) == false and tostring(user) == 'user' end }")
                .run(TestTable([("v", .integer([1]))])).verdict(0) == .kept)
    }

    @Test(
        "a kept user never reads another row",
        arguments: [
            "return kept.v == user.v", "for _ in pairs(kept) do end return true", "return setmetatable({}, { __index = kept }).v == 1",
        ])
    func keptUser(body: String) throws {
        let script = try TestScript(
            "local kept return { filter = function(user) if not kept then kept = user return true end \(body) end }")
        let error = luaError { _ = try script.run(TestTable([("v", .integer([1, 2]))])) }
        #expect(error?.row == 1)
        #expect(error?.code == .runtime)
    }

    @Test("a user kept beyond the batch is an error, too")
    func keptBeyondBatch() throws {
        let script = try TestScript(
            "local kept return { filter = function(user) kept = user return true end, late = function() return kept.v end }")
        _ = try script.run(TestTable([("v", .integer([1]))]))
        #expect(luaError { _ = try script.call("late") }?.code == .runtime)
    }

    @Test("an iterator over a kept user does not read another row")
    func keptIterator() throws {
        let script = try TestScript(
            "local iterate return { filter = function(user) if not iterate then iterate = pairs(user) return true end return iterate() == 'v' end }"
        )
        #expect(luaError { _ = try script.run(TestTable([("v", .integer([1, 2]))])) }?.row == 1)
    }
}
