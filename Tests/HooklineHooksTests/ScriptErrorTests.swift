import HooklineCore
import HooklineHooks
import Testing

@Suite("Script errors")
struct ScriptErrorTests {
    private let misspelled = """
        return {
          filter = function(user, ctx)
            if user.lifetime_vale > ctx.params.threshold then return true end
            return false, "too small"
          end,
        }
        """

    @Test("an error names package, hook, file, line, row and key, marks the location, and suggests the nearest field")
    func message() throws {
        let host = try TestPackage.started(misspelled)
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

    @Test(
        "comparing text with a number names the fields on the line that are text, and where to give them a type",
        arguments: [
            ("user.country > 5", "'country' is text here: for numbers, add columns: { country: number }"),
            ("5 <= user['country']", "'country' is text here"), ("user.country > user.lifetime_value", "'country' is text here"),
            ("user.email < user.id or user.country > 1", "'email' and 'country' are text here"),
            ("tostring(user.id) > 5", "needs a type under `columns:`"),
        ])
    func comparing(_ expression: String, _ advice: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n return \(expression)\nend }")
        let error = try #require(hookError { _ = try host.verdicts() })
        #expect(error.message.contains(advice) && error.line == 2, "\(error.message)")
    }

    @Test(
        "an error that is a table is shown by its message or its __tostring, and its failure hides nothing",
        arguments: [
            ("error({ message = 'no stock' })", "no stock"),
            ("error(setmetatable({ code = 7 }, { __tostring = function(e) return 'code ' .. e.code end }))", "code 7"),
            ("error(setmetatable({}, { __tostring = function() error('again') end }))", "error object is a table"),
            ("error(setmetatable({}, { __tostring = function() while true do end end }))", "error object is a table"),
            ("error(setmetatable({}, { __tostring = function() return 5 end }))", "error object is a table"),
            ("error({})", "error object is a table"),
        ])
    func errorObjects(_ statement: String, _ text: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n \(statement)\nend }")
        let error = try #require(hookError { _ = try host.verdicts() })
        #expect(error.code == .runtime && error.line == 2 && error.message.contains(text), "\(error.message)")
    }

    @Test("fail is the default: the first error ends the run")
    func failIsDefault() throws {
        let host = try TestPackage.started("return { filter = function(user) return user.country:lower() ~= 'x' end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.mentions("row 3 (id 1003)") == true)
        #expect(host.forgivenErrors.count == 0)
    }

    @Test("drop drops the user and counts the error")
    func drop() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) return user.country:lower() ~= 'x' end }", safeguards: Safeguards(onScriptError: .drop))
        let verdicts = try host.verdicts()
        #expect(verdicts.verdicts == [.kept, .kept, .dropped, .kept, .kept])
        #expect(verdicts.reason(2) == "script error")
        #expect(host.forgivenErrors.count == 1)
        #expect(host.forgivenErrors.samples.first?.contains("row 3 (id 1003)") == true)
    }

    @Test("keep treats the hook as absent for that user; the other hooks still count")
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

    @Test("more than max_script_errors errors end the run")
    func tooMany() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) error('no') end }", safeguards: Safeguards(onScriptError: .drop, maxScriptErrors: 3))
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .tooManyErrors)
        #expect(error?.mentions("vip-customers", "max_script_errors", "row 4") == true)
    }

    @Test("exactly max_script_errors errors are forgiven")
    func exactlyAsMany() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) error('no') end }", safeguards: Safeguards(onScriptError: .drop, maxScriptErrors: 5))
        #expect(try host.verdicts().verdicts.allSatisfy { $0 == .dropped })
        #expect(host.forgivenErrors.samples.count == 5)
    }

    @Test("a user's endless loop is forgiven like any error, because the same instructions end it everywhere")
    func instructionsAreForgiven() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) while user.country == nil do end return true end }",
            safeguards: Safeguards(onScriptError: .drop))
        #expect(try host.verdicts().verdicts == [.kept, .kept, .dropped, .kept, .kept])
    }

    @Test("running out of memory ends the run under every policy")
    func memoryIsFatal() throws {
        let host = try TestPackage.started(
            "local kept = {} return { filter = function(user) while true do kept[#kept + 1] = ('x'):rep(10000) end end }",
            safeguards: Safeguards(onScriptError: .keep), limits: HookLimits(memoryBytes: 4 << 20))
        #expect(hookError { _ = try host.verdicts() }?.code == .memory)
    }

    @Test(
        "a filter must return a verdict",
        arguments: [
            ("return", "nil"), ("return nil", "nil"), ("return 1", "number"), ("return 'yes'", "string"), ("return {}", "table"),
            ("return false, 42", "number"),
        ])
    func filterResults(body: String, type: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badReturn)
        #expect(error?.mentions("filter", type, "hooks.lua:1, row 1 (id 1001)") == true)
    }

    @Test(
        "a map must return a table of values, or nil",
        arguments: [
            ("return true", ["boolean"]), ("return user", ["user"]), ("return { 'x' }", ["number"]),
            ("return { email = 5 }", ["number", "'email'"]), ("return { email = false }", ["boolean", "'email'"]),
            ("return { tier = print }", ["function", "'tier'"]), ("return { tier = user }", ["userdata", "'tier'"]),
        ])
    func mapResults(body: String, facts: [String]) throws {
        let host = try TestPackage.started("return { map = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badReturn)
        for fact in facts { #expect(error?.mentions(fact) == true, "\(error?.message ?? "")") }
    }

    @Test("an address that is not UTF-8 is an error that names hook, row and field")
    func invalidText() throws {
        let host = try TestPackage.started("return { map = function(user) return { email = 'a\\xff@example.com' } end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .badText)
        #expect(error?.mentions("map", "row 1 (id 1001)", "'email'") == true)
    }

    @Test("no address gets into an error or a log line, whatever the script does")
    func noAddresses() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) hookline.log.warn('saw', user.email) error('bad address <' .. user.email .. '>!') end }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.mentions("example.com") == false)
        #expect(error?.mentions("bad address <…@…>!") == true)
        #expect(host.log == [HookLogLine(level: "warn", message: "saw\t…@…", row: 1)])
    }

    @Test("a primary key that is an address is left out of the message")
    func keyIsAddress() throws {
        let host = try TestPackage.host("return { filter = function(user) error('no') end }")
        try host.start(columns: TestPackage.columns, primaryKey: "email", context: TestPackage.context)
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.mentions("row 1\n") == true)
    }

    @Test(
        "errors thrown as tables show their message; other objects show their type",
        arguments: [
            ("error({ message = 'mine', code = 7 })", "mine"), ("error({})", "table"), ("error()", "without"), ("error(42)", "42"),
            ("error(print)", "function"),
        ])
    func errorObjects(body: String, text: String) throws {
        let host = try TestPackage.started("return { filter = function(user)\n\(body)\nend }")
        let error = hookError { _ = try host.verdicts() }
        #expect(error?.code == .runtime)
        #expect(error?.line == 2)
        #expect(error?.mentions(text) == true)
    }
}
