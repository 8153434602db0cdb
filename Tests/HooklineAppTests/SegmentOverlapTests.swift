import Foundation
import HooklineApp
import HooklineCore
import MailchimpSimulator
import Testing

@Suite("Overlapping segments")
struct SegmentOverlapTests {
    @Test("share users by address, across models, and with what is in Mailchimp")
    func overlaps() async throws {
        try await Workbench.with { bench in
            try bench.write(users: 1...6)
            let other = (4...9).map { "{\"mail\":\" \(addresses($0...$0)[0].uppercased())\"}\n" }.joined()
            try bench.write("data/other.jsonl", other)
            try bench.write(
                "hookline.yaml",
                bench.manifest.replacing("sources:\n", with: "sources:\n  other: { type: jsonl, path: data/other.jsonl }\n")
                    .replacing(
                        "audience: \(bench.server.audience) }", with: "audience: \(bench.server.audience), defaults: { email: email } }")
                    + "segments:\n  a: { name: Segment a, model: { source: shop } }\n")
            try bench.write(
                "activations/b/activation.yaml",
                "hookline: 1\nname: b\nsource: other\nsegment: { name: Segment b }\ndestination: newsletter\nmapping: { email: mail }\n")
            _ = try await bench.run("b", isConfirmed: true)
            let file = bench.path("overlap.svg")
            let found = try await bench.app.overlap(SegmentRequest(["a", "b"]), asksMailchimp: true, svg: file)
            #expect(found.users == 9 && found.sets.map(\.users) == [6, 6, 6] && found.missing == ["a"])
            #expect(found.sets.map(\.only) == [3, 0, 0])
            #expect(found.combinations.map(\.users) == [3, 3, 3])
            #expect(found.combinations.map(\.sets.count) == [1, 2, 3])
            #expect(found.pairs.map(\.users) == [3, 3, 6] && found.pairs[0].shareOfFirst == 0.5)
            #expect(try bench.read("overlap.svg").hasPrefix("<svg"))
            let error = await #expect(throws: AppError.self) {
                try await bench.app.overlap(SegmentRequest(["a"]), svg: bench.path("no/such/file.svg"))
            }
            #expect(error?.code == .cannotWritePlot)
            let twice = await #expect(throws: AppError.self) { try await bench.app.overlap(SegmentRequest(["a", "a"])) }
            #expect(twice?.code == .usage)
        }
    }
}
