import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("Rules that compare rows, through the app")
struct ComparingRowsTests {
    private static let users =
        "id,email,spent\n" + (1...10).map { "\($0),user\($0)@example.com,\($0 * 10)\n" }.joined()

    private func bench(_ segment: String, _ body: (Workbench) async throws -> Void) async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", Self.users)
            try bench.write(
                "activations/top/activation.yaml",
                """
                hookline: 1
                name: top
                source: shop
                model: { columns: { id: integer, spent: number }, primary_key: id }
                segment: { name: Top, \(segment) }
                destination: newsletter
                mapping: { email: email }

                """)
            try await body(bench)
        }
    }

    private static let percentile = "where: { field: spent, op: above_percentile, value: 80 }"

    @Test("give plan, count, preview, and explain one answer")
    func agreement() async throws {
        try await bench(Self.percentile) { bench in
            let counted = try bench.app.count(SegmentRequest(["top"]), explains: true)
            #expect(counted.count == 2 && counted.explanation?.rules.map(\.removes) == [8])
            #expect(try await bench.run("top", isDryRun: true)[0].buckets.droppedByRules == 8)
            let preview = try await bench.app.preview(PreviewRequest("top", limit: 100))
            #expect(preview.fates.map(\.verdict) == Array(repeating: .droppedByRules, count: 8) + [.kept, .kept])
            let prepared = try bench.app.prepare("top", RunChoices(), in: try bench.app.workspace())
            let explanation = try await bench.app.explain(UserAddress("user9@example.com"), prepared)
            let line = try #require(explanation.rows.first?.rules?.lines.first)
            #expect((line.holds, line.value, line.bound) == (true, "90.0", "80.0"))
            let cut = try await bench.app.preview(PreviewRequest("top", limit: 5))
            #expect(cut.isCut && cut.fates.count { $0.verdict == .kept } == 1)
            #expect(bench.observer.warnings.contains("rules.first_rows"))
        }
    }

    @Test("limit a segment, and report what the limit drops")
    func limit() async throws {
        let limit = "where: { field: spent, op: '<', value: 95 }, limit: { n: 3, by: spent }"
        try await bench(limit) { bench in
            let counted = try bench.app.count(SegmentRequest(["top"]), explains: true)
            #expect(counted.count == 3 && counted.limit.map { [$0.met, $0.dropped] } == [9, 6])
            #expect(counted.explanation?.rules.map(\.removes) == [1, 6] && counted.explanation?.met == 9)
            let plan = try await bench.run("top", isDryRun: true)[0]
            #expect(plan.buckets.droppedByRules == 7 && plan.limit?.dropped == 6)
            let preview = try await bench.app.preview(PreviewRequest("top", limit: 100))
            #expect(preview.fates.filter { $0.verdict == .kept }.map(\.row) == [7, 8, 9])
            let prepared = try bench.app.prepare("top", RunChoices(), in: try bench.app.workspace())
            let lines = try await bench.app.explain(UserAddress("user6@example.com"), prepared).rows.first?.rules?.lines
            #expect(lines?.map(\.holds) == [false, true] && lines?.first?.bound == "70.0" && lines?.first?.value == "60.0")
        }
    }

    @Test("leave out the rows of another segment, and count them as a plan does")
    func otherSegments() async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", Self.users.replacing(",50\n", with: ",\n"))
            try bench.write(
                "hookline.yaml",
                bench.manifest.replacing(
                    "audience: \(bench.server.audience) }", with: "audience: \(bench.server.audience), defaults: { email: email } }")
                        + """
                        models:
                          users: { source: shop, columns: { id: integer, spent: number }, primary_key: id }
                        segments:
                          best: { name: Best, model: users, limit: { n: 2, by: spent } }
                          rich: { name: Rich, model: users, where: { field: spent, op: ">", value: 35 } }
                          rest: { name: Rest, model: users, where: { all: [ { segment: rich }, { not: { segment: best } } ] } }
                          poor: { name: Poor, model: users, where: { not: { segment: rich } } }

                        """)
            let counts = try ["best", "rich", "rest", "poor"].map { try bench.app.count(SegmentRequest([$0]), explains: true) }
            // The row without a value is not rich, so it is among those who are not.
            #expect(counts.map(\.count) == [2, 6, 4, 4] && counts.map { $0.limit?.dropped } == [8, nil, nil, nil])
            #expect(counts[2].explanation?.rules.map(\.rule) == ["all", "segment rich", "not", "segment best, limit 2 by spent desc"])
            #expect(counts[2].explanation?.rules.map(\.removes) == [6, 4, 2, 8])
            try bench.write(
                "activations/rest/activation.yaml",
                "hookline: 1\nname: rest\nsegment: rest\ndestination: newsletter\nmapping: { email: email }\n")
            #expect(try await bench.run("rest", isDryRun: true)[0].buckets.droppedByRules == 6)
            let prepared = try bench.app.prepare("rest", RunChoices(), in: try bench.app.workspace())
            let lines = try await bench.app.explain(UserAddress("user9@example.com"), prepared).rows.first?.rules?.lines
            #expect(lines?.map(\.depth) == [0, 1, 2, 1, 2] && lines?.map(\.holds) == [false, true, true, false, true])
        }
    }
}
