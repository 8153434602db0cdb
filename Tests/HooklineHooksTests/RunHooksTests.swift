import HooklineCore
import HooklineHooks
import Testing

@Suite("setup, name, review and report")
struct RunHooksTests {
    private let plan = ReviewedPlan(
        name: "VIP customers", members: 10, added: 2, removed: 6, unchanged: 4, dropped: ["not in France": 3], calls: 1,
        addedSample: ["ada@example.com"], removedSample: ["bob@example.com", "cleo@example.com"])

    private func report() -> RunReport {
        var report = RunReport(
            run: "r-1", activation: "vip-customers", kind: .run, outcome: .done,
            segments: [SegmentReport(id: 7, name: "VIP customers", members: 812, added: 12, removed: 3, unchanged: 800)], rows: 900,
            calls: 2, seconds: 0.5, startedAt: 0)
        report.buckets.droppedByHook = ["not in France": 20]
        report.buckets.notAContact = 5
        return report
    }

    @Test("ctx holds parameters, time, run, activation and time zone, with their types")
    func context() throws {
        let host = try TestPackage.started(
            """
            local seen
            return {
              setup = function(ctx)
                seen = table.concat({ tostring(ctx.params.threshold), ctx.params.countries[2], #ctx.params.countries, ctx.now, ctx.today,
                  ctx.run.id, ctx.run.kind, ctx.activation, ctx.timezone, math.type(ctx.now) }, " ")
              end,
              name = function(segment, ctx) return seen end,
            }
            """)
        #expect(
            try host.name(segment: "x", label: nil)
                == "100.0 BE 2 1772344800 2026-03-01 r-1 run vip-customers Europe/Paris integer")
    }

    @Test("a script that is still running when the run's time is over is ended, wherever it is")
    func deadline() throws {
        let loop = "local function run() while true do end end"
        for (script, call) in [
            ("\(loop) return { name = run }", { (host: LuaHookHost) in _ = try host.name(segment: "x", label: nil) }),
            ("\(loop) return { filter = run }", { (host: LuaHookHost) in _ = try host.verdicts() }),
        ] {
            let host = try TestPackage.started(script, limits: HookLimits(instructionsPerCall: 1_000_000_000_000, milliseconds: 600_000))
            host.setCancellationCheck { true }
            #expect(throws: CancellationError.self) { try call(host) }
        }
    }

    @Test("an unknown parameter is an error with the nearest name")
    func unknownParameter() throws {
        let host = try TestPackage.host("return { setup = function(ctx) return ctx.params.treshold end }")
        let error = hookError { try host.start(columns: TestPackage.columns, primaryKey: nil, context: TestPackage.context) }
        #expect(error?.code == .setup)
        #expect(error?.mentions("setup", "hooks.lua:1", "ctx.params", "'treshold'", "'threshold'") == true)
    }

    @Test(
        "ctx cannot be changed",
        arguments: [
            "ctx.now = 1", "ctx.params.threshold = 1", "ctx.params.countries[1] = 'DE'", "table.insert(ctx.params.countries, 'DE')",
        ])
    func contextIsReadOnly(statement: String) throws {
        let host = try TestPackage.host("return { setup = function(ctx) \(statement) end }")
        let error = hookError { try host.start(columns: TestPackage.columns, primaryKey: nil, context: TestPackage.context) }
        #expect(error?.code == .setup)
    }

    @Test("without a name hook, the segment keeps its name")
    func noName() throws {
        #expect(try TestPackage.started("return {}").name(segment: "VIP customers", label: nil) == "VIP customers")
    }

    @Test("name gets segment and label, and its result is trimmed")
    func name() throws {
        let host = try TestPackage.started(
            "return { name = function(segment, ctx) return '  ' .. segment.name .. ' · ' .. (segment.label or ctx.today) .. '\\n' end }")
        #expect(try host.name(segment: "VIP", label: nil) == "VIP · 2026-03-01")
        #expect(try host.name(segment: "VIP", label: "FR") == "VIP · FR")
    }

    @Test(
        "a name has 1 to 100 bytes on one line",
        arguments: [
            ("''", HookError.Code.badName), ("' \\t '", .badName), ("('x'):rep(101)", .badName), ("'a\\nb'", .badName),
            ("nil", .badReturn), ("5", .badReturn), ("'\\xff'", .badText),
        ])
    func badNames(value: String, code: HookError.Code) throws {
        let host = try TestPackage.started("return { name = function() return \(value) end }")
        #expect(hookError { _ = try host.name(segment: "x", label: nil) }?.code == code)
    }

    @Test("a name of exactly 100 bytes is valid")
    func longestName() throws {
        let host = try TestPackage.started("return { name = function() return ('é'):rep(50) end }")
        #expect(try host.name(segment: "x", label: nil).utf8.count == 100)
    }

    @Test("a label is as long as a segment's name may be, and no longer")
    func longestLabel() throws {
        let longest = try TestPackage.started("return { breakdown = function() return ('x'):rep(100) end }")
        #expect(try longest.verdicts().labelTexts.first?.utf8.count == 100)
        let longer = try TestPackage.started("return { breakdown = function() return ('x'):rep(101) end }")
        #expect(hookError { _ = try longer.verdicts() }?.code == .badReturn)
    }

    @Test("review sees counts and samples, and lets the run continue or stops it with a reason")
    func review() throws {
        let host = try TestPackage.started(
            """
            return { review = function(plan)
              if plan.removed > plan.members * 0.5 then
                return false, ("%d of %d would leave, %s dropped, %d in the sample"):format(plan.removed, plan.members, plan.dropped["not in France"], #plan.removed_sample)
              end
              return true
            end }
            """)
        #expect(try host.review(plan) == .stop(reason: "6 of 10 would leave, 3 dropped, 2 in the sample"))
        var small = plan
        small.removed = 5
        #expect(try host.review(small) == .go)
        #expect(try TestPackage.started("return {}").review(plan) == .go)
    }

    @Test("the first script whose review returns false stops the run")
    func reviewChain() throws {
        let host = try TestPackage.started(
            "return { review = function() return true end }",
            others: [
                "b.lua": "return { review = function() return false end }", "c.lua": "return { review = function() error('late') end }",
            ],
            scripts: ["hooks.lua", "b.lua", "c.lua"])
        #expect(try host.review(plan) == .stop(reason: "no reason given"))
    }

    @Test("review must return true or false", arguments: ["nil", "1", "'yes'", "{}"])
    func badReview(value: String) throws {
        let host = try TestPackage.started("return { review = function() return \(value) end }")
        #expect(hookError { _ = try host.review(plan) }?.code == .badReturn)
    }

    @Test("a misspelled field of the plan is an error with the nearest name")
    func unknownPlanField() throws {
        let host = try TestPackage.started("return { review = function(plan) return plan.remved == 0 end }")
        #expect(hookError { _ = try host.review(plan) }?.mentions("'remved'", "'removed'") == true)
    }

    @Test("report turns the run into a line of text, or into nothing")
    func reportLine() throws {
        let host = try TestPackage.started(
            "return { report = function(r) return (\"%s: +%d −%d, %d rows, %s\"):format(r.segment, r.added, r.removed, r.rows, r.outcome) end }"
        )
        #expect(try host.report(report()) == "VIP customers: +12 −3, 900 rows, done")
        #expect(try TestPackage.started("return { report = function() end }").report(report()) == nil)
        #expect(try TestPackage.started("return {}").report(report()) == nil)
    }

    @Test("a report that is not a string is an error")
    func badReport() throws {
        let host = try TestPackage.started("return { report = function() return {} end }")
        #expect(hookError { _ = try host.report(report()) }?.code == .badReturn)
    }

    @Test("the log keeps a limited number of lines, and print logs, too")
    func log() throws {
        let host = try TestPackage.started(
            """
            return {
              setup = function(ctx) print("hello", 1, nil, true, {}) hookline.log.debug("d") hookline.log.warn(("é"):rep(400)) end,
              filter = function(user) hookline.log.info(user.id) return true end,
            }
            """, limits: HookLimits(logLines: 5))
        _ = try host.verdicts()
        #expect(host.log[0] == HookLogLine(level: "info", message: "hello\t1\tnil\ttrue\ttable"))
        #expect(host.log[1].level == "debug")
        #expect(host.log[2].message.utf8.count == 500)
        #expect(host.log[3].message == "1001")
        #expect(host.log.count == 6)
        #expect(host.log[5].level == "warn" && host.log[5].message.hasPrefix("3 "))
    }
}
