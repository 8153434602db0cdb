import Foundation
import HooklineCore
import HooklineHooks
import Testing

@Suite("Checking scripts without running them")
struct ScriptCheckTests {
    private static func found(_ script: String, others: [String: String] = [:]) -> [String] {
        let files = [ScriptPackage.File(path: "hooks.lua", text: script)] + others.map { ScriptPackage.File(path: $0.key, text: $0.value) }
        let package = ScriptPackage(name: "vip", scripts: ["hooks.lua"], files: files)
        return ScriptCheck.issues(package, columns: TestPackage.columns, parameters: ["threshold", "countries"], jail: TestPackage.jail)
            .map { "\($0.position?.line ?? 0) \($0.code)" }
    }

    @Test(
        "finds what would fail, with its line",
        arguments: [
            ("local = 1", "1 script.syntax"),
            ("return { filter = function(user)\nreturn cuntry == 1 end }", "2 script.unknown_global"),
            ("return { filter = function(user)\ncount = 1\nreturn true end }", "2 script.global_write"),
            ("return { filter = function(user)\nreturn os.time() > 1 end }", "2 script.unavailable"),
            ("return { filter = function(user)\nreturn string.fnord('a') end }", "2 script.unknown_function"),
            ("local log = hookline.log\nreturn { setup = function()\nlog.wrn('a') end }", "3 script.unknown_function"),
            ("return { filter = function(user)\nreturn user.cuntry == 'FR' end }", "2 script.unknown_field"),
            (
                "return { filter = function(user)\nlocal f = function() return user.cuntry end\nreturn f() end }",
                "2 script.unknown_field"
            ),
            ("local H = {}\nfunction H.filter(u, c)\nreturn u.id > c.params.treshold end\nreturn H", "3 script.unknown_context"),
            ("return { setup = function(ctx)\nprint(ctx.tody) end }", "2 script.unknown_context"),
            ("local n = require 'lib.nam'\nreturn { setup = function() n() end }", "1 script.unknown_module"),
            ("return {\nfilter = function(user) local ok = user.id > 1 end }", "2 script.no_return"),
            ("local function f(s)\nif s.label then return end\nend\nreturn { name = f }", "1 script.no_return"),
            ("return {\nmap = function(user) local m = { email = user.work_email } end }", "2 script.no_return"),
            ("return { filter = function(user)\nreturn user.email:find('\\.') end }", "2 script.syntax"),
        ])
    func finds(_ script: String, _ issue: String) {
        #expect(Self.found(script) == [issue])
    }

    @Test(
        "sees through a mapping that chooses between values, through helpers, and into every hook",
        arguments: [
            (
                "return { map = function(user) return { email = user.work_email or user.email } end,\nfilter = function(user) return user.contry end }",
                ["2 script.unknown_field"]
            ),
            (
                "return { map = function(user) return { email = user.id > 1 and user.email or hookline.null, tag = user.id == 1 and 'a' or 'b' } end,\nfilter = function(user) return user.tag == user.tog end }",
                ["2 script.unknown_field"]
            ),
            ("return { map = function(user)\nreturn { emial = user.work_email } end }", ["1 script.unread_key"]),
            ("return { map = function(user)\nreturn { FNAME = user.email } end }", []),
            ("return { filter = function(user)\nreturn math.random() < 0.5 end }", ["2 script.random"]),
            (
                "local function fr(user)\nreturn user.cuntry end\nreturn { filter = function(user) return fr(user) end }",
                ["2 script.unknown_field"]
            ),
            (
                "return { review = function(plan)\nreturn plan.aded < 5 end, name = function(segment)\nreturn segment.nam end }",
                ["2 script.unknown_context", "3 script.unknown_context"]
            ),
            ("return { report = function(report)\nreturn report.droped end }", ["2 script.unknown_context"]),
            ("local n = require 'names'\nreturn { setup = function() n() end }", ["1 script.unknown_module"]),
            ("return { map = function(user)\nuser.email = 'x' end }", ["2 script.unknown_field", "1 script.no_return"]),
            ("return { setup = function()\nprint('a') end, report = function()\nprint('b') end }", []),
            ("return { filter = function(user)\nif user.id == 1 then return false end\nreturn hookline.text.trim end }", []),
        ])
    func seesThrough(script: String, issues: [String]) {
        let others = script.contains("'names'") ? ["lib/names.lua": "return function() end"] : [:]
        #expect(Self.found(script, others: others).filter { $0 != "1 script.unused_file" } == issues)
    }

