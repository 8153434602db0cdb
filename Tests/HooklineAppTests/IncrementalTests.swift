import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineManifest
import MailchimpSimulator
import Support
import Testing

@Suite("An incremental activation")
struct IncrementalTests {
    private static let march = Int64(1_772_344_800)

    private static func app(_ bench: Workbench, at now: Int64) -> App {
        var app = bench.app
        app.clock.now = { now }
        return app
    }

    private static func choices(_ parameters: [String] = [], full: Bool = false, workers: Int = 1) -> RunChoices {
        var choices = RunChoices()
        choices.readsAll = full
        choices.scripts = ScriptChoices(workers: workers)
        choices.parameters.settings = parameters.compactMap { try? ParameterSetting($0, origin: "--set") }
        return choices
    }

    /// The bytes of the plan, without the run's name, which is chance, and what was said of the hooks; or the error.
    private static func plan(
        _ name: String, _ bench: Workbench, at now: Int64, _ choices: RunChoices
    ) async throws -> (text: String, report: IncrementalReport?) {
        let app = app(bench, at: now)
        do {
            let made = try await app.plan(try app.prepare(name, choices, in: try app.workspace()), savingTo: bench.path("plan.json"))
            let text = try bench.read("plan.json").replacing(made.report.run, with: "RUN").replacing(/"(asked|looked)Until":\d+/, with: "")
            return (text, made.report.incremental)
        } catch {
            let failure = RunFailure(error)
            return ("\(failure.code.rawValue): \(failure.text)", nil)
        }
    }

    private static func run(_ name: String, _ bench: Workbench, at now: Int64, _ choices: RunChoices) async throws -> RunReport {
        let app = app(bench, at: now)
        var request = RunRequest([name])
        request.choices = choices
        request.isConfirmed = true
        return try #require(try await app.run(try app.prepare(request, in: try app.workspace())).first)
    }

    /// Scripts that rely on different things, with what they rely on in their names.
    private static let scripts = [
        "pure": """
        local limits = hookline.lookup("limits.csv", "country")
        return {
          map = function(user)
            if user.country == "DE" then return { email = user.work_email } end
            if user.country == "NL" then return { email = hookline.null } end
            if user.country == "BE" then return { email = "x-" .. user.email } end
          end,
          filter = function(user, ctx)
            local row = limits[user.country or ""]
            if row and user.score and user.score < tonumber(row.least) then return false, "under " .. row.least end
            return (user.score or 0) >= ctx.params.least, "too little"
          end,
          breakdown = function(user) return { user.tier or "none", "all" } end,
        }
        """,
        "day": """
        local cutoff
        return {
          setup = function(ctx) cutoff = hookline.date.add(ctx.today, -2, "day") end,
          filter = function(user) return user.since == nil or user.since >= cutoff, "too old" end,
        }
        """,
        "rows": """
        return {
          filter = function(user, ctx)
            if user.country == "FR" then hookline.log.info("French", user.id) end
            if user.country == "DE" and user.since then return user.since >= ctx.today, "before today" end
            if user.country == "BE" then return ctx.now % 86400 < 50000, "late" end
            if user.score and user.score % 7 == 0 then error("seven") end
            for key, value in pairs({ a = 1, b = 2 }) do if value == user.score then return false, "one of two" end end
            return true
          end,
        }
        """,
        "state": """
        local seen = {}
        return { filter = function(user) seen[user.tier or ""] = (seen[user.tier or ""] or 0) + 1 return seen[user.tier or ""] < 20, "enough" end }
        """,
    ]

    private struct Person {
        var id: Int
        var values: [String]

        init(_ id: Int, _ random: inout SeededGenerator) {
            self.id = id
            let country = ["FR", "DE", "BE", "NL", "US", ""].randomElement(using: &random) ?? ""
            let tier = ["gold", "silver", ""].randomElement(using: &random) ?? ""
            // A third share an address with somebody.
            let address = SeededContacts.address(Int.random(in: 0..<3, using: &random) == 0 ? id / 2 + 1 : id)
            values = [
                address, SeededContacts.address(id % 200 + 1), country, tier,
                Bool.random(using: &random) ? "\(Int.random(in: 0...60, using: &random))" : "",
                Bool.random(using: &random) ? "2026-03-0\(Int.random(in: 1...6, using: &random))" : "",
            ]
        }
    }

