import HooklineApp
import HooklineCore
import MailchimpSimulator
import Testing

@Suite("Two activations with one segment name")
struct SegmentNameTests {
    private func issues(_ bench: Workbench, _ names: [String] = []) async throws -> [HooklineCore.Issue] {
        try await bench.app.check(CheckRequest(names)).issues.filter { $0.code == "manifest.same_segment_name" }
    }

    private func name(_ bench: Workbench, _ activation: String, _ segment: String) throws {
        let manifest = "activations/\(activation)/activation.yaml"
        try bench.write(manifest, try bench.read(manifest).replacing("Segment \(activation)", with: "\"\(segment)\""))
    }

    @Test("are an error wherever either is checked, whatever the case")
    func clash() async throws {
        try await Workbench.with { bench in
            for name in ["one", "two", "three"] { try bench.write(activation: name) }
            #expect(try await issues(bench).isEmpty)
            try name(bench, "two", "segment ONE ")
            let found = try await issues(bench)
            #expect(found.map(\.severity) == [.error, .error])
            #expect(found.compactMap(\.position?.file).sorted() == ["activations/one/activation.yaml", "activations/two/activation.yaml"])
            #expect(try await issues(bench, ["one"]).count == 1)
            #expect(try await issues(bench, ["three"]).isEmpty)
        }
    }

    @Test("are none in two audiences, and a warning where a name hook may tell them apart")
    func harmless() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "one")
            try bench.write(activation: "two", hooks: "return { name = function(segment) return segment .. ' 2' end }")
            try name(bench, "two", "Segment one")
            #expect(try await Set(issues(bench).map(\.severity)) == [.warning])
            try bench.write(
                "hookline.yaml",
                bench.manifest
                    + "  other: { type: mailchimp, api_key: k-us1, base_url: \"\(bench.server.baseURL)\", audience: bbbbbbbbbb }\n")
            let manifest = "activations/two/activation.yaml"
            try bench.write(manifest, try bench.read(manifest).replacing("destination: newsletter", with: "destination: other"))
            #expect(try await issues(bench).isEmpty)
        }
    }

    @Test("by way of a label are a warning")
    func labels() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "one", hooks: "return { breakdown = function(user) return user.country end }")
            try bench.write(activation: "two")
            try name(bench, "two", "segment one · FR")
            let found = try await issues(bench)
            #expect(found.map(\.severity) == [.warning] && found[0].message.contains("'fr'"))
        }
    }
}
