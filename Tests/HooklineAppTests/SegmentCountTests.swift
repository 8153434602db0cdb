import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("Counting a segment answers as a plan would")
struct SegmentCountTests {
    private static let users = """
        id,email,country,spent,agreed
        1,ada@example.com,FR,500,yes
        2,ADA@example.com ,FR,1,yes
        3,bob@example.org,FR,500,yes
        4,bob@example.org,BE,500,no
        5,carla@example.net,BE,500,yes
        6,dario@example.net,FR,10,yes
        7,,FR,500,yes
        8,eva at example.com,FR,500,yes
        9,finn@example.com,,500,yes

        """

    /// The workspace with a segment `vip`, whose model is the workspace's or its own.
    private static func manifest(
        _ bench: Workbench, inline: Bool, defaults: String = "email: email", kind: String = "csv, path: data/users.csv"
    )
        -> String
    {
        let model = "source: shop, table: users, columns: { spent: number, agreed: boolean }"
        return bench.manifest.replacing("csv, path: data/users.csv", with: kind)
            .replacing("audience: \(bench.server.audience) }", with: "audience: \(bench.server.audience), defaults: { \(defaults) } }")
                + """
                models:
                  users: { \(model) }
                segments:
                  vip:
                    name: VIP
                    model: \(inline ? "{ \(model) }" : "users")
                    where: { all: [ { field: country, op: "=", value: FR }, { field: spent, op: ">", value: 100 } ] }

                """
    }

    @Test("for a segment of the workspace without an activation", arguments: [true, false])
    func shared(inline: Bool) async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", Self.users)
            try bench.write("hookline.yaml", Self.manifest(bench, inline: inline))
            let counted = try bench.app.count(SegmentRequest(["vip"]), explains: true)
            #expect((counted.rows, counted.noAddress, counted.badAddress, counted.model) == (9, 1, 1, 5))
            #expect((counted.picked, counted.noConsent, counted.count) == (2, 0, 2))
            #expect(!counted.asksConsent && counted.activation == nil && counted.share == 0.4)
            let explanation = try #require(counted.explanation)
            #expect((explanation.rows, explanation.picked) == (7, 2))
            #expect(explanation.rules.map(\.depth) == [0, 1, 1] && explanation.rules.map(\.removes) == [5, 3, 2])
            #expect(explanation.rules.map(\.without) == [7, 5, 4])
        }
    }

    @Test("with the consent of the destination's defaults, whatever the order of the rows")
    func consent() async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", Self.users)
            let consent = "email: email, consent: { field: agreed, op: \"=\", value: true }"
            try bench.write("hookline.yaml", Self.manifest(bench, inline: false, defaults: consent))
            let counted = try bench.app.count(SegmentRequest(["vip"]))
            #expect((counted.picked, counted.noConsent, counted.count) == (2, 1, 1) && counted.asksConsent)
            try bench.write(
                "activations/vip/activation.yaml", "hookline: 1\nname: vip\nsegment: vip\ndestination: newsletter\n")
            let activated = try bench.app.count(SegmentRequest(["vip"]))
            #expect(activated.activation == "vip" && activated.count == counted.count)
            let plan = try await bench.run("vip", isDryRun: true)[0]
            #expect(plan.buckets.inSegment + plan.buckets.notAContact == counted.count, "\(plan.buckets)")
            #expect(plan.buckets.noConsent == counted.noConsent)
        }
    }

    @Test("with the same numbers from CSV, JSONL, SQLite, and DuckDB")
    func sources() async throws {
        try await Workbench.with { bench in
            try bench.write("data/users.csv", Self.users)
            let lines = Self.users.split(separator: "\n").dropFirst().map { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                let values = zip(["id", "email", "country", "spent", "agreed"], cells).map { name, cell in
                    "\"\(name)\":"
                        + (cell.isEmpty ? "null" : name == "spent" ? cell : name == "agreed" ? "\(cell == "yes")" : "\"\(cell)\"")
                }
                return "{\(values.joined(separator: ","))}\n"
            }
            try bench.write("data/users.jsonl", lines.joined())
            var found: [[Int]] = []
            for kind in ["csv, path: data/users.csv", "jsonl, path: data/users.jsonl", "duckdb, tables: { users: data/users.csv }"] {
                try bench.write("hookline.yaml", Self.manifest(bench, inline: true, kind: kind))
                let counted = try bench.app.count(SegmentRequest(["vip"]), explains: true)
                let rules = counted.explanation?.rules ?? []
                found.append([counted.rows, counted.model, counted.picked, counted.count] + rules.map(\.removes) + rules.map(\.without))
            }
            #expect(found[0] == found[1] && found[0] == found[2], "\(found)")
        }
    }

    @Test("and says which names there are")
    func unknown() async throws {
        try await Workbench.with { bench in
            try bench.write("hookline.yaml", Self.manifest(bench, inline: false))
            #expect(throws: IssuesFound.self) { try bench.app.count(SegmentRequest(["vib"])) }
            let found = #expect(throws: IssuesFound.self) { try bench.app.count(SegmentRequest(["vib"])) }
            #expect(found?.issues.map(\.code) == ["manifest.unknown_segment"] && found?.issues[0].message.contains("'vip'") == true)
            var request = SegmentRequest(["vip"])
            request.destination = "nowhere"
            let missing = #expect(throws: IssuesFound.self) { try bench.app.count(request) }
            #expect(missing?.issues.map(\.code) == ["manifest.unknown_destination"])
        }
    }
}
