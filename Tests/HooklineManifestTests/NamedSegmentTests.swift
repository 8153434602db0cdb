import HooklineCore
import HooklineManifest
import Testing

@Suite("Rules that name segments")
struct NamedSegmentTests {
    private static func files(_ segments: String, _ rule: String = "{ segment: vip }", model: String = "model: users") -> MemoryFiles {
        let workspace =
            MemoryFiles.goodWorkspace
            + "models:\n  users: { source: shop, primary_key: id }\n  others: { source: shop }\nsegments:\n\(segments)"
        let activation = MemoryFiles.goodActivation.replacing("source: shop", with: model)
            .replacing("{ name: VIP customers }", with: "\n  name: V\n  where: \(rule)")
        return MemoryFiles(workspace: workspace, activation: activation)
    }

    private static let vip = "  vip: { name: VIP, model: users, where: { field: spent, op: '>', value: 9 }, limit: { n: 5, by: spent } }\n"

    @Test("ask whether a row is in one, anywhere in the rules")
    func nested() throws {
        let rules = try Self.files(Self.vip, "{ all: [ { not: { segment: vip } }, { field: a, op: is_null } ] }").activation().get().rules
        guard case .all(let parts)? = rules, case .not(.segment(let rule)) = parts[0] else {
            return #expect(Bool(false), "\(String(describing: rules))")
        }
        #expect(rule.name == "vip" && rule.limit?.count == 5 && rule.limit?.key == "id" && rules?.fields == ["spent", "id", "a"])
        #expect(!Self.files(Self.vip).issues().contains { $0.severity == .error })
    }

    @Test(
        "are refused with what is wrong",
        arguments: [
            ("  vip: { name: VIP, model: users }\n", "{ segment: vipp }", "manifest.unknown_segment"),
            ("  vip: { name: VIP, model: others }\n", "{ segment: vip }", "manifest.conflicting_keys"),
            ("  vip: { name: VIP, model: { source: shop } }\n", "{ segment: vip }", "manifest.conflicting_keys"),
            ("  vip: { name: VIP, model: users }\n", "{ segment: vip, op: '=' }", "manifest.unknown_key"),
            ("  vip: { name: VIP, model: users }\n", "{ segment: [vip] }", "manifest.wrong_type"),
        ])
    func refused(_ segments: String, _ rule: String, _ code: String) {
        let issues = Self.files(segments, rule).activation().issues
        #expect(issues.map(\.code) == [code], "\(issues)")
    }

    @Test("are refused in a circle, in the workspace and in its activations, and never read on and on")
    func circles() {
        for circle in [
            "  vip: { name: VIP, model: users, where: { segment: vip } }\n",
            "  vip: { name: VIP, model: users, where: { not: { segment: b } } }\n  b: { name: B, model: users, where: { any: [ { segment: vip } ] } }\n",
        ] {
            let files = Self.files(circle)
            let found = files.load().issues.filter { $0.severity == .error }
            #expect(
                found.count == circle.split(separator: "\n").count && found.allSatisfy { $0.code == "manifest.conflicting_keys" },
                "\(found)")
            #expect(found.allSatisfy { $0.message.contains("circle") })
            #expect(files.activation().issues.contains { $0.severity == .error } && (try? files.activation().get()) == nil)
        }
    }

    @Test("are refused when a few lines would become millions of rules")
    func explosion() {
        let lines = (0..<15).map {
            "  s\($0): { name: S\($0), model: users, where: { all: [ { segment: s\($0 + 1) }, { segment: s\($0 + 1) } ] } }\n"
        }
        let issues = Self.files(lines.joined() + "  s15: { name: S15, model: users }\n", "{ segment: s0 }").activation().issues
        #expect(issues.map(\.code) == ["manifest.too_deep"], "\(issues)")
    }

    @Test("need a model of the workspace, and a place that picks rows")
    func places() {
        let own = Self.files(Self.vip, model: "source: shop").activation().issues
        #expect(own.map(\.code) == ["manifest.conflicting_keys"], "\(own)")
        var files = Self.files(Self.vip, "{ field: a, op: is_null }")
        files[text: "activations/vip-customers/activation.yaml"] += "consent: { segment: vip }\n"
        #expect(files.activation().issues.map(\.code) == ["manifest.conflicting_keys"])
    }
}
