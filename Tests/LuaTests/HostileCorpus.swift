import Lua

/// Scripts that mean harm, each with the errors that stop it.
enum HostileCorpus {
    /// How an attack must end.
    enum End: Sendable {
        /// With one of these errors.
        case stopped([LuaError.Code])
        /// Without an error and without success: the body returns true.
        case harmless
    }

    struct Attack: Sendable {
        let name: String
        let body: String
        let end: End
    }

    static let limits: [LuaError.Code] = [.instructions, .processorTime, .memory, .patternSteps]
    /// A limit, or an error that the sandbox raises.
    static let refused: [LuaError.Code] = limits + [.runtime, .syntax, .contract]

    private static func loop(_ name: String, _ body: String) -> Attack {
        Attack(name: name, body: body, end: .stopped([.instructions]))
    }

    private static func bomb(_ name: String, _ body: String) -> Attack { Attack(name: name, body: body, end: .stopped(refused)) }

    private static func absent(_ name: String, _ body: String) -> Attack { Attack(name: name, body: body, end: .stopped([.runtime])) }

    private static func harmless(_ name: String, _ body: String) -> Attack { Attack(name: name, body: body, end: .harmless) }

    static let loops: [Attack] = [
        loop("while true", "while true do end"),
        loop("repeat until false", "repeat until false"),
        loop("goto", "::again:: goto again"),
        loop("a huge numeric for", "for i = 1, math.huge do end"),
        loop("a generic for whose iterator never ends", "for _ in function() return 1 end do end"),
        loop("a tail call of itself", "local function f() return f() end return f()"),
        loop(
            "__index that calls itself by assignment",
            "local t = setmetatable({}, {__index = function(t, k) while true do end end}) return t.x"),
        loop("__newindex", "local t = setmetatable({}, {__newindex = function() while true do end end}) t.x = 1"),
        loop("__call", "local t = setmetatable({}, {__call = function() while true do end end}) t()"),
        loop("__eq", "local m = {__eq = function() while true do end end} return setmetatable({}, m) == setmetatable({}, m)"),
        loop("__concat", "return setmetatable({}, {__concat = function() while true do end end}) .. 'x'"),
        loop("__len", "return #setmetatable({}, {__len = function() while true do end end})"),
        loop("__pairs", "for _ in pairs(setmetatable({}, {__pairs = function() while true do end end})) do end"),
        loop(
            "__lt in sort",
            "local m = {__lt = function() while true do end end} local t = {} for i = 1, 9 do t[i] = setmetatable({}, m) end table.sort(t)"),
        loop("an order that loops", "table.sort({3, 2, 1}, function() while true do end end)"),
        loop("__tostring", "return tostring(setmetatable({}, {__tostring = function() while true do end end}))"),
        loop("__tostring in format", "return ('%s'):format(setmetatable({}, {__tostring = function() while true do end end}))"),
        loop("__tostring in print", "print(setmetatable({}, {__tostring = function() while true do end end}))"),
        loop("__close", "do local x <close> = setmetatable({}, {__close = function() while true do end end}) end"),
        loop("mutual recursion by tail calls", "local f, g function f() return g() end function g() return f() end return f()"),
    ]

    static let swallowers: [Attack] = [
        loop("pcall around an endless loop, endlessly", "while true do pcall(function() while true do end end) end"),
        loop("xpcall with a handler that loops", "xpcall(function() while true do end end, function() while true do end end)"),
        loop(
            "a handler that calls pcall",
            "xpcall(function() while true do end end, function(m) pcall(function() while true do end end) return m end) while true do end"),
        loop("pcall of pcall", "while true do pcall(pcall, pcall, function() while true do end end) end"),
        loop(
            "__close that swallows",
            "while true do pcall(function() local x <close> = setmetatable({}, {__close = function() error('other') end}) while true do end end) end"
        ),
        loop(
            "__close that loops after the limit",
            "pcall(function() local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end end)"),
        loop("an error handler as the error", "local function f() return xpcall(f, f) end f() while true do end"),
        loop(
            "__index that swallows",
            "local t = setmetatable({}, {__index = function() pcall(function() while true do end end) return 1 end}) while true do local _ = t.x end"
        ),
        bomb("recursion through pcall", "local function f() pcall(f) f() end f()"),
        bomb(
            "memory errors swallowed",
            "local t = {} while true do pcall(function() while true do t[#t + 1] = ('x'):rep(1000) .. #t end end) end"),
        bomb("sort whose order swallows", "while true do pcall(table.sort, {3, 2, 1}, function() while true do end end) end"),
        bomb(
            "gsub whose callback swallows",
            "while true do (('a'):rep(100)):gsub('a', function() pcall(function() while true do end end) end) end"),
    ]

