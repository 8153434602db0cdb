import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("A workspace whose source has a probe")
struct ProbeBasisTests {
    private func withShop(_ body: (Workbench) async throws -> Void) async throws {
        try await Workbench.with { bench in
            try write(bench)
            #expect(try await run(bench).outcome == .done)
            #expect(try await run(bench).outcome == .unchanged)
            try await body(bench)
        }
    }

    private func write(_ bench: Workbench, rules: String = "", hooks: String = "return { filter = function(user) return true end }") throws
    {
        try bench.write(
            "activations/all/activation.yaml",
            """
            hookline: 1
            name: all
            parameters: { least: { type: integer, default: 0 } }
            source: shop
            model: { probe: files, columns: { id: integer } }
            segment: { name: Segment all, where: { all: [ { field: id, op: ">", value: "${param:least}" }\(rules) ] } }
            destination: newsletter
            mapping: { email: email }
            hooks: hooks.lua
            """)
        try bench.write("activations/all/hooks.lua", hooks)
    }

    private func run(_ bench: Workbench) async throws -> RunReport { try #require(try await bench.run("all", isConfirmed: true).first) }

    @Test("sees every change of rows, rules, scripts, lookups, parameters, and the workspace's file")
    func changes() async throws {
        try await withShop { bench in
            let manifest = try bench.read("hookline.yaml")
            let users = try bench.read("data/users.csv")
            let changes: [(String, () throws -> Void)] = [
                ("rows", { try bench.write("data/users.csv", users + "77,user0000011@example.com,FR\n") }),
                ("rules", { try write(bench, rules: ", { field: id, op: \"<\", value: 5 }") }),
                ("scripts", { try write(bench, hooks: "return { filter = function(user) return user.id ~= 3, 'three' end }") }),
                ("lookup", { try bench.write("activations/all/lookups/x.csv", "a,b\n1,2\n") }),
                ("parameter", { try bench.write("hookline.yaml", manifest + "activations: { all: { params: { least: 2 } } }\n") }),
                (
                    "zone",
                    { try bench.write("hookline.yaml", manifest.replacing("users.csv }", with: "users.csv, timezone: Europe/Paris }")) }
                ),
            ]
            for (what, change) in changes {
                try change()
                let report = try await run(bench)
                #expect(report.outcome == .done, "\(what): \(report.error?.message ?? "")")
                #expect(report.probe?.reason != nil)
                #expect(try await run(bench).outcome == .unchanged, "\(what)")
            }
        }
    }

    @Test(
        "always reads where rules or scripts may see the time",
        arguments: ["ctx.now > 0", "math.random() >= 0", "ctx.run ~= ''"])
    func time(_ expression: String) async throws {
        try await withShop { bench in
            try write(bench, hooks: "local c\nreturn { setup = function(ctx) c = \(expression) end, filter = function(user) return c end }")
            for _ in 1...2 { #expect(try await run(bench).outcome == .done) }
            try write(bench, rules: ", { not: { field: day, op: within_days, value: 3 } }")
            try bench.write("data/users.csv", "id,email,day\n1,user0000001@example.com,2020-01-01\n")
            var manifest = try bench.read("activations/all/activation.yaml")
            manifest.replace("{ id: integer }", with: "{ id: integer, day: date }")
            manifest.append("\nsafeguards: { max_removed: 100%, max_shrunk: 100% }")
            try bench.write("activations/all/activation.yaml", manifest)
            for _ in 1...2 {
                let report = try await run(bench)
                #expect(report.outcome == .done && report.probe?.reason == "the rules count days", "\(report.error?.message ?? "")")
            }
        }
    }
}
