import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("A plan whose source evaluates rules itself")
struct PushDownPlanTests {
    private static let users = """
        CREATE TABLE users (id bigint PRIMARY KEY, email text, spent numeric(10, 2), country text, age int, agreed boolean);
        INSERT INTO users SELECT n, 'user' || lpad(n::text, 7, '0') || '@example.com', n * 5.5, (ARRAY['FR', 'BE', 'NL'])[1 + n % 3], n, true
        FROM generate_series(1, 40) n
        """
    private static let rules = #"all: [{ field: spent, op: ">=", value: 100 }, { field: country, op: not_in, value: [NL, XX] }]"#

    /// The report of a plan without what differs from one to the next.
    private func plan(
        _ schema: PostgresSchema, _ bench: Workbench, pushes: Bool = true, rules: String = rules, model: String = "primary_key: id",
        more: String = ""
    ) async throws -> RunReport {
        let source = "{ type: postgres, push_down: \(pushes), \(schema.manifestKeys) }"
        try bench.write("hookline.yaml", bench.manifest.replacing("{ type: csv, path: data/users.csv }", with: source))
        try bench.write(
            "activations/all/activation.yaml",
            """
            hookline: 1
            name: all
            source: shop
            model: { table: users, \(model) }
            segment: { name: Segment all, where: { \(rules) } }
            destination: newsletter
            mapping: { email: email }
            \(more)
            """)
        let prepared = try bench.app.prepare("all", RunChoices(), in: try bench.app.workspace())
        var report = try await bench.app.plan(prepared).report
        (report.run, report.seconds, report.startedAt) = ("", 0, 0)
        return report
    }

    @Test("is the same as one that reads all rows, and says which rules were evaluated and how many rows were not read")
    func same() async throws {
        let schema = try PostgresSchema(Self.users)
        try await Workbench.with { bench in
            var pushed = try await plan(schema, bench)
            #expect(pushed.pushDown == PushDown(rules: ["spent >= 100", "country not_in [NL, XX]"], unread: 25))
            let json = try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(pushed)) as? [String: Any])
            let said = try #require(json["push_down"] as? [String: Any])
            #expect(said["unread_rows"] as? Int == 25 && (said["rules"] as? [String])?.count == 2 && said["reason"] == nil)
            var all = try await plan(schema, bench, pushes: false)
            #expect(all.pushDown?.reason != nil && all.pushDown?.unread == 0)
            (pushed.pushDown, all.pushDown) = (nil, nil)
            #expect(pushed == all)
            #expect(pushed.rows == 40 && pushed.buckets.total == 40)
            // XX is in no row; NL is only in rows that were not read.
            #expect(pushed.warnings.filter { $0.code == "rules.value_not_seen" }.count == 1)
            let reports = try await bench.run("all", isConfirmed: true)
            #expect(reports.first?.rows == 40)
            let shown = try bench.app.report(of: try #require(reports.first).run, in: try bench.app.workspace())
            #expect(shown.pushDown == reports.first?.pushDown)
        }
    }

    @Test("reads all rows where one that the rules do not pick matters, and says why")
    func reasons() async throws {
        let schema = try PostgresSchema(Self.users)
        try await Workbench.with { bench in
            let cases: [(model: String, more: String)] = [
                ("primary_key: id, one_row_per: email, keep: first", ""),
                ("primary_key: id", "consent: { field: agreed, op: \"=\", value: true }"),
                ("primary_key: age", ""), ("expect: [{ unique: id }]", ""),
                ("calculated: { double: \"spent * 2\" }, columns: { double: number }", "hooks: hooks.lua"),
            ]
            try bench.write("activations/all/hooks.lua", "return { filter = function(user) return user.double ~= 1 end }")
            for (model, more) in cases {
                let report = try await plan(schema, bench, model: model, more: more)
                #expect(report.pushDown?.reason != nil && report.pushDown?.rules == [], "\(model) \(more)")
                #expect(report.rows == 40)
            }
            // The warning about addresses whose rows meet different ends needs all of their rows.
            try schema.execute("INSERT INTO users VALUES (41, 'USER0000030@example.com', 0, 'FR', 1, true)")
            let twice = try await plan(schema, bench)
            #expect(twice.pushDown?.reason != nil && twice.warnings.contains { $0.code == "rows.different_ends" })
            try schema.execute("UPDATE users SET spent = 'NaN' WHERE id = 41")
            #expect(await (try? plan(schema, bench)) == nil)
        }
    }

    @Test("keeps names and values of rules as they are")
    func injection() async throws {
        let column = #"a"b' OR 1=1 --"#
        let schema = try PostgresSchema(
            "\(Self.users); ALTER TABLE users ADD COLUMN \(PostgresSchema.quoted(column)) text DEFAULT 'x'' OR 1=1; --'")
        try await Workbench.with { bench in
            let field = column.replacing("\"", with: "\\\"")
            for (value, rows) in [("x' OR 1=1; --", 40), ("'; DROP TABLE users; --", 0), ("$1", 0), ("\\\\'", 0)] {
                let rules = "all: [{ field: \"\(field)\", op: \"=\", value: \"\(value)\" }, { field: age, op: \">\", value: 0 }]"
                let report = try await plan(schema, bench, rules: rules)
                #expect(report.pushDown?.unread == 40 - rows, "\(value): \(String(describing: report.pushDown))")
                #expect(report.rows == 40)
            }
        }
    }
}
