import Lua
import Testing

@Suite("Lua's library in the sandbox")
struct LibraryTests {
    @Test(
        "table functions do what the manual says",
        arguments: [
            "local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) return table.concat(t, ',') == '0,1,2,3'",
            "local t = {1, 2, 3} return table.remove(t, 1) == 1 and table.remove(t) == 3 and #t == 1 and table.remove({}) == nil",
            "local t = table.move({1, 2, 3}, 1, 3, 2) return table.concat(t, ',') == '1,1,2,3'",
            "local t = table.move({1, 2, 3}, 2, 3, 1) return table.concat(t, ',') == '2,3,3'",
            "local t = table.move({1, 2}, 1, 2, 1, {9, 9, 9}) return table.concat(t, ',') == '1,2,9'",
            "local t = table.pack(nil, 2, nil) return t.n == 3 and t[2] == 2",
            "return select('#', table.unpack({1, nil, 3}, 1, 3)) == 3 and table.unpack({1, 2}, 2) == 2",
            "return table.concat({1, 2.5, 'x'}, '-') == '1-2.5-x' and table.concat({}) == ''",
            "return not pcall(table.concat, {1, {}, 3}) and not pcall(table.insert, {}, 3, 'x') and not pcall(table.insert, {}, 1, 2, 3)",
        ])
    func tables(body: String) throws {
        #expect(try TestScript.run(body) == .boolean(true))
    }

    @Test(
        "sort is stable, accepts an order function, and leaves the table unchanged when that fails",
        arguments: [
            "local t = {3, 1, 2} table.sort(t) return table.concat(t, ',') == '1,2,3'",
            "local t = {'b', 'a', 'C'} table.sort(t, function(a, b) return a > b end) return table.concat(t) == 'baC'",
            "local t = {} for i = 1, 100 do t[i] = {i % 3, i} end table.sort(t, function(a, b) return a[1] < b[1] end) for i = 2, 100 do if t[i - 1][1] == t[i][1] and t[i - 1][2] > t[i][2] then return false end end return true",
            "local t = {3, 1, 2} pcall(table.sort, t, function() error('no') end) return table.concat(t, ',') == '3,1,2'",
            "return not pcall(table.sort, {1, 'x', 2})",
            "local t = {} for i = 1, 1000 do t[i] = (i * 7919) % 1000 end table.sort(t) for i = 1, 1000 do if t[i] ~= i - 1 then return false end end return true",
            "local t = {} table.sort(t) t = {1} table.sort(t) return t[1] == 1",
        ])
    func sort(body: String) throws {
        #expect(try TestScript.run(body) == .boolean(true))
    }

    @Test(
        "string functions do what the manual says",
        arguments: [
            "return ('ab'):rep(3) == 'ababab' and ('ab'):rep(3, '-') == 'ab-ab-ab' and ('x'):rep(0) == '' and ('x'):rep(-1) == '' and ('x'):rep(5) == 'xxxxx'",
            "return (''):rep(10, ',') == ',,,,,,,,,' and ('x'):rep(1, 'sep') == 'x'",
            "return ('%d %5.2f %s %q %x %%'):format(42, 3.14159, {}, 'q', 255) == '42  3.14 table \"q\" ff %'",
            "return ('%-5s|%5s'):format('a', 'b') == 'a    |    b' and ('%s %s'):format(nil, true) == 'nil true'",
            "return select('#', ('abc'):byte(1, -1)) == 3 and ('abc'):byte(-1) == 99 and ('abc'):byte(10) == nil and select('#', ('abc'):byte(3, 1)) == 0",
            "return ('Ab'):upper() == 'AB' and ('Ab'):lower() == 'ab' and ('abc'):reverse() == 'cba' and ('abc'):sub(2) == 'bc' and #'abc' == 3",
            "return '10' + 5 == 15 and '3' * '4' == 12 and 10 .. '' == '10'",
            "return not pcall(string.format, '%d', 'x') and not pcall(string.format, '%d') and not pcall(string.format, '%y', 1)",
            "return utf8.len('é😀') == 2 and utf8.char(233, 128512) == 'é😀' and utf8.codepoint('é') == 233 and utf8.offset('é😀', 2) == 3",
        ])
    func strings(body: String) throws {
        #expect(try TestScript.run(body) == .boolean(true))
    }

