import Foundation
import HooklineApp
import HooklineCore
import MailchimpSimulator
import Testing

@Suite("Activating a segment of the workspace")
struct ActivateTests {
    private static func manifest(_ bench: Workbench) -> String {
        bench.manifest.replacing(
            "audience: \(bench.server.audience) }",
            with:
                "audience: \(bench.server.audience), defaults: { email: email, timezone: Europe/Paris, safeguards: { max_removed: 20% } } }"
        )
            + """
            segments:
              All_People: { name: Segment all-people, model: { source: shop, columns: { id: integer } }, where: { field: id, op: "<", value: 6 } }
              Broken: { name: Broken, model: { source: shop }, where: { field: nothing, op: is_null } }

            """
    }

    @Test("makes an activation from the destination's defaults, which runs")
    func activates() async throws {
        try await Workbench.with { bench in
            try bench.write("hookline.yaml", Self.manifest(bench))
            var request = ActivateRequest("All_People")
            request.timezone = "Europe/Berlin"
            let made = try await bench.app.activate(request)
            #expect(made.activation == "all-people" && bench.has("activations/all-people/activation.yaml"))
            let from = Dictionary(uniqueKeysWithValues: made.settings.map { ($0.key, $0) })
            #expect(from["segment"]?.from == .segment && from["source"]?.from == .segment)
            #expect(from["mapping"] == SettingInForce(key: "mapping", value: "email", from: .destination))
            #expect(from["timezone"] == SettingInForce(key: "timezone", value: "Europe/Berlin", from: .activation))
            #expect(from["max_removed"] == SettingInForce(key: "max_removed", value: "20%", from: .destination))
            #expect(from["min_size"] == SettingInForce(key: "min_size", value: "0", from: .builtIn))
            let info = try await bench.app.info(of: "all-people")
            #expect(info.inForce == made.settings)
            _ = try await bench.run("all-people", isConfirmed: true)
            #expect(bench.members(of: "all-people") == addresses(1...5))
            // The same once more is refused, and so is a second one for the same segment.
            let error = await #expect(throws: AppError.self) { try await bench.app.activate(ActivateRequest("All_People")) }
            #expect(error?.code == .scaffoldExists)
            request.name = "again"
            let asked = request
            let clash = await #expect(throws: IssuesFound.self) { try await bench.app.activate(asked) }
            #expect(clash?.issues.map(\.code) == ["manifest.same_segment_name"] && !bench.has("activations/again"))
            #expect(bench.has("activations/all-people/activation.yaml"))
        }
    }

    @Test("leaves nothing behind if it cannot run")
    func refuses() async throws {
        try await Workbench.with { bench in
            try bench.write("hookline.yaml", Self.manifest(bench))
            let found = await #expect(throws: IssuesFound.self) { try await bench.app.activate(ActivateRequest("Broken")) }
            #expect(found?.issues.map(\.code) == ["manifest.unknown_column"] && !bench.has("activations/broken"))
            let missing = await #expect(throws: IssuesFound.self) { try await bench.app.activate(ActivateRequest("All_Peeple")) }
            #expect(missing?.issues.map(\.code) == ["manifest.unknown_segment"])
        }
    }
}
