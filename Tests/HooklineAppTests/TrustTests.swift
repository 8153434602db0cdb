import Foundation
import GRDB
import HooklineApp
import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("A workspace that says what it expects of its source")
struct TrustTests {
    /// Gives `body` a workspace with an activation of that model, once for each kind of source, with the same ten users.
    private func withEverySource(_ model: String, _ body: (Workbench, String) async throws -> Void) async throws {
        let insert = (1...10).map { "(\($0), 'user\(String(format: "%07d", $0))@example.com', '\($0 == 10 ? "BE" : "FR")')" }
        let table = "CREATE TABLE users (id int, email text, country text); INSERT INTO users VALUES \(insert.joined(separator: ", "))"
        let schema = try PostgresSchema(table)
        for source in [
            "{ type: csv, path: data/users.csv }", "{ type: jsonl, path: data/users.jsonl }", "{ type: sqlite, path: data/users.db }",
            "{ type: duckdb, tables: { users: data/users.csv } }", "{ type: postgres, \(schema.manifestKeys) }",
        ] {
            try await Workbench.with { bench in
                try bench.write("hookline.yaml", bench.manifest.replacing("{ type: csv, path: data/users.csv }", with: source))
                try await DatabaseQueue(path: bench.path("data/users.db")).write { try $0.execute(sql: table) }
                let rows = (1...10).map { ($0, "user\(String(format: "%07d", $0))@example.com", $0 == 10 ? "BE" : "FR") }
                try bench.write("data/users.csv", "id,email,country\n" + rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined())
                try bench.write(
                    "data/users.jsonl", rows.map { "{\"id\": \($0.0), \"email\": \"\($0.1)\", \"country\": \"\($0.2)\"}\n" }.joined())
                try bench.write(
                    "activations/all/activation.yaml",
                    """
                    hookline: 1
                    name: all
                    source: shop
                    model: { table: users, \(model) }
                    segment: { name: Segment all }
                    destination: newsletter
                    mapping: { email: email }
                    """)
                try await body(bench, source)
            }
        }
    }

    @Test("ends the same whatever the source, in runs, plans, and checks")
    func everySource() async throws {
        let expect =
            "primary_key: id, expect: [ { accepted: { country: [FR] }, severity: warn }, { unique: country }, { not_null: email } ]"
        try await withEverySource(expect) { bench, source in
            let report = try #require(try await bench.run("all", isConfirmed: true).first)
            #expect(report.outcome == .stopped && report.error?.code == "expect.unique", "\(source): \(report.error?.message ?? "")")
            #expect(report.error?.message == "8 of 10 rows repeat a value that 'country' has in an earlier row; the first is row 2")
            #expect(report.warnings.map(\.code) == ["expect.accepted"] && report.expectations?.map(\.met) == [false, false, true])
            #expect(report.primaryKey?.repeated == 0 && bench.members(of: "all").isEmpty)
            var request = CheckRequest(["all"])
            request.readsData = true
            let check = try await bench.app.check(request)
            #expect(check.issues.map(\.code) == ["expect.accepted", "expect.unique"] && check.kind == .failed, "\(check.issues)")
            #expect(check.data?.first?.expectations == report.expectations && check.data?.first?.primaryKey == report.primaryKey)
        }
    }

    @Test("waits for its marker, which is no older than the file")
    func marker() async throws {
        try await withEverySource("expect: [ { after_marker: data/done } ]") { bench, source in
            let stale = try #require(try await bench.run("all", isConfirmed: true).first)
            #expect(stale.outcome == .stale && stale.calls == 0 && FailureKind(stale) == .stale, "\(source)")
            let prepared = try bench.app.prepare("all", RunChoices(), in: try bench.app.workspace())
            let error = await #expect(throws: ExpectationUnmet.self) { try await bench.app.plan(prepared) }
            #expect(error.map { FailureKind($0) } == .stale)
            try bench.write("data/done", "")
            let done = try #require(try await bench.run("all", isConfirmed: true).first)
            #expect(done.outcome == .done && bench.members(of: "all").count == 10, "\(source): \(done.error?.message ?? "")")
        }
    }

    @Test("asks its database whether it is complete")
    func query() async throws {
        try await withEverySource("expect: [ { after_marker: 'SELECT count(*) > 10 FROM users' } ]") { bench, source in
            if source.contains("csv, path") || source.contains("jsonl") { return }
            let report = try #require(try await bench.run("all", isConfirmed: true).first)
            #expect(report.outcome == .stale && report.error?.code == "expect.after_marker", "\(source): \(report.error?.message ?? "")")
        }
    }

    @Test("keeps no saved plan that was made with other expectations")
    func savedPlan() async throws {
        try await Workbench.with { bench in
            func prepared(_ model: String) throws -> PreparedActivation {
                try bench.write(
                    "activations/all/activation.yaml",
                    """
                    hookline: 1
                    name: all
                    source: shop
                    model: { \(model) }
                    segment: { name: Segment all }
                    destination: newsletter
                    mapping: { email: email }
                    """)
                return try bench.app.prepare("all", RunChoices(), in: try bench.app.workspace())
            }
            let models = ["primary_key: id", "primary_key: { field: id, max_invalid: 1 }", "expect: [ { min_rows: 1 } ]"]
            let fingerprints = try models.map { try prepared($0).fingerprint }
            #expect(Set(fingerprints).count == 3)
        }
    }
}