    @Test(
        "protected calls catch what scripts raise, and nothing else",
        arguments: [
            "local ok, message = pcall(error, 'x', 0) return not ok and message == 'x'",
            "local ok, a, b = pcall(function(...) return ... end, 1, 2) return ok and a == 1 and b == 2",
            "local ok, object = pcall(error, { code = 7 }) return not ok and object.code == 7",
            "local ok, message = xpcall(function() error('x', 0) end, function(m) return m .. '!' end) return not ok and message == 'x!'",
            "local ok, a, b = xpcall(function(a, b) return a + b, b end, print, 1, 2) return ok and a == 3 and b == 2",
            "local ok, message = pcall(function() local x = nil; return x.y end) return not ok and message:find('hooks.lua:', 1, true) == 1",
            "return not pcall(setmetatable, {}, { __gc = print }) and getmetatable(setmetatable({}, { x = 1 })).x == 1",
        ])
    func protectedCalls(body: String) throws {
        #expect(try TestScript.run(body) == .boolean(true))
    }

    @Test("random numbers follow the seed, the row and the range")
    func random() throws {
        let body = "local t = {} for i = 1, 5 do t[i] = math.random(1, 100) end return table.concat(t, ',')"
        #expect(try TestScript.run(body, limits: LuaLimits(seed: 1)) == TestScript.run(body, limits: LuaLimits(seed: 1)))
        #expect(try TestScript.run(body, limits: LuaLimits(seed: 1)) != TestScript.run(body, limits: LuaLimits(seed: 2)))
        #expect(
            try TestScript.run(
                """
                for i = 1, 2000 do
                  local f, d, r = math.random(), math.random(6), math.random(-3, 3)
                  assert(f >= 0 and f < 1 and d >= 1 and d <= 6 and r >= -3 and r <= 3 and math.type(d) == "integer")
                end
                return math.type(math.random(0)) == "integer" and math.random(5, 5) == 5 and not pcall(math.random, 2, 1)
                  and math.type(math.random(math.mininteger, math.maxinteger)) == "integer"
                """) == .boolean(true))
    }

    @Test("all values of a small range come up about equally often")
    func randomIsEven() throws {
        let body =
            "local n = {0, 0, 0} for i = 1, 30000 do local r = math.random(3) n[r] = n[r] + 1 end for i = 1, 3 do if n[i] < 9500 or n[i] > 10500 then return n[i] end end return true"
        #expect(try TestScript.run(body) == .boolean(true))
    }

    @Test("require runs a module once, returns what it returned, and knows no other modules")
    func require() throws {
        let modules = [
            LuaSource(
                module: "lib.a", file: "lib/a.lua", text: "return { n = 1 }"),
            LuaSource(module: "quiet", file: "quiet.lua", text: "local _ = 1"),
        ]
        let script = try TestScript(
            "local a = require 'lib.a' a.n = a.n + 1 return { run = function() return require('lib.a').n, require 'quiet' end }",
            modules: modules)
        let result = try script.call("run")
        #expect(result.first == .integer(2))
        #expect(result.second == .boolean(true))
        #expect(luaError { _ = try TestScript("require 'lib.b'", modules: modules) }?.mentions("'lib.b'", "'lib.a'") == true)
    }

    @Test("an error in a module names the module's file")
    func moduleError() throws {
        let module = LuaSource(module: "lib.a", file: "lib/a.lua", text: "local M = {}\nfunction M.f(x) return x.y.z end\nreturn M")
        let script = try TestScript("local a = require 'lib.a' return { run = function() return a.f({}) end }", modules: [module])
        let error = luaError { _ = try script.call("run") }
        #expect(error?.file == "lib/a.lua")
        #expect(error?.line == 2)
    }

    @Test("a deep chain of fields in 64 KB of text does not overflow the stack while its error is described")
    func deepChain() throws {
        let chain = "local a = {} return { run = function() return a" + String(repeating: ".x", count: 30_000) + " + 1 end }"
        let error = luaError { _ = try TestScript(chain).call("run") }
        #expect(error != nil)
    }

    @Test("nesting that would overflow the parser is a syntax error", arguments: ["(", "{", "function() return ", "- ", "not ", "a.b["])
    func deepNesting(opening: String) {
        let error = luaError { _ = try TestScript("return " + String(repeating: opening, count: 60_000 / opening.utf8.count)) }
        #expect(error?.code == .syntax)
    }

    @Test("a byte order mark before a script is ignored")
    func byteOrderMark() throws {
        #expect(try TestScript("\u{FEFF}return { run = function() return 1 end }").call("run").first == .integer(1))
    }
}
