import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("A plan")
struct PlanningTests {
    @Test("sends nothing, says who would enter, and is applied exactly, once")
    func plan() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            let app = bench.app
            let workspace = try app.workspace()
            let file = bench.path("plan.json")
            let report = try await app.plan(try app.prepare("vip", RunChoices(), in: workspace), savingTo: file).report
            #expect(report.kind == .dryRun && report.segments[0].adds?.count == 10)
            #expect(bench.server.segments.isEmpty && !bench.has(".hookline/plan.json"))
            // Other rows in the source change nothing about what is sent.
            try bench.write(users: 1...3)
            let plan = try PlanFile.read(file)
            let applied = try await app.apply(plan, try app.prepare(plan.activation, RunChoices(), in: workspace))
            #expect(applied.outcome == .done)
            #expect(bench.members(of: "vip") == addresses(1...10))
            let again = try await app.apply(plan, try app.prepare(plan.activation, RunChoices(), in: workspace))
            #expect(again.error?.code.rawValue == EngineError.Code.stalePlan.rawValue)
        }
    }

    @Test("is not written over anything but a plan, and nothing but a plan is read")
    func files() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            try bench.write("notes.txt", "mine")
            let app = bench.app
            func plan(to path: String) async throws {
                _ = try await app.plan(try app.prepare("vip", RunChoices(), in: try app.workspace()), savingTo: bench.path(path))
            }
            // A rename would put a file in the place of a pipe, a device or a link.
            #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
            for path in ["pipe", "data"] {
                let error = await #expect(throws: AppError.self, "\(path)") { try await plan(to: path) }
                #expect(error?.code == .cannotWritePlan)
            }
            try FileManager.default.createSymbolicLink(atPath: bench.path("link.json"), withDestinationPath: "linked.json")
            try await plan(to: "link.json")
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: bench.path("link.json")) == "linked.json"
                    && bench.has("linked.json"))
            let refused = await #expect(throws: AppError.self) { try await plan(to: "notes.txt") }
            #expect(refused?.code == .planWouldOverwrite)
            #expect(try bench.read("notes.txt") == "mine")
            let nowhere = await #expect(throws: AppError.self) { try await plan(to: "none/plan.json") }
            #expect(nowhere?.code == .cannotWritePlan)
            try await plan(to: "plan.json")
            try await plan(to: "plan.json")
            let rights = try FileManager.default.attributesOfItem(atPath: bench.path("plan.json"))[.posixPermissions] as? Int
            #expect(rights == 0o600, "it holds addresses")
            try bench.write("cut.json", String(try bench.read("plan.json").prefix(80)))
            try bench.write("later.json", #"{"format":99}"#)
            for path in ["notes.txt", "cut.json", "later.json", "none.json"] {
                let error = #expect(throws: EngineError.self, "\(path)") { try PlanFile.read(bench.path(path)) }
                #expect(error?.code == .unreadablePlan)
            }
        }
    }

    @Test("to undo a run is shown first, then sent; what a run that is not there is called has a code")
    func undo() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            try bench.write(users: 6...15)
            let run = try await bench.run("vip", isConfirmed: true)[0].run
            let app = bench.app
            let workspace = try app.workspace()
            let earlier = try app.report(of: String(run.prefix(20)), in: workspace)
            let dry = try await app.undo(earlier, try app.prepare("vip", RunChoices(), in: workspace), isDryRun: true)
            #expect(dry.segments.map { [$0.added, $0.removed] } == [[5, 5]])
            #expect(bench.members(of: "vip") == addresses(6...15))
            let undone = try await app.undo(earlier, try app.prepare("vip", RunChoices(), in: workspace), isConfirmed: true)
            #expect(undone.outcome == .done && undone.undoes == run)
            #expect(bench.members(of: "vip") == addresses(1...10))
            let unknown = #expect(throws: AppError.self) { try app.report(of: "nope", in: workspace) }
            #expect(unknown?.code == .unknownRun)
            #expect(try app.history(of: "vip", limit: 2).map(\.kind) == [.undo, .run])
            #expect(throws: AppError.self) { try app.history(of: "vipp", limit: 2) }
        }
    }

    @Test("is what explain follows one user through, and an address must be one")
    func explain() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { filter = function(user) return user.id < 3, 'too late' end }")
            let app = bench.app
            func explain(_ number: Int) async throws -> Explanation {
                let prepared = try app.prepare("vip", RunChoices(), in: try app.workspace(), follows: true)
                return try await app.explain(try UserAddress(addresses(number...number)[0]), prepared)
            }
            #expect(try await explain(1).segments.map(\.next) == ["add"])
            let dropped = try await explain(3)
            #expect(dropped.rows.map(\.reason) == ["too late"] && dropped.rows[0].hooks.map(\.line) == [1])
            #expect(bench.server.segments.isEmpty)
            for text in ["two", "", "a@", "a\u{FFFD}@example.com"] {
                let error = #expect(throws: AppError.self, "\(text)") { try UserAddress(text) }
                #expect(error?.code == .usage)
            }
        }
    }
}
