import CodedErrors
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineStore
import MailchimpSimulator
import Testing

@Suite("Before a run")
struct InspectionTests {
    @Test("check finds what is wrong everywhere, once, and goes on after each mistake")
    func check() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "good", hooks: "return { filter = function() return true end }")
            try bench.write(
                activation: "bad", more: "timezone: Europe/Pariss", hooks: "return { filter = function(user) return user.contry end }")
            try bench.write(activation: "worse", hooks: "return {")
            let all = try await bench.app.check(CheckRequest())
            #expect(all.checked == ["bad", "good", "worse"] && all.hasErrors)
            #expect(Set(all.issues.map(\.code)) == ["manifest.bad_timezone", "script.unknown_field", "script.syntax"])
            let good = try await bench.app.check(CheckRequest(["good"]))
            #expect(good.checked == ["good"] && good.issues.isEmpty)
            #expect(bench.server.journal.total == 0)
        }
    }

    @Test("check tries the destinations only when asked, and needs their secrets only then")
    func connect() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            var request = CheckRequest()
            request.connects = true
            #expect(try await bench.app.check(request).issues.isEmpty)
            #expect(bench.server.journal.total == 1)
            var app = bench.app
            app.environment["SHOP_KEY"] = "0000-us21"
            #expect(try await app.check(request).issues.map(\.code) == ["mailchimp.unauthorized"])
            app.environment["SHOP_KEY"] = nil
            let offline = try await app.check(CheckRequest())
            #expect(offline.issues.map(\.code) == ["manifest.unresolved_env"] && !offline.hasErrors)
            #expect(try await app.check(request).hasErrors)
        }
    }

    @Test("check finds users whose verdict depends on who came before, and says how many it tried")
    func purity() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "local n = 0 return { filter = function() n = n + 1 return n < 4, 'enough' end }")
            var request = CheckRequest()
            request.checksPurity = true
            let issues = try await bench.app.check(request).issues
            #expect(!issues.isEmpty && issues.allSatisfy { $0.code == "script.impure" })
            let trials = bench.observer.events.compactMap { if case .purityTried(let trial) = $0 { trial } else { nil } }
            #expect(trials.map(\.users) == [10] && trials.map(\.tried) == [10] && trials[0].sample == nil)
        }
    }

    @Test("check without a workspace has one issue")
    func nowhere() async throws {
        try await Workbench.with { bench in
            var app = bench.app
            app.directory = "/"
            let codes = try await app.check(CheckRequest()).issues.map(\.code)
            #expect(codes == ["manifest.no_workspace"])
        }
    }

    @Test("a directory that is missing, or a file, is not the workspace around it", arguments: ["none", "data/none", "hookline.yaml"])
    func noDirectory(_ path: String) async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            var app = bench.app
            app.directory = bench.path(path)
            #expect(app.directoryProblem != nil && app.workspaceRoot == nil)
            for attempt in [{ _ = try app.workspace() }, { _ = try app.workspaceIfAny() }, { _ = try app.standings() }]
                as [() throws -> Void]
            {
                let error = #expect(throws: AppError.self) { try attempt() }
                #expect(error?.code == .noWorkspace)
            }
            #expect(try await app.check(CheckRequest()).issues.map(\.code) == ["manifest.no_workspace"])
            app.directory = bench.path("data")
            #expect(app.directoryProblem == nil && app.runnableNames == ["vip"])
        }
    }

    @Test(
        "a mistake in files means the same to preview as to check",
        arguments: [
            ("segment: { name: S, where: { field: id, op: \">\", value: abc } }", nil as String?),
            ("segment: { name: S, where: { field: country, op: matches, value: \"([a\" } }", nil),
            ("", "error('no')"), ("", "return 5"), ("", "return { fitler = function() end }"), ("", "return { filter = 1 }"),
            ("", "x = nil + 1"),
        ])
    func kinds(_ line: String, _ hooks: String?) async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: hooks)
            if !line.isEmpty {
                let manifest = "activations/vip/activation.yaml"
                try bench.write(manifest, try bench.read(manifest).replacing("segment: { name: Segment vip }", with: line))
            }
            #expect(try await bench.app.check(CheckRequest()).hasErrors)
            do {
                _ = try await bench.app.preview(PreviewRequest("vip", limit: 3))
                Issue.record("previewed")
            } catch { #expect(FailureKind(error) == .invalid, "\(error)") }
        }
    }

    @Test(
        "data that cannot be read is a failure to check as it is to preview",
        arguments: ["id,email,country\n1,a\n", "id;email;country\n1;a@example.com;FR\n", ""])
    func dataKinds(_ text: String) async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            try bench.write("data/users.csv", text)
            let kind = try await bench.app.check(CheckRequest()).kind
            do {
                _ = try await bench.app.preview(PreviewRequest("vip", limit: 3))
                Issue.record("previewed")
            } catch { #expect(kind == nil || FailureKind(error) == kind, "\(error)") }
            if text.contains(";") { #expect(kind == .invalid) }
        }
    }

    @Test("check says in which line of which file a script has the wrong shape")
    func shapes() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "a", hooks: "local H = {}\n\nH.fitler = function() return true end\nreturn H\n")
            try bench.write(activation: "b", hooks: "local x = 1\nlocal t = { filter = x }\n\n")
            try bench.write(activation: "c", hooks: "return {\n  map = function() end,\n  filter = 'yes',\n}")
            let places = try await bench.app.check(CheckRequest()).issues.map {
                "\($0.position?.file ?? "") \($0.position?.line ?? 0) \($0.code)"
            }
            #expect(places.contains("activations/a/hooks.lua 3 hook.unknown_hook"), "\(places)")
            #expect(places.contains("activations/b/hooks.lua 2 hook.shape"))
            #expect(places.contains("activations/c/hooks.lua 3 hook.shape"))
        }
    }

    @Test("preview shows what becomes of the first rows, and needs no key")
    func preview() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { filter = function(user) return user.id ~= 2, 'two' end }")
            var app = bench.app
            app.environment["SHOP_KEY"] = nil
            let outcome = try await app.preview(PreviewRequest("vip", limit: 3))
            #expect(outcome.fates.map(\.reason) == [nil, "two", nil])
            var request = PreviewRequest("vip", limit: 3)
            request.sample = bench.path("none.csv")
            let missing = await #expect(throws: AppError.self) { try await app.preview(request) }
            #expect(missing?.code == .sampleNotFound)
            try bench.write("some.jsonl", #"{"id": 2, "email": "bob@example.com", "country": "FR"}"# + "\n")
            request.sample = bench.path("some.jsonl")
            #expect(try await app.preview(request).fates.map(\.reason) == ["two"])
            try bench.write(
                "some.jsonl",
                #"{"id": 1, "email": "Bob <bob@example.com>"}"# + "\n" + #"{"id": 3, "email": " Ada@example.com "}"# + "\n"
                    + #"{"id": 4, "email": "bob@example.com, ada@example.com"}"# + "\n")
            let cleaned = try await app.preview(request).fates
            #expect(cleaned.map(\.cleaned) == [true, nil, nil])
            #expect(cleaned.map(\.address) == ["bob@example.com", "ada@example.com", nil])
            #expect(cleaned.map(\.verdict) == [.kept, .kept, .badEmail])
            #expect(bench.server.journal.total == 0)
        }
    }

    @Test("preview ends with a script's error, by its code")
    func previewError() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { filter = function(user) error('boom') end }")
            let error = await #expect(throws: RunFailed.self) { try await bench.app.preview(PreviewRequest("vip", limit: 3)) }
            #expect(error?.codeName == "hook.runtime")
        }
    }

    @Test("compare passes the same users through two versions")
    func compare() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { filter = function(user) return user.id < 5 end }")
            try bench.write(package: "vip", hooks: "return { filter = function(user) return user.id > 2 end }")
            let other = bench.path("elsewhere/vip")
            let comparison = try await bench.app.compare(ComparisonRequest("vip", with: other, limit: 8))
            #expect(comparison.entering.map(\.row) == [5, 6, 7, 8])
            #expect(comparison.leaving.map(\.row) == [1, 2])
            #expect(comparison.unchanged == 2)
            #expect(comparison.rows == 8 && !comparison.isComplete)
            for limit in [10, 11] {
                let whole = try await bench.app.compare(ComparisonRequest("vip", with: other, limit: limit))
                #expect(whole.rows == 10 && whole.isComplete)
            }
            let same = try await bench.app.compare(ComparisonRequest("vip", with: bench.path("activations/vip"), limit: 8))
            #expect(same.entering.isEmpty && same.leaving.isEmpty && same.unchanged == 8)
        }
    }

    @Test("doctor examines the installation, and the ledger once there is one")
    func doctor() async throws {
        try await Workbench.with { bench in
            #expect(
                try await Doctor(bench.app, repairs: false, patience: .seconds(600)).examine().map(\.subject)
                    == ["program", "jail", "network", "clock", "certificates", "ledger"])
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            let findings = try await Doctor(bench.app, repairs: true, patience: .seconds(600)).examine()
            #expect(findings.allSatisfy { $0.severity == .fine } && findings.contains { $0.subject == "integrity" })
            var app = bench.app
            app.clock.now = { 1_000_000_000 }
            #expect(
                try await Doctor(app, repairs: false, patience: .seconds(600)).examine().contains {
                    $0.subject == "clock" && $0.severity == .problem
                })
            app.directory = "/"
            #expect(
                try await Doctor(app, repairs: false, patience: .seconds(600)).examine().map(\.subject) == ["program", "jail", "workspace"])
        }
    }

    @Test("where every activation stands is known without a run, too")
    func standings() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "never")
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            let standings = try bench.app.standings()
            #expect(standings.map(\.activation) == ["never", "vip"] && standings.map(\.isKnown) == [false, true])
            #expect(standings[1].segments.map(\.members) == [10])
        }
    }
}
