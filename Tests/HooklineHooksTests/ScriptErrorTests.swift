import HooklineCore
import HooklineHooks
import Testing

@Suite("Script errors")
struct ScriptErrorTests {
    private let misspelt = """
        return {
          filter = function(user, ctx)
            if user.lifetime_vale > ctx.params.threshold then return true end
            return false, "too small"
          end,
        }
        """

    @Test("an error names package, hook, file, line, row and key, marks the place, and suggests the nearest field")
    func message() throws {
        let host = try TestPackage.started(misspelt)
        let error = try #require(hookError { _ = try host.verdicts(firstNumber: 4_211) })
        #expect(error.code == .runtime)
        #expect(error.line == 3)
        #expect(
            error.message == """
                vip-customers: filter failed at hooks.lua:3, row 4,211 (id 1001)
                  3 │     if user.lifetime_vale > ctx.params.threshold then return true end
                    │             ^ the model has no field 'lifetime_vale'; did you mean 'lifetime_value'?
                """)
    }

    @Test("fail is the default: the first error ends the run")
    func failIsDefault() throws {
        let host = try TestPackage.started("return { filter = function(user) return user.country:lower() ~= 'x' end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.message.contains("row 3 (id 1003)") == true)
        #expect(host.forgivenErrors.count == 0)
    }

    @Test("drop drops the user and counts it")
    func drop() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) return user.country:lower() ~= 'x' end }", safeguards: Safeguards(onScriptError: .drop))
        let verdicts = try host.verdicts()
        #expect(verdicts.verdicts == [.kept, .kept, .dropped, .kept, .kept])
        #expect(verdicts.reason(2) == "script error")
        #expect(host.forgivenErrors.count == 1)
        #expect(host.forgivenErrors.samples.first?.contains("row 3 (id 1003)") == true)
    }

    @Test("keep goes on as if the hook were absent for that user, the other hooks still counting")
    func keep() throws {
        let host = try TestPackage.started(
            """
            return {
              map = function(user) return { email = user.country:lower() .. '@example.com' } end,
              filter = function(user) return user.id ~= 1004, "unwanted" end,
            }
            """, safeguards: Safeguards(onScriptError: .keep))
        let verdicts = try host.verdicts()
        #expect(verdicts.verdicts == [.kept, .kept, .kept, .dropped, .kept])
        #expect(verdicts.address(0) == "fr@example.com")
        #expect(verdicts.addresses[2] == .unchanged)
        #expect(host.forgivenErrors.count == 1)
    }

    @Test("more errors than max_script_errors end the run")
    func tooMany() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) error('no') end }", safeguards: Safeguards(onScriptError: .drop, maxScriptErrors: 3))
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .tooManyErrors)
        #expect(error?.message.hasPrefix("vip-customers: more than 3 users met a script error") == true)
        #expect(error?.message.contains("row 4") == true)
    }

    @Test("exactly max_script_errors errors are forgiven")
    func exactlyAsMany() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) error('no') end }", safeguards: Safeguards(onScriptError: .drop, maxScriptErrors: 5))
        #expect(try host.verdicts().verdicts.allSatisfy { $0 == .dropped })
        #expect(host.forgivenErrors.samples.count == 5)
    }

    @Test("a user's endless loop is forgiven like any error, for the same instructions end it everywhere")
    func instructionsAreForgiven() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) while user.country == nil do end return true end }",
            safeguards: Safeguards(onScriptError: .drop))
        #expect(try host.verdicts().verdicts == [.kept, .kept, .dropped, .kept, .kept])
    }

    @Test("memory that ran out ends the run under every policy")
    func memoryIsFatal() throws {
        let host = try TestPackage.started(
            "local kept = {} return { filter = function(user) while true do kept[#kept + 1] = ('x'):rep(10000) end end }",
            safeguards: Safeguards(onScriptError: .keep), limits: HookLimits(memoryBytes: 4 << 20))
        #expect(hookError { _ = try host.verdicts() }?.code == .memory)
    }

    @Test(
        "what a filter may return, and what it may not",
        arguments: [
            ("return", "it returned nil: is there a path without a return?"),
            ("return nil", "it returned nil"),
            ("return 1", "it returned a number"),
            ("return 'yes'", "it returned a string"),
            ("return {}", "it returned a table"),
            ("return false, 42", "filter's reason must be a string; it is a number"),
        ])
    func filterResults(body: String, text: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badReturn)
        #expect(error?.message.contains(text) == true)
        #expect(error?.message.contains("hooks.lua:1, row 1 (id 1001)") == true)
    }

    @Test(
        "what a map may return, and what it may not",
        arguments: [
            ("return true", "map must return a table of fields, or nil to leave the user as it is; it returned a boolean"),
            ("return user", "it returned a user"),
            ("return { 'x' }", "map returns a table with a number as a key"),
            ("return { email = 5 }", "map returns a number for 'email'; it must be a string"),
            ("return { email = false }", "map returns a boolean for 'email'"),
            ("return { tier = print }", "map returns a function for 'tier'"),
            ("return { tier = user }", "map returns a userdata for 'tier'"),
        ])
    func mapResults(body: String, text: String) throws {
        let host = try TestPackage.started("return { map = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badReturn)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test("an address that is not UTF-8 is an error that names hook, row and field")
    func invalidText() throws {
        let host = try TestPackage.started("return { map = function(user) return { email = 'a\\xff@example.com' } end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badText)
        #expect(error?.message.contains("map failed") == true)
        #expect(error?.message.contains("row 1 (id 1001)") == true)
        #expect(error?.message.contains("not UTF-8 for 'email'") == true)
    }

    @Test("no address gets into an error or a log line, whatever the script does")
    func noAddresses() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) hookline.log.warn('saw', user.email) error('bad address <' .. user.email .. '>!') end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.message.contains("example.com") == false)
        #expect(error?.message.contains("bad address <…@…>!") == true)
        #expect(host.log == [HookLogLine(level: "warn", message: "saw\t…@…", row: 1)])
    }

    @Test("a primary key that is an address is left out of the message")
    func keyIsAddress() throws {
        let host = try TestPackage.host("return { filter = function(user) error('no') end }")
        try host.start(columns: TestPackage.columns, primaryKey: "email", context: TestPackage.context)
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.message.contains("row 1\n") == true)
    }

    @Test(
        "errors thrown as tables show their message; other objects say what they are",
        arguments: [
            ("error({ message = 'mine', code = 7 })", "mine"),
            ("error({})", "(error object is a table)"),
            ("error()", "(error without a message)"),
            ("error(42)", "42"),
            ("error(print)", "(error object is a function)"),
        ])
    func errorObjects(body: String, text: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .runtime)
        #expect(error?.line == 2)
        #expect(error?.message.contains(text) == true)
    }
}