    static let memory: [Attack] = [
        bomb("doubling a string", "local s = 'x' while true do s = s .. s end"),
        bomb("rep of ten billion", "return #('x'):rep(10000000000)"),
        bomb("rep of rep", "local s = ('x'):rep(1000000) return #s:rep(1000000)"),
        bomb("rep with a separator", "return #('x'):rep(1 << 40, ('y'):rep(1000))"),
        bomb("a growing table", "local t = {} for i = 1, math.huge do t[i] = i end"),
        bomb("a growing table of tables", "local t = {} while true do t = {t, t, {}} end"),
        bomb("a growing hash", "local t = {} for i = 1, math.huge do t['k' .. i] = i end"),
        bomb("closures", "local t = {} while true do t[#t + 1] = function() return t end end"),
        bomb("concat of many", "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(100000) end return #table.concat(t)"),
        bomb(
            "format with a wide string",
            "local s = ('x'):rep(1000000) return #(('%s'):rep(90)):format(table.unpack((function() local t = {} for i = 1, 90 do t[i] = s end return t end)()))"
        ),
        bomb("gsub that grows", "local s = ('a'):rep(10000) for i = 1, 10 do s = s:gsub('a', ('a'):rep(100)) end"),
        bomb("unpack of a million", "return select('#', table.unpack({}, 1, 1000000))"),
        bomb("utf8.char in a loop", "local s = '' while true do s = s .. utf8.char(0x10FFFF):rep(1000) end"),
        bomb("upper of large strings", "local s = ('x'):rep(8000000) while true do local _ = s:upper() end"),
        bomb("comparing large strings", "local a, b = ('x'):rep(4000000), ('x'):rep(4000000) while true do local _ = a == b end"),
        bomb(
            "ordering large strings", "local a, b = ('x'):rep(4000000) .. 'a', ('x'):rep(4000000) .. 'b' while true do local _ = a < b end"),
        bomb("arithmetic on a large string", "local s = (' '):rep(8000000) while true do pcall(function() return s + 0 end) end"),
        bomb("tonumber of a large string", "local s = (' '):rep(8000000) while true do tonumber(s) end"),
        bomb(
            "next on an emptied table",
            "local t = {} for i = 1, 100000 do t['k' .. i] = 1 end for k in pairs(t) do t[k] = nil end while true do next(t) end"),
    ]

    static let loopsInC: [Attack] = [
        bomb("rep of an empty string, 1e15 times", "return ('').rep('', 1000000000000000) == '' and nil or error('got it')"),
        bomb("rep with 1e15 separators", "return ('').rep('', 1000000000000000, 'x')"),
        bomb("table.move over 1e15", "table.move({}, 1, 1000000000000000, 2)"),
        bomb(
            "table.insert with __len", "table.insert(setmetatable({}, {__len = function() return 1 << 50 end}), 1, 'x') while true do end"),
        bomb("table.remove with __len", "table.remove(setmetatable({}, {__len = function() return 1 << 50 end}), 1) while true do end"),
        bomb("table.concat with a range", "return table.concat({}, '', 1, 1 << 50)"),
        bomb("table.unpack with a range", "return table.unpack({}, 1, 1 << 50)"),
        bomb("table.unpack that wraps around", "return table.unpack({}, math.mininteger, math.maxinteger)"),
        bomb("__index chain", "local t = {} for i = 1, 100000 do t = setmetatable({}, {__index = t}) end return t.x"),
        bomb("__index loop", "local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a}) return a.x"),
        bomb(
            "an order that makes no sense",
            "local t = {} for i = 1, 100000 do t[i] = i end table.sort(t, function() return true end) while true do end"),
        bomb("string.byte of everything", "return (('x'):rep(1000000)):byte(1, -1)"),
        bomb("utf8.codepoint of everything", "return utf8.codepoint(('x'):rep(1000000), 1, -1)"),
        bomb("utf8.len in a loop", "local s = ('x'):rep(8000000) while true do utf8.len(s) end"),
        bomb(
            "select from the end",
            "local function f(n, ...) if n == 0 then return select('#', ...) end return f(n - 1, n, ...) end return f(250000)"),
    ]

    static let recursion: [Attack] = [
        bomb("deep recursion", "local function f(n) return 1 + f(n + 1) end return f(1)"),
        bomb("deep recursion of metamethods", "local t t = setmetatable({}, {__index = function(_, k) return t[k .. 'x'] end}) return t.a"),
        bomb("recursion in gsub", "local function f(s) return (s:gsub('.', f)) end return f('x')"),
        bomb("recursion in sort", "local function f() table.sort({2, 1}, f) return true end f()"),
        bomb("recursion in tostring", "local t t = setmetatable({}, {__tostring = function(s) return tostring(s) end}) return tostring(t)"),
        bomb("recursion in xpcall handlers", "local function f() xpcall(error, f) end xpcall(error, f) while true do end"),
        bomb("recursion in require", "require('hooks') require('hooks').run()"),
    ]

