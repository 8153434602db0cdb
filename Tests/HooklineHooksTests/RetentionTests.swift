import HooklineCore
import HooklineHooks
import Testing

@Suite("Whether a script may keep something from row to row")
struct RetentionTests {
    private func retention(_ script: String, others: [String: String] = [:], scripts: [String] = ["hooks.lua"]) throws -> String? {
        let files = [ScriptPackage.File(path: "hooks.lua", text: script)] + others.map { ScriptPackage.File(path: $0.key, text: $0.value) }
        return try ScriptFacts(ScriptPackage(name: "vip", scripts: scripts, files: files), jail: TestPackage.jail).retention
    }

    @Test(
        "is ruled out for code that only reads what it did not make",
        arguments: [
            "return { filter = function(user) return user.country == 'FR', 'no' end }",
            "local good = { FR = true } good.BE = true return { filter = function(user) return good[user.country or ''] == true end }",
            """
            return { map = function(user)
              local out = {}
              for word in user.email:gmatch("%a+") do out[#out + 1] = word end
              for index = 1, 3 do table.insert(out, index) end
              table.sort(out)
              return { email = table.concat(out) }
            end }
            """,
            """
            local limit, names
            return {
              setup = function(ctx) limit = ctx.params.threshold names = {} names.a = 1 table.insert(names, 2) end,
              filter = function(user) return user.lifetime_value > limit end,
            }
            """,
            """
            local function class(name) return setmetatable({ name = name }, { __index = { hi = function() return 1 end } }) end
            return { filter = function(user) local it = class("x") return it.hi() == 1 end, breakdown = function(user)
              local list = hookline.array {}
              for key, value in hookline.sorted_pairs({ a = 1 }) do list = { key } end
              return list
            end }
            """,
            "return { filter = function(user) if user.country then local t = {} t.x = 1 return t.x == 1 end return true end }",
            "local names = require 'lib' return { filter = function(user) return names.ok(user) end }",
        ])
    func pure(script: String) throws {
        #expect(try retention(script, others: ["lib.lua": "return { ok = function(user) return true end }"]) == nil)
    }

    @Test(
        "is found where code writes, or hides what it does",
        arguments: [
            ("local seen = {}\nreturn { filter = function(user)\n seen[user.id] = true\n return true end }", 3),
            ("local n = 0\nreturn { filter = function(user)\n n = n + 1\n return n < 3 end }", 3),
            ("local seen = {}\nreturn { filter = function(user)\n seen.last = user.id\n return true end }", 3),
            ("local seen = {}\nreturn { filter = function(user)\n table.insert(seen, user.id)\n return #seen < 2 end }", 3),
            ("local seen = {}\nlocal insert = table.insert\nreturn { filter = function(user) insert(seen, 1) return true end }", 2),
            ("local lib = table\nreturn { filter = function(user) return true end }", 1),
            ("local seen = {}\nreturn { filter = function(user)\n pcall(table.insert, seen, 1)\n return true end }", 3),
            ("local seen = {}\nlocal function add(t)\n t[1] = 1 end\nreturn { filter = function(user) add(seen) return true end }", 3),
            ("local it = ('a b'):gmatch('%a')\nreturn { filter = function(user) return it() == 'a' end }", 1),
            ("local f = _ENV\nreturn { filter = function(user) return true end }", 1),
            (
                "local t = {}\nreturn { filter = function(user) local w = {}\n setmetatable(w, { __newindex = t })\n w.x = 1 return true end }",
                4
            ),
            (
                "local t = {}\nreturn { filter = function(user) local w = {}\n for i = 1, 2 do\n w[i] = 1 setmetatable(w, { __newindex = t }) end return true end }",
                4
            ),
            ("local t = {}\nreturn { filter = function(user) local w = t or {}\n w.x = 1 return true end }", 3),
            ("local t = {}\nreturn { filter = function(user) local w = {}\n for i = 1, 2 do\n w.x = 1 w = t end return true end }", 4),
            (
                "local t = {}\nreturn { filter = function(user) local w = {}\n local f = function() w = t end\n f() w.x = 1 return true end }",
                3
            ),
            ("local t = {}\nreturn { filter = function(user)\n for _, list in ipairs({ t }) do\n list.x = 1 end return true end }", 4),
            ("local t = {}\nreturn { filter = function(user) local w = { t }\n w[1].x = 1 return true end }", 3),
            ("local t = {}\nreturn { filter = function(user)\n (table)['ins' .. 'ert'](t, 1) return true end }", 3),
            ("local t = {}\nreturn { filter = function(user)\n setmetatable(t, {})\n return true end }", 3),
            (
                "local n = 0\nlocal function start()\n n = n + 1 end\nreturn { setup = start, filter = function(user) start() return n < 3 end }",
                3
            ),
            (
                "local n = 0\nlocal hooks = { setup = function()\n n = n + 1 end }\nhooks.filter = function(user) hooks.setup() return n < 3 end\nreturn hooks",
                3
            ),
            (
                "local function make() local n = 0 return function()\n n = n + 1 return n end end\nlocal c = make()\nreturn { filter = function() return c() < 3 end }",
                2
            ),
            ("return { filter = function(user) local t = {}\n table.move({ 1 }, 1, 1, 1, t)\n return true end }", 2),
            ("return { filter = function(user) local t\n if user.id then t = {} else t = user end\n t.x = 1\n return true end }", 3),
        ])
    func keeping(script: String, line: Int) throws {
        let found = try #require(try retention(script))
        #expect(found.hasPrefix("hooks.lua:\(line) "), "\(found)")
    }

