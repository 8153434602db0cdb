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
        #expect(error?.message.hasPrefix("vip-customers: the script does not compile at hooks.lua:2\n  2 │ return {") == true)
    }

    @Test("bytecode is no script")
    func bytecode() {
        #expect(failure("\u{1B}Lua").map { $0.code } == .syntax)
    }

    @Test(
        "a script that returns nothing, or no table, is told what to return",
        arguments: [
            ("local t = {}", "returns nothing"), ("return 5", "returns a number"), ("return 'x'", "returns a string"),
        ])
    func noTable(script: String, text: String) {
        let error = failure(script)
        #expect(error?.code == .shape)
        #expect(error?.message.contains(text) == true)
        #expect(error?.message.contains("return { … }") == true)
    }

    @Test("an unknown hook is an error with the nearest name")
    func unknownHook() {
        let error = failure("return { fliter = function() return true end }")
        #expect(error?.code == .unknownHook)
        #expect(error?.message == "vip-customers: hooks.lua: there is no hook 'fliter'; did you mean 'filter'?")
        #expect(failure("return { transmogrify = function() end }")?.message.contains("the hooks are setup, map, filter") == true)
        #expect(failure("return { function() end }")?.code == .unknownHook)
    }

    @Test("a hook that is no function is an error")
    func notAFunction() {
        let error = failure("return { filter = 'country == FR' }")
        #expect(error?.code == .shape)
        #expect(error?.message == "vip-customers: hooks.lua: 'filter' is a string; a hook is a function")
    }

    @Test("two scripts may both filter, but only one may name")
    func twice() throws {
        let name = "return { name = function(segment) return segment.name end }"
        let error = failure(name, others: ["vip.lua": name], scripts: ["hooks.lua", "vip.lua"])
        #expect(error?.code == .twice)
        #expect(error?.message == "vip-customers: vip.lua: 'name' is in hooks.lua already; only one script of a package may have it")
        let filter = "return { filter = function(user) return true end }"
        #expect(failure(filter, others: ["vip.lua": filter], scripts: ["hooks.lua", "vip.lua"]) == nil)
    }

    @Test("a script that the package does not have is named, with the nearest file")
    func missingFile() {
        let error = failure("return {}", scripts: ["hook.lua"])
        #expect(error?.message == "vip-customers: the package has no file 'hook.lua'; did you mean 'hooks.lua'?")
    }

    @Test("an error while a script loads names its line")
    func loadError() {
        let error = failure("local limits = nil\nlocal first = limits.first\nreturn {}")
        #expect(error?.code == .runtime)
        #expect(error?.message.hasPrefix("vip-customers: loading the script failed at hooks.lua:2") == true)
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
        #expect(error?.message.contains("module 'a' requires itself, directly or through others") == true)
    }

    @Test("globals may be made while scripts load, and not after")
    func globals() throws {
        let host = try TestPackage.started(
            "function french(user) return user.country == 'FR' end return { filter = function(user) return french(user) end }")
        #expect(try host.verdicts().verdicts[0] == .kept)
        let late = try TestPackage.started("return { filter = function(user) seen = (seen or 0) + 1 return true end }")
        let error = hookError { _ = try late.verdicts() }
        #expect(error?.message.contains("there is no global 'seen'") == true)
        let assigning = try TestPackage.started("return { filter = function(user) count = 1 return true end }")
        let refused = hookError { _ = try assigning.verdicts() }
        #expect(refused?.message.contains("assigns the global 'count': globals are read-only after load; write 'local count'") == true)
    }

    @Test("an unknown global is an error with the nearest name")
    func unknownGlobal() {
        #expect(
            failure("return { filter = tostrng(1) }")?.message.contains("there is no global 'tostrng'; did you mean 'tostring'?") == true)
        #expect(failure("hokline.log.info('x')")?.message.contains("did you mean 'hookline'?") == true)
        #expect(failure("hookline.log.wran('x')")?.message.contains("hookline.log has no function 'wran'; did you mean 'warn'?") == true)
        #expect(
            failure("return { setup = string.fromat('x') }")?.message.contains("string has no function 'fromat'; did you mean 'format'?")
                == true)
    }
}
