import HooklineCore
import HooklineHooks
import Testing

@Suite("map and filter")
struct UserHooksTests {
    @Test("a script without hooks keeps every user that the rules selected")
    func noHooks() throws {
        let verdicts = try TestPackage.started("return {}").verdicts(selection: [1, 0, 1, 0, 1])
        #expect(verdicts.verdicts == [.kept, .unseen, .kept, .unseen, .kept])
        #expect(verdicts.addresses.allSatisfy { $0 == .unchanged })
    }

    @Test("filter drops users with a reason, and sees only those that the rules selected")
    func filter() throws {
        let host = try TestPackage.started(
            """
            return { filter = function(user, ctx)
              if user.country ~= "FR" then return false, "not in France" end
              return user.lifetime_value < ctx.params.threshold
            end }
            """)
        let verdicts = try host.verdicts(selection: [1, 1, 1, 0, 1])
        #expect(verdicts.verdicts == [.kept, .dropped, .dropped, .unseen, .dropped])
        #expect((0..<5).map { verdicts.reason($0) } == [nil, "not in France", "not in France", nil, "no reason given"])
    }

    @Test("map changes, keeps or clears a user's address, and filter sees the mapped fields")
    func map() throws {
        let host = try TestPackage.started(
            """
            return {
              map = function(user)
                if user.country == nil then return nil end
                if user.country == "BE" then return { email = hookline.null } end
                return { email = user.work_email, tier = user.lifetime_value >= 100 and "gold" or "basic" }
              end,
              filter = function(user)
                return user.country == nil or user.country == "BE" or user.tier == "basic", "rich"
              end,
            }
            """)
        let verdicts = try host.verdicts()
        #expect(verdicts.verdicts == [.kept, .kept, .kept, .kept, .dropped])
        #expect(verdicts.addresses[0] == .unchanged)
        #expect(verdicts.address(1) == "desk1@example.org")
        #expect(verdicts.addresses[2] == .unchanged)
        #expect(verdicts.addresses[3] == .cleared)
        #expect(verdicts.reason(4) == "rich")
    }

    @Test("scripts run in their order, and later ones see what earlier ones mapped")
    func chain() throws {
        let host = try TestPackage.started(
            "return { map = function(user) return { email = 'first@example.com', step = 1 } end }",
            others: [
                "vip.lua": """
                return {
                  map = function(user) return { email = user.step .. '-' .. user.email, step = user.step + 1 } end,
                  filter = function(user) return user.step == 2 end,
                }
                """
            ],
            scripts: ["hooks.lua", "vip.lua"])
        let verdicts = try host.verdicts()
        #expect(verdicts.verdicts.allSatisfy { $0 == .kept })
        #expect(verdicts.address(0) == "1-first@example.com")
    }

    @Test("modules of the package are found by require, and only those")
    func require() throws {
        let host = try TestPackage.started(
            "local names = require 'lib.names' return { filter = function(user) return names.french[user.country or ''] == true end }",
            others: ["lib/names.lua": "return { french = { FR = true } }"])
        #expect(try host.verdicts().verdicts == [.kept, .dropped, .dropped, .dropped, .kept])
        let error = hookError { _ = try TestPackage.host("require 'lib.nams'", others: ["lib/names.lua": "return {}"]) }
        #expect(error?.mentions("'lib.nams'", "'lib.names'") == true)
    }

    @Test("reasons keep their numbers from batch to batch")
    func reasonsGrow() throws {
        let host = try TestPackage.started(
            "return { filter = function(user) return false, 'from ' .. (user.country or 'nowhere') end }")
        let first = try host.verdicts()
        let second = try host.verdicts()
        #expect(first.reasons == second.reasons)
        #expect(second.reason(2) == "from nowhere")
        #expect(first.reasonTexts == second.reasonTexts)
    }

    @Test("an empty batch calls no hook")
    func emptyBatch() throws {
        let host = try TestPackage.started("return { filter = function() error('never called') end }")
        #expect(try host.verdicts(of: RecordBatch(columns: TestPackage.columns), selection: []).verdicts.isEmpty)
    }

    @Test("a value that could not be read is an error where a script reads it, and nowhere else")
    func unreadable() throws {
        func run(_ filter: String) throws -> [HookVerdicts.Verdict] {
            let host = try TestPackage.started("return { filter = function(user) \(filter) end }")
            var batch = RecordBatch(columns: TestPackage.columns)
            for index in TestPackage.columns.indices {
                if index == 0 { batch.columns[0].append(integer: 1) } else { batch.columns[index].appendUnreadable() }
            }
            batch.endRow(number: 1)
            return try host.verdicts(of: batch, selection: [1]).verdicts
        }
        #expect(try run("return user.id == 1") == [.kept])
        for column in TestPackage.columns.dropFirst() {
            let error = hookError { _ = try run("if user.\(column.name) then return false end return true") }
            #expect(error?.code == .runtime && error?.mentions("'\(column.name)'", "could not be read") == true, "\(column.name)")
        }
    }

    @Test("a batch larger than the default is taken whole")
    func largeBatch() throws {
        let host = try TestPackage.started("return { filter = function(user) return user.id % 2 == 0 end }")
        var batch = RecordBatch(columns: TestPackage.columns)
        for id in 0..<2_500 {
            batch.columns[0].append(integer: Int64(id))
            batch.columns[1].append(text: "u\(id)@example.com")
            batch.columns[2].appendNull()
            batch.columns[3].appendNull()
            batch.columns[4].appendNull()
            batch.columns[5].appendNull()
            batch.endRow(number: id + 1)
        }
        let verdicts = try host.verdicts(of: batch, selection: Array(repeating: 1, count: 2_500))
        #expect(verdicts.verdicts.count { $0 == .kept } == 1_250)
    }

    @Test("random numbers belong to the row: batches and their order change nothing")
    func randomBelongsToRow() throws {
        let script = "return { filter = function() return false, tostring(math.random(1000000)) end }"
        let whole = try TestPackage.started(script)
        let all = try (1...3).flatMap { start in
            let verdicts = try whole.verdicts(firstNumber: start * 5)
            return (0..<5).map { verdicts.reason($0) }
        }
        let backwards = try TestPackage.started(script)
        let reversed = try (1...3).reversed().flatMap { start in
            let verdicts = try backwards.verdicts(firstNumber: start * 5)
            return (0..<5).reversed().map { verdicts.reason($0) }
        }
        #expect(all == Array(reversed.reversed()))
        #expect(Set(all).count == 15)
    }

    @Test("setup runs once before the first user and may prepare what hooks use")
    func setup() throws {
        let host = try TestPackage.started(
            """
            local wanted = {}
            return {
              setup = function(ctx) for _, country in ipairs(ctx.params.countries) do wanted[country] = true end end,
              filter = function(user) return wanted[user.country] == true end,
            }
            """)
        #expect(try host.verdicts().verdicts == [.kept, .dropped, .dropped, .kept, .kept])
    }
}
