import HooklineCore
import HooklineHooks
import Testing

@Suite("Scripts that do not load")
struct ScriptShapeTests {
    private func failure(_ script: String, others: [String: String] = [:], scripts: [String] = ["hooks.lua"]) -> HookError? {
        hookError { _ = try TestPackage.host(script, others: others, scripts: scripts) }
    }

    @Test("a syntax error names file and line, and shows the line")
    func syntax() {
        let error = failure("local x = 1\nreturn { filter = function(user) retrn true end }")
        #expect(error?.code == .syntax)
        #expect(error?.line == 2)
        #expect(error?.mentions("vip-customers: ", "hooks.lua:2\n  2 │ return {") == true)
    }

    @Test("bytecode is not a script")
    func bytecode() {
        #expect(failure("\u{1B}Lua").map { $0.code } == .syntax)
    }

    @Test(
        "a script that does not return a table is an error that says what to return",
        arguments: [
            ("local t = {}", "nothing"), ("return 5", "number"), ("return 'x'", "string"),
        ])
    func noTable(script: String, type: String) {
        let error = failure(script)
        #expect(error?.code == .shape)
        #expect(error?.mentions(type, "return { … }") == true)
    }

    @Test("an unknown hook is an error with the nearest name")
    func unknownHook() {
        let error = failure("return { fliter = function() return true end }")
        #expect(error?.code == .unknownHook)
        #expect(error?.mentions("vip-customers: hooks.lua:1: ", "'fliter'", "'filter'") == true)
        #expect(failure("return { transmogrify = function() end }")?.mentions("setup, map, filter") == true)
        #expect(failure("return { function() end }")?.code == .unknownHook)
    }

    @Test("a hook that is not a function is an error")
    func notAFunction() {
        let error = failure("return { filter = 'country == FR' }")
        #expect(error?.code == .shape)
        #expect(error?.mentions("vip-customers: hooks.lua:1: ", "'filter'", "string") == true)
    }

    @Test("two scripts may both filter, but only one may name")
    func twice() throws {
        let name = "return { name = function(segment) return segment.name end }"
        let error = failure(name, others: ["vip.lua": name], scripts: ["hooks.lua", "vip.lua"])
        #expect(error?.code == .twice)
        #expect(error?.mentions("vip-customers: vip.lua:1: ", "'name'", "hooks.lua") == true)
        let filter = "return { filter = function(user) return true end }"
        #expect(failure(filter, others: ["vip.lua": filter], scripts: ["hooks.lua", "vip.lua"]) == nil)
    }

    @Test("a script that is not in the package is an error with the nearest file")
    func missingFile() {
        let error = failure("return {}", scripts: ["hook.lua"])
        #expect(error?.code == .shape)
        #expect(error?.mentions("'hook.lua'", "'hooks.lua'") == true)
    }

    @Test("an error while a script loads names its line")
    func loadError() {
        let error = failure("local limits = nil\nlocal first = limits.first\nreturn {}")
        #expect(error?.code == .runtime)
        #expect(error?.mentions("vip-customers: ", "hooks.lua:2") == true)
    }

    @Test("an endless loop while a script loads is stopped")
    func loadLoop() {
        #expect(failure("while true do end")?.code == .instructions)
    }

    @Test("a file has at most 64 KB, a package at most 1 MB")
    func sizes() {
        let padding = String(repeating: "-", count: 65_536 - 12)
        #expect(failure("return {} --\(padding)") == nil)
        #expect(failure("return {} ---\(padding)")?.code == .syntax)
        let others = Dictionary(uniqueKeysWithValues: (0..<17).map { ("m\($0).lua", String(repeating: "-", count: 65_536)) })
        #expect(failure("return {}", others: others)?.code == .syntax)
    }

    @Test("modules that require each other are an error, not a loop")
    func cycle() {
        let error = failure("require 'a' return {}", others: ["a.lua": "return require 'b'", "b.lua": "return require 'a'"])
        #expect(error?.code == .runtime)
        #expect(error?.mentions("'a'") == true)
    }

    @Test("globals may be assigned while scripts load, and not later")
    func globals() throws {
        let host = try TestPackage.started(
            "function french(user) return user.country == 'FR' end return { filter = function(user) return french(user) end }")
        #expect(try host.verdicts().verdicts[0] == .kept)
        let late = try TestPackage.started("return { filter = function(user) seen = (seen or 0) + 1 return true end }")
        let error = hookError { _ = try late.verdicts() }
        #expect(error?.mentions("'seen'") == true)
        let assigning = try TestPackage.started("return { filter = function(user) count = 1 return true end }")
        let refused = hookError { _ = try assigning.verdicts() }
        #expect(refused?.mentions("'count'", "'local count'") == true)
    }

    @Test("an unknown global is an error with the nearest name")
    func unknownGlobal() {
        #expect(failure("return { filter = tostrng(1) }")?.mentions("'tostrng'", "'tostring'") == true)
        #expect(failure("hokline.log.info('x')")?.mentions("'hokline'", "'hookline'") == true)
        #expect(failure("hookline.log.wran('x')")?.mentions("hookline.log", "'wran'", "'warn'") == true)
        #expect(failure("return { setup = string.fromat('x') }")?.mentions("string", "'fromat'", "'format'") == true)
    }
}
