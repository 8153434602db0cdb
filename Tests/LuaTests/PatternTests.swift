import Lua
import Testing

// Expected values follow the reference manual of Lua 5.4, section 6.4.1.
@Suite("Patterns")
struct PatternTests {
    /// All results of an expression, joined.
    private func results(_ expression: String) throws -> String {
        let value = try TestScript.run(
            "local r = table.pack(\(expression)) for i = 1, r.n do r[i] = tostring(r[i]) end return table.concat(r, ' ')")
        guard case .string(let text) = value else { return "?" }
        return text
    }

    @Test(
        "find, match, gmatch and gsub do what the manual says",
        arguments: [
            ("('hello world'):find('wor')", "7 9"), ("('hello'):find('l')", "3 3"), ("('hello'):find('l', 4)", "4 4"),
            ("('hello'):find('')", "1 0"),
            ("('hello'):find('', 6)", "6 5"), ("('hello'):find('', 7)", "nil"), ("('hello'):find('l', -2)", "4 4"),
            ("('a.b'):find('.', 1, true)", "2 2"),
            ("('a+b'):find('+', 1, true)", "2 2"), ("('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key value"),
            ("('  trim  '):match('^%s*(.-)%s*$')", "trim"), ("('2026-03-01'):match('(%d+)-(%d+)-(%d+)')", "2026 03 01"),
            ("('THE (quick) fox'):find('%((%a+)%)')", "5 11 quick"), ("('hello'):match('()ll()')", "3 5"), ("('aXb'):match('%u')", "X"),
            ("('f(a(b)c)d'):match('%b()')", "(a(b)c)"), ("('THE (quick) fox'):gsub('%f[%a]%a+', 'W')", "W (W) W 3"),
            ("('abcabc'):match('(abc)%1')", "abc"), ("('x\\0y'):find('%z')", "2 2"), ("('a]b'):match('[]]')", "]"),
            ("('a-b'):match('[a-]+')", "a-"),
            ("('^a'):match('[%^a]+')", "^a"), ("('hello world'):gsub('o', '0', 1)", "hell0 world 1"),
            ("('hello'):gsub('', '-')", "-h-e-l-l-o- 6"),
            ("('abc'):gsub('%w', '%0%0')", "aabbcc 3"), ("('hello world'):gsub('(%w+) (%w+)', '%2 %1')", "world hello 1"),
            ("('$name is $age'):gsub('%$(%w+)', { name = 'Ada' })", "Ada is $age 2"),
            ("('abc'):gsub('b', function() return false end)", "abc 1"),
            ("('abc'):gsub('b', '%%')", "a%c 1"), ("('abc'):gsub('^a', 'x')", "xbc 1"), ("('aaa'):gsub('^a', 'x')", "xaa 1"),
            ("('abc'):gsub('(b)()', '%2')", "a3c 1"), ("('é'):match('[\\xC3][\\xA9]') == 'é'", "true"),
        ])
    func manual(expression: String, expected: String) throws {
        #expect(try results(expression) == expected)
    }

    @Test(
        "gmatch gives every match, empty ones once, and takes ^ as any byte",
        arguments: [
            ("one two", "%a+", "one|two"), ("k=v, a=b", "(%w+)=(%w+)", "k,v|a,b"), ("abc", "", "|||"), ("a^b", "^b", "^b"),
            ("xxx", "x-", "|||"),
        ])
    func gmatch(text: String, pattern: String, expected: String) throws {
        let joined =
            "local t = {} for a, b in ('\(text)'):gmatch('\(pattern)') do t[#t + 1] = b and a .. ',' .. b or a end return table.concat(t, '|')"
        #expect(try TestScript.run(joined) == .string(expected))
    }

    @Test(
        "malformed patterns raise Lua's own messages, for subjects that get that far",
        arguments: [
            ("'%'", "malformed pattern (ends with '%')"), ("'['", "malformed pattern (missing ']')"),
            ("'[%'", "malformed pattern (missing ']')"),
            ("'%f'", "missing '[' after '%f' in pattern"), ("'%b'", "malformed pattern (missing arguments to '%b')"),
            ("'('", "unfinished capture"),
            ("'.)'", "invalid pattern capture"), ("'%1'", "invalid capture index %1"), ("('()'):rep(33)", "too many captures"),
        ])
    func malformed(pattern: String, text: String) throws {
        #expect(luaError { _ = try TestScript.evaluate("('a'):find(\(pattern))") }?.message == text)
        #expect(try TestScript.evaluate("('a'):find('b' .. \(pattern))") == .none)
    }

    @Test(
        "bad replacements raise Lua's own messages",
        arguments: [
            ("'%2'", "invalid capture index %2"), ("'%x'", "invalid use of '%' in replacement string"),
            ("'%'", "invalid use of '%' in replacement string"),
            ("function() return {} end", "invalid replacement value (a table)"), ("true", "string/function/table expected"),
        ])
    func replacements(value: String, luaText: String) throws {
        #expect(luaError { _ = try TestScript.evaluate("('a'):gsub('a', \(value))") }?.mentions(luaText) == true)
    }

    @Test(
        "patterns that explode in a plain backtracking matcher take linear time",
        arguments: [
            ("(('a'):rep(30000)):find('.-.-.-.-b')", LuaValue.none),
            ("(('a'):rep(30000)):find('a*a*a*a*b')", .none),
            ("(('a'):rep(100)):find(('a?'):rep(100) .. ('a'):rep(100))", .integer(1)),
            ("(('a'):rep(100)):find(('a?'):rep(100) .. ('a'):rep(101))", .none),
            ("#(('a '):rep(15000)):match('^%s*(.-)%s*$')", .integer(29_999)),
            ("(('a'):rep(200000)):find(('a'):rep(100000) .. 'b', 1, true)", .none),
        ])
    func linear(expression: String, expected: LuaValue) throws {
        #expect(try TestScript.evaluate(expression) == expected)
    }

    @Test(
        "the step limit ends what remains polynomial",
        arguments: [
            "(('a'):rep(30000)):find('(.-)(.-)(.-)%1%2b')", "(('('):rep(30000)):find('%b()')", "(('a'):rep(3000)):gsub('(.-)(.-)%1b', '')",
        ])
    func stepLimit(expression: String) throws {
        #expect(luaError { _ = try TestScript.evaluate(expression) }?.isLimit == true)
        #expect(luaError { _ = try TestScript.run("while true do pcall(function() return \(expression) end) end") }?.isLimit == true)
    }

    @Test("a pattern of a thousand elements is too complex, and many patterns in turn still match")
    func cache() throws {
        #expect(luaError { _ = try TestScript.evaluate("('a'):find(('a?'):rep(1000))") }?.code == .runtime)
        #expect(
            try TestScript.run("for i = 1, 500 do assert(('k' .. i):match('^k(' .. i .. ')$') == tostring(i)) end return true")
                == .boolean(true))
    }
}
