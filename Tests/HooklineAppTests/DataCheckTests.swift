import Foundation
import HooklineApp
import HooklineCore
import Testing

@Suite("Checking data reads every row without running scripts")
struct DataCheckTests {
    private func check(_ bench: Workbench, _ model: String, _ rules: String, hooks: String? = nil) async throws -> CheckResult {
        try bench.write(
            "activations/all/activation.yaml",
            """
            hookline: 1
            name: all
            source: shop
            model: \(model)
            segment: { name: All, where: \(rules) }
            destination: newsletter
            mapping: { email: email }
            \(hooks == nil ? "" : "hooks: hooks.lua")
            """)
        if let hooks { try bench.write("activations/all/hooks.lua", hooks) }
        var request = CheckRequest(["all"])
        request.readsData = true
        return try await bench.app.check(request)
    }

    @Test("and finds every value that would stop a run, with its row and without the value")
    func badValues() async throws {
        try await Workbench.with { bench in
            try bench.write(
                "data/users.csv",
                "email,ltv,day\n" + (1...3_000).map { "u\($0)@example.com,\($0 % 1_000 == 7 ? "Grace" : "\($0)"),2026-01-01\n" }.joined())
            let rules = "{ all: [ { field: ltv, op: \">\", value: 1 }, { field: day, op: after, value: 2020-01-01 } ] }"
            let result = try await check(bench, "{ columns: { ltv: number, day: date } }", rules)
            let found = try #require(result.data?.first)
            #expect(found.rows == 3_000 && found.whole && found.badValues.map(\.column) == ["ltv"])
            #expect(found.badValues[0].count == 3 && found.badValues[0].shapes.map(\.rows) == [[7, 1_007, 2_007]])
            #expect(result.hasErrors && !result.issues.contains { $0.message.contains("Grace") })
            #expect(result.issues.contains { $0.code == "sources.bad_value" && $0.position?.line == 4 })
            for policy in ["null", "drop"] {
                let result = try await check(bench, "{ columns: { ltv: number, day: date }, on_bad_value: \(policy) }", rules)
                #expect(!result.hasErrors && result.issues.contains { $0.code == "sources.bad_value" && $0.severity == .warning })
            }
        }
    }

    @Test("and warns of bad addresses, texts that no row has, and words for NULL")
    func warnings() async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", "email,country\nada@example.com,FR\nbob at example.com,NULL\n,BE\n")
            let result = try await check(
                bench, "{ columns: { country: text } }",
                "{ any: [ { field: country, op: in, value: [FR, UK] }, { field: country, op: is_null } ] }")
            #expect(!result.hasErrors)
            #expect(Set(result.issues.map(\.code)).isSuperset(of: ["check.bad_addresses", "rules.value_not_seen", "source.null_words"]))
            let addresses = try #require(result.data?.first?.addresses)
            #expect((addresses.good, addresses.bad, addresses.missing) == (1, 1, 1))
        }
    }

    @Test("and finds keys that no object has, and rows that nobody can read")
    func reading() async throws {
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml", bench.manifest.replacing("type: csv, path: data/users.csv", with: "type: jsonl, path: x.jsonl"))
            let good = String(repeating: "{\"email\":\"ada@example.com\",\"a\":1}\n", count: 1_200)
            try bench.write("x.jsonl", good + "{\"email\":\"bob@example.org\",\"a\":\"x\"}\n")
            let types = try await check(bench, "{ table: x }", "{ field: a, op: \">\", value: 0 }")
            #expect(types.data?.first?.badValues.map(\.count) == [1] && types.hasErrors)
            try bench.write("x.jsonl", good + "{\n")
            let broken = try await check(bench, "{ table: x }", "{ field: a, op: \">\", value: 0 }")
            #expect(broken.data?.first?.whole == false && broken.issues.contains { $0.code == "sources.bad_json" })
        }
    }

    @Test("and is the only one to say that a key is nowhere", arguments: ["", "{ ok: boolean }"])
    func lateKeys(_ columns: String) async throws {
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml", bench.manifest.replacing("type: csv, path: data/users.csv", with: "type: jsonl, path: x.jsonl"))
            let first = String(repeating: "{\"email\":\"ada@example.com\",\"id\":1}\n", count: 1_100)
            let (model, value) = columns.isEmpty ? ("{ table: x }", "\"yes\"") : ("{ columns: \(columns) }", "true")
            let rules = "{ field: ok, op: \"=\", value: \(value) }"
            try bench.write("x.jsonl", first + "{\"email\":\"bob@example.org\",\"ok\":\(value)}\n")
            let late = try await check(bench, model, rules)
            #expect(!late.hasErrors && !late.issues.contains { $0.code == "sources.unknown_column" }, "\(late.issues)")
            let quick = try await bench.app.check(CheckRequest(["all"]))
            let said = quick.issues.filter { $0.code == "sources.unknown_column" }
            #expect(!quick.hasErrors && said.count == 1 && said[0].severity == .warning, "\(quick.issues)")
            #expect(said.first?.message.contains("no object of") == false)
            try bench.write("x.jsonl", first)
            let never = try await check(bench, model, rules)
            #expect(never.hasErrors && never.issues.count { $0.code == "sources.unknown_column" } == 1, "\(never.issues)")
        }
    }

    @Test("and knows nested paths that only a later object has, in rules, mapping, and scripts")
    func latePaths() async throws {
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml", bench.manifest.replacing("type: csv, path: data/users.csv", with: "type: jsonl, path: x.jsonl"))
            try bench.write("x.jsonl", "{\"email\":\"ada@example.com\"}\n{\"email\":\"bob@example.org\",\"a\":{\"b\":{\"c\":\"x\"}}}\n")
            let found = try await check(bench, "{ table: x }", "{ field: a.b.c, op: \"=\", value: x }")
            #expect(!found.hasErrors, "\(found.issues)")
            let misspelled = try await check(bench, "{ table: x }", "{ field: a.b.d, op: \"=\", value: x }")
            #expect(misspelled.issues.contains { $0.code == "manifest.unknown_column" && $0.severity == .error })
        }
    }

    @Test("and not a row when the files are wrong already")
    func wrong() async throws {
        try await Workbench.with { bench in
            let result = try await check(bench, "{ table: x }", "{ field: nothing, op: is_null }")
            #expect(result.hasErrors && result.data?.isEmpty == true)
        }
    }
}