    static let escapes: [Attack] = [
        absent("io", "return io.open('/etc/passwd')"),
        absent("os", "return os.getenv('HOME')"),
        absent("debug", "return debug.getregistry()"),
        absent("package", "return package.loadlib('libc.so.6', '*')"),
        absent("load", "return load('return 1')"),
        absent("loadstring", "return loadstring('return 1')"),
        absent("loadfile", "return loadfile('/etc/passwd')"),
        absent("dofile", "return dofile('/etc/passwd')"),
        absent("coroutine", "return coroutine.create(print)"),
        absent("collectgarbage", "return collectgarbage('stop')"),
        absent("string.dump", "return string.dump(print)"),
        absent("rawset", "return rawset(string, 'upper', print)"),
        absent("require of a file", "return require('/etc/passwd')"),
        absent("require of a library", "return require('io')"),
        absent("_G", "return _G.io"),
        absent("math.randomseed", "return math.randomseed(1)"),
        absent("string.pack", "return string.pack('!1i16', 1)"),
        absent("os through _ENV", "return _ENV.os.exit()"),
        absent("the metatable of _ENV", "return setmetatable(_ENV, nil)"),
        absent("io through string's metatable", "return ('').io"),
    ]

    static let poison: [Attack] = [
        absent("strings get a new method", "getmetatable('').__index.upper = function() return 'pwned' end"),
        absent("string gets a new function", "string.upper = function() return 'pwned' end"),
        absent("table.insert into string", "table.insert(string, 'x')"),
        absent("table.sort of the globals", "table.sort(_ENV) setmetatable(_ENV, {})"),
        absent("a metatable for string", "setmetatable(string, {__index = function() return print end})"),
        absent("a global after load", "pwned = 1"),
        absent("a global function after load", "function pwned() end"),
        absent("a finalizer", "setmetatable({}, {__gc = function() while true do end end})"),
        absent("a weak table", "setmetatable({}, {__mode = 'k'})"),
        absent("the context", "local ctx = ... ctx.x = 1"),
        absent("hookline.null as a table", "hookline.null.x = 1"),
        absent("hookline.log", "hookline.log.info = print"),
        harmless("__metatable hides the string metatable", "return getmetatable('') == false"),
        harmless(
            "a finalizer added later never runs",
            "local m = {} setmetatable({}, m) m.__gc = function() while true do end end local t = {} for i = 1, 20000 do t = {t} end return true"
        ),
        harmless(
            "rawget sees nothing in the views", "return rawget(string, 'upper') == nil and next(string) == nil and rawlen(string) == 0"),
        harmless("a local _ENV is only a table", "local _ENV = {} x = 1 return x == 1"),
    ]

    static let leaks: [Attack] = [
        harmless("tostring of a table", "return tostring({}) == 'table'"),
        harmless("tostring of functions", "return tostring(print) == 'function' and tostring(function() end) == 'function'"),
        harmless("tostring of null", "return tostring(hookline.null) == 'null'"),
        harmless("format of a table", "return ('%s'):format({}) == 'table'"),
        absent("format with %p", "return ('%p'):format({})"),
        absent("format with a hidden %p", "return ('%-10p'):format({})"),
        harmless("__name", "return tostring(setmetatable({}, {__name = 'mine'})) == 'mine'"),
        harmless(
            "an error about a table", "local ok, message = pcall(function() return {} + 1 end) return not message:find('0x', 1, true)"),
        harmless("an error about a function's name", "local ok, message = pcall(string.rep) return not message:find('0x', 1, true)"),
    ]

    static let angryErrors: [Attack] = [
        absent("an error with __tostring that loops", "error(setmetatable({}, {__tostring = function() while true do end end}))"),
        absent("an error with __index that loops", "error(setmetatable({}, {__index = function() while true do end end}))"),
        absent("an error with a message field", "error({message = 'mine'})"),
        absent("an error with __name", "error(setmetatable({}, {__name = ('x'):rep(100000)}))"),
        absent("an error of 4 MB", "error(('x'):rep(4000000))"),
        absent("an error that is nil", "error(nil)"),
        absent("an error that is a function", "error(print)"),
        absent("an error that is a number", "error(42)"),
        absent("an error that is not UTF-8", "error('\\xff\\xfe')"),
        absent("an error about itself", "local t = {} t.message = t error(t)"),
        absent("an error in __close", "local x <close> = setmetatable({}, {__close = function() error('second') end}) error('first')"),
    ]

    static let all = loops + swallowers + memory + loopsInC + recursion + escapes + poison + leaks + angryErrors
}