    @Test("warns about a file that nothing requires, and finds mistakes in required ones")
    func files() {
        let script = "local n = require 'lib.names'\nreturn { setup = function() n() end }"
        #expect(Self.found(script, others: ["lib/names.lua": "return function()\nreturn nothng end"]) == ["2 script.unknown_global"])
        #expect(Self.found("return {}", others: ["old.lua": "return 1"]) == ["1 script.unused_file"])
    }

    @Test(
        "says nothing where it cannot be sure",
        arguments: [
            "return { map = function(user) return { tier = 'a' } end, filter = function(user) return user.tier == 'a' end }",
            "return { map = function(user) local o = {}\nif user.id then o.tier = 1 end\nreturn o end, filter = function(u) return u.tier == 1 end }",
            "local function f() return { tier = 1 } end\nreturn { map = function(u) return f() end, filter = function(u) return u.x == 1 end }",
            "return { map = function(u) local o = {}\nfor k, v in pairs(u) do o[k] = v end\nreturn o end, filter = function(u) return u.x end }",
            "local function init() shared = 1 end\ninit()\nreturn { setup = function() print(shared) end }",
            "return { filter = function(user)\nuser = { x = 1 }\nreturn user.x == 1 end }",
            "return { filter = function(user)\nfor _, user in ipairs({ { x = 1 } }) do print(user.x) end\nreturn true end }",
            "return { filter = function(user)\nlocal f = function() return user.x end\nuser = { x = 1 }\nreturn f() end }",
            "local _ENV = { a = 1 }\nreturn { setup = function() return b end }",
            "local t = string\nif t then t = { fnord = 1 } end\nreturn { setup = function() return t.fnord end }",
            "return { filter = function(user, ctx)\nlocal s = 0\nfor i = 1, 3 do s = s + math.floor(i / 2) end\n"
                + "while s > 9 do s = s - 1 end\nreturn s < ctx.params.threshold and ('a'):rep(2) ~= user.email, 'low' end }",
        ])
    func silent(_ script: String) {
        #expect(Self.found(script) == [])
    }

    @Test("says nothing about the shipped demo")
    func demo() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "scripts/demo/activations/vip-customers/hooks.lua"), encoding: .utf8)
        let package = ScriptPackage(name: "vip", scripts: ["hooks.lua"], files: [ScriptPackage.File(path: "hooks.lua", text: text)])
        let columns = ["account", "email", "work_email", "consent", "country"].map { Column($0, .text) }
        #expect(ScriptCheck.issues(package, columns: columns, parameters: ["threshold", "countries"], jail: TestPackage.jail) == [])
    }

    @Test(
        "says nothing about correct code that it cannot follow",
        arguments: [
            "local function wrap(f) return f end\nreturn { map = wrap(function(user) return { full = user.email } end), filter = function(user) return user.full ~= nil end }",
            "local maps = { function(user) return { full = user.email } end }\nreturn { map = maps[1], filter = function(user) return user.full ~= nil end }",
            "return { filter = function(user) local function set() user = { zork = true } end set() return user.zork end }",
            "local unpack = table.unpack or unpack\nreturn { filter = function(user) return unpack({ true }) end }",
            "for _, name in ipairs { 'AA' } do _ENV[name] = 1 end\nreturn { filter = function(user) return AA == 1 end }",
        ])
    func staysSilent(script: String) {
        #expect(Self.found(script) == [])
    }

    @Test("a chain of fields as long as a file is checked quickly")
    func longChain() {
        let chain = String(repeating: ".x", count: 30_000)
        #expect(Self.found("return { filter = function(user) return user\(chain) end }") == ["1 script.unknown_field"])
        let names = (0..<3_000).map { "x\($0)()" }.joined(separator: "\n")
        #expect(Self.found("return { filter = function(user)\n\(names)\nreturn true end }").count == 3_000)
    }
}