    @Test("is found in modules, and in a setup that another file may call")
    func modules() throws {
        let counter = "local n = 0\nreturn { count = function() n = n + 1 return n end }"
        #expect(
            try retention("local c = require 'c' return { filter = function() return c.count() < 3 end }", others: ["c.lua": counter])?
                .hasPrefix("c.lua:2 ") == true)
        let start = "local n = 0 return { setup = function() n = n + 1 end }"
        #expect(try retention(start) == nil)
        let caller = "local hooks = require 'hooks' return { filter = function() hooks.setup() return true end }"
        #expect(try retention(start, others: ["b.lua": caller], scripts: ["hooks.lua", "b.lua"]) != nil)
    }

    @Test("what a verdict relies on is noted row by row")
    func reliances() throws {
        func reliances(_ body: String, setup: String = "", top: String = "") throws -> [Reliance] {
            try TestPackage.started(
                "\(top) return { setup = function(ctx) \(setup) end, filter = function(user, ctx) if user.country ~= 'DE' then \(body) end return true end }",
                others: ["lib.lua": "return {}"]
            ).verdicts().reliances
        }
        func only(_ reliance: Reliance) -> [Reliance] { [reliance, [], reliance, reliance, reliance] }
        #expect(try reliances("") == only([]))
        #expect(try reliances("local x = ctx.now") == only(.moment))
        #expect(try reliances("local x = ctx['n' .. 'ow']") == only(.moment))
        #expect(try reliances("local x = ctx.run.id") == only(.moment))
        #expect(try reliances("local x = ctx.today") == only(.day))
        #expect(try reliances("local x = ctx.params.threshold .. ctx.timezone .. ctx.activation") == only([]))
        #expect(try reliances("local n = 0 for k in pairs(ctx) do n = n + 1 end assert(n == 6)") == only([.moment, .day]))
        #expect(try reliances("local x = math.random()") == only(.chance))
        #expect(try reliances("for k in pairs({ a = 1 }) do end") == only(.order))
        #expect(try reliances("assert(next({}) == nil) for k in pairs({}) do end") == only([]))
        #expect(try reliances("assert(next({ 1 }) == 1)") == only(.order))
        #expect(try reliances("for k in pairs(user) do end") == only([]))
        #expect(try reliances("for k in hookline.sorted_pairs({ a = 1, b = 2 }) do end") == only([]))
        #expect(try reliances("for k in hookline.sorted_pairs({ a = 1, b = 2 }, function(a, b) return a < b end) do end") == only(.order))
        #expect(try reliances("hookline.log.info('hi')") == only(.log))
        #expect(try reliances("require 'lib'") == [.beingFirst, [], [], [], []])
        #expect(try reliances("", setup: "local x = ctx.now") == Array(repeating: .moment, count: 5))
        #expect(try reliances("", setup: "local x = ctx.today hookline.log.info('hi')") == Array(repeating: .day, count: 5))
        #expect(try reliances("", top: "local x = math.random() require 'lib'") == Array(repeating: .chance, count: 5))
    }

    @Test("a call outside of rows leaves no trace on them")
    func otherCalls() throws {
        let host = try TestPackage.started(
            "return { name = function(segment, ctx) return segment.name .. ctx.today .. math.random(9) end, filter = function() return true end }"
        )
        _ = try host.name(segment: "VIP", label: nil)
        #expect(try host.verdicts().reliances == Array(repeating: [], count: 5))
    }

    @Test("an unknown field of ctx is still an error with its line and the nearest name")
    func unknownField() throws {
        let host = try TestPackage.started("return { filter = function(user, ctx)\n return ctx.todai == 1 end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.mentions("hooks.lua:2", "'today'") == true, "\(error?.message ?? "")")
    }

    @Test("a forgiven error is noted, whether the user is dropped or kept")
    func forgiven() throws {
        for policy in [Safeguards.ScriptErrorPolicy.drop, .keep] {
            var safeguards = Safeguards()
            safeguards.onScriptError = policy
            let host = try TestPackage.started(
                "return { map = function(user) if user.country == 'DE' then error('no') end end, filter = function() return true end }",
                safeguards: safeguards)
            #expect(try host.verdicts().reliances == [[], .forgiveness, [], [], []])
        }
    }
}