    @Test(
        "makes the plan that asking the hooks about every row makes, byte for byte", arguments: UInt64(1)...8,
        ["pure", "day", "rows", "state"])
    func agreement(seed: UInt64, script: String) async throws {
        try await Workbench.with(contacts: 200) { bench in
            var random = SeededGenerator(seed: seed)
            try bench.write(
                "activations/all/activation.yaml",
                """
                hookline: 1
                name: all
                source: shop
                model:
                  columns: { id: integer, score: integer, since: date }
                  primary_key: id
                  \(seed % 3 == 0 ? "one_row_per: email\n  keep: { newest: score }" : "")
                parameters: { least: { type: integer, default: 5 } }
                segment: { name: Segment all, where: { not: { field: country, op: "=", value: US } } }
                destination: newsletter
                mapping: { email: email }
                hooks: hooks.lua
                timezone: Europe/Paris
                incremental: true
                full_every: \(seed % 2 == 0 ? "1d" : "7d")
                on_drift: report
                safeguards: { on_script_error: \(seed % 2 == 0 ? "drop" : "keep"), max_script_errors: 1000000, max_removed: "100%", allow_empty_source: true }
                breakdown: { max_segments: 20 }

                """)
            try bench.write("activations/all/hooks.lua", try #require(Self.scripts[script]))
            try bench.write("activations/all/lookups/limits.csv", "country,least\nFR,10\nDE,3\n")
            var people = (1...150).map { Person($0, &random) }
            var (now, least, remembered) = (Self.march, 5, 0)
            for step in 0..<7 {
                try bench.write(
                    "data/users.csv",
                    "id,email,work_email,country,tier,score,since\n"
                        + people.map { "\($0.id),\($0.values.joined(separator: ","))\n" }.joined())
                let workers = 1 + step % 2
                let full = try await Self.plan("all", bench, at: now, Self.choices(["least=\(least)"], full: true))
                let plan = try await Self.plan("all", bench, at: now, Self.choices(["least=\(least)"], workers: workers))
                #expect(plan.text == full.text, "seed \(seed), \(script), step \(step)")
                #expect(full.report?.full != nil && full.report?.remembered == 0)
                remembered += plan.report?.remembered ?? 0
                if script == "state" { #expect(plan.report?.remembered == 0 && plan.report?.full?.contains("hooks.lua:2 ") == true) }
                let report = try await Self.run("all", bench, at: now, Self.choices(["least=\(least)"]))
                #expect(report.outcome == .done, "\(report.error?.message ?? "")")
                // The world goes on.
                for index in people.indices where Int.random(in: 0..<10, using: &random) == 0 {
                    people[index] = Person(people[index].id, &random)
                }
                people.removeAll { _ in Int.random(in: 0..<20, using: &random) == 0 }
                for id in 0..<Int.random(in: 0...5, using: &random) { people.append(Person(200 + 10 * step + id, &random)) }
                if Int.random(in: 0..<3, using: &random) == 0 { people.shuffle(using: &random) }
                switch Int.random(in: 0..<8, using: &random) {
                case 0: least += 1
                case 1: now += 86_400
                case 2: try bench.write("activations/all/lookups/limits.csv", "country,least\nFR,\(10 + step)\nDE,3\n")
                case 3: try bench.write("activations/all/hooks.lua", (Self.scripts[script] ?? "") + "\n-- \(step)\n")
                default: now += 3_600
                }
            }
            if script == "pure", seed < 4 { #expect(remembered > 0, "seed \(seed)") }
        }
    }

    private func write(_ bench: Workbench, _ hooks: String, more: String = "") throws {
        try bench.write(activation: "all", more: "incremental: true\n\(more)", hooks: hooks)
    }

    @Test("asks the hooks about changed rows, and says how many kept their verdict")
    func changes() async throws {
        try await Workbench.with { bench in
            try write(bench, "return { filter = function(user) return user.country == 'FR' end }")
            let first = try await Self.run("all", bench, at: Self.march, Self.choices())
            #expect(first.incremental?.entered == 10 && first.incremental?.full != nil && first.incremental?.notKept == nil)
            try bench.write(
                "data/users.csv",
                try bench.read("data/users.csv").replacing("3,\(SeededContacts.address(3)),FR", with: "3,\(SeededContacts.address(3)),DE"))
            let planned = try await Self.plan("all", bench, at: Self.march + 60, Self.choices())
            #expect(planned.report == IncrementalReport(remembered: 9, entered: 1))
            let second = try await Self.run("all", bench, at: Self.march + 60, Self.choices())
            #expect(second.incremental == IncrementalReport(remembered: 9, entered: 1) && second.segments.first?.removed == 1)
            let third = try await Self.run("all", bench, at: Self.march + 120, Self.choices())
            #expect(third.incremental == IncrementalReport(remembered: 10, entered: 0))
            let full = try await Self.run("all", bench, at: Self.march + 180, Self.choices(full: true))
            #expect(full.incremental?.entered == 10 && full.incremental?.full?.contains("--full") == true)
            let tomorrow = try await Self.run("all", bench, at: Self.march + 86_400, Self.choices())
            #expect(tomorrow.incremental?.entered == 10 && tomorrow.incremental?.full != nil)
        }
    }

    @Test("keeps nothing of a run that failed or was stopped, and loses nothing of the one before")
    func failures() async throws {
        try await Workbench.with { bench in
            let script = "return { filter = function(user) if user.country == 'XX' then error('no') end return true end }"
            try write(bench, script, more: "safeguards: { min_size: 5 }")
            _ = try await Self.run("all", bench, at: Self.march, Self.choices())
            let users = try bench.read("data/users.csv")
            try bench.write("data/users.csv", users + "11,\(SeededContacts.address(11)),XX\n")
            #expect(try await Self.run("all", bench, at: Self.march + 60, Self.choices()).outcome == .failed)
            try bench.write(
                "data/users.csv", String(users.split(separator: "\n", omittingEmptySubsequences: true)[..<3].joined(separator: "\n")) + "\n"
            )
            #expect(try await Self.run("all", bench, at: Self.march + 120, Self.choices()).outcome == .stopped)
            try bench.write("data/users.csv", users)
            #expect(try await Self.run("all", bench, at: Self.march + 180, Self.choices()).incremental == IncrementalReport(remembered: 10))
        }
    }

    @Test("says why rows enter the hooks in every run, and why all do")
    func reasons() async throws {
        try await Workbench.with { bench in
            try write(
                bench, "return { map = function(user) if user.id > 8 then return { email = 'x' .. user.id .. '@example.com' } end end }")
            let report = try await Self.run("all", bench, at: Self.march, Self.choices())
            #expect(report.incremental?.always == ["address": 2])
            try write(bench, "return { filter = function(user) if user.id > 8 then require 'hooks' end return true end }")
            let late = try await Self.run("all", bench, at: Self.march, Self.choices())
            #expect(late.incremental?.notKept == nil, "the script itself is loaded already: \(late.incremental?.notKept ?? "")")
            try bench.write("activations/all/lib.lua", "return {}")
            try write(bench, "return { filter = function(user) if user.id > 8 then require 'lib' end return true end }")
            let first = try await Self.run("all", bench, at: Self.march, Self.choices())
            #expect(first.incremental?.always == ["first": 1] && first.incremental?.notKept != nil)
            #expect(try await Self.run("all", bench, at: Self.march, Self.choices()).incremental?.entered == 10)
        }
    }

    @Test("is told by check that nothing can be remembered")
    func checking() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "plain", more: "incremental: true")
            try bench.write(activation: "pure", more: "incremental: true", hooks: "return { filter = function() return true end }")
            try bench.write(
                activation: "keeping", more: "incremental: true",
                hooks: "local n = 0\nreturn { filter = function()\n n = n + 1\n return n < 3 end }")
            for (name, code) in [("plain", "manifest.no_effect"), ("pure", nil), ("keeping", "script.retention")] {
                let codes = try await bench.app.check(CheckRequest([name])).issues.map(\.code)
                #expect(codes == [code].compactMap(\.self), "\(name): \(codes)")
            }
        }
    }

    @Test("remembers no address, and forgets what it remembers with its activation")
    func privacy() async throws {
        try await Workbench.with { bench in
            try write(bench, "return { map = function(user) return { email = user.email } end }")
            _ = try await Self.run("all", bench, at: Self.march, Self.choices())
            let path = ".hookline/ledger.db-verdicts/all"
            let content = try Data(contentsOf: URL(fileURLWithPath: bench.path(path)))
            #expect(content.range(of: Data("example.com".utf8)) == nil && content.range(of: Data("user".utf8)) == nil)
            _ = try await bench.app.forgetState(ForgetRequest("all"), .given)
            #expect(!bench.has(path))
        }
    }
}
