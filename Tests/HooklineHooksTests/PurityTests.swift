import HooklineCore
import HooklineHooks
import Testing

@Suite("Purity")
struct PurityTests {
    private func differences(_ script: String, selection: [UInt8]? = nil) throws -> [PurityCheck.Difference] {
        let check = PurityCheck(columns: TestPackage.columns, primaryKey: "id", emailField: "email") { try TestPackage.started(script) }
        let crowd = TestPackage.crowd(60, from: 1)
        return try check.differences(crowd, selection: selection ?? Array(repeating: 1, count: 60))
    }

    @Test("a script that looks only at the user is pure, whatever it prepares, draws or maps")
    func pure() throws {
        let script = """
            local wanted = {}
            return {
              setup = function(ctx) for _, country in ipairs(ctx.params.countries) do wanted[country] = true end end,
              map = function(user) return { email = "m" .. user.id .. "@example.org" } end,
              filter = function(user) if math.random() < 0.3 then return false, "sampled out" end return wanted[user.country] == true end,
              breakdown = function(user) return user.id % 2 == 0 and { "even", user.country } or nil end,
            }
            """
        #expect(try differences(script).isEmpty)
    }

    @Test("users whose verdict, reason, address or label depends on earlier users are reported")
    func impure() throws {
        for script in [
            "local n = 0 return { filter = function(user) n = n + 1 return n <= 10, 'enough' end }",
            "local seen = {} return { filter = function(user) local c = user.country or '' seen[c] = (seen[c] or 0) + 1 return false, 'number ' .. seen[c] end }",
            "local n = 0 return { map = function(user) n = n + 1 return { email = n .. '@example.com' } end }",
            "local last return { breakdown = function(user) local before = last last = user.country or 'none' return before end }",
        ] {
            let found = try differences(script)
            #expect(found.count > 10, "\(script)")
            #expect(found.allSatisfy { $0.inOrder != $0.otherwise && $0.row.hasPrefix("row ") && $0.row.contains("(id ") })
        }
        let first = try #require(
            try differences("local n = 0 return { filter = function(user) n = n + 1 return n <= 10, 'enough' end }").first)
        #expect(first.inOrder == "kept")
        #expect(first.otherwise == "dropped: enough")
    }

    @Test("rows that the rules leave out reach no hook")
    func selection() throws {
        let script = "return { filter = function(user) assert(user.id > 30) return true end }"
        #expect(try differences(script, selection: (1...60).map { $0 > 30 ? 1 : 0 }).isEmpty)
    }
}
