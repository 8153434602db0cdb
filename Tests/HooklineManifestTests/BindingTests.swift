import HooklineCore
import HooklineManifest
import Testing

@Suite("What a package needs, and what stands for it")
struct BindingTests {
    private static let package = """
        hookline: 1
        name: vip-customers
        source: customers
        fields:
          id: integer
          email: { type: text, description: The address. }
          spent: { type: number, optional: true }
        model: { primary_key: id }
        segment: { name: V }
        destination: theirs
        mapping: { email: email }

        """

    private func loaded(_ bind: String, package: String = BindingTests.package) -> Loaded<Activation> {
        MemoryFiles(
            workspace: MemoryFiles.goodWorkspace + "activations: { vip-customers: { bind: \(bind) } }\n", activation: package
        ).activation()
    }

    @Test("source, destination and columns are those of the workspace")
    func bound() throws {
        let activation = try loaded("{ source: shop, destination: newsletter, fields: { spent: total, id: no } }").get()
        #expect(activation.source.name == "shop")
        #expect(activation.destination.name == "newsletter")
        #expect(activation.model.fields?.map(\.name) == ["id", "email", "spent"])
        #expect(activation.model.fields?.map(\.column) == ["no", "email", "total"])
        #expect(activation.model.fields?.map(\.type) == [.integer, .text, .number])
        #expect(activation.model.fields?.map(\.isOptional) == [false, false, true])
        #expect(activation.model.fields?[2].position?.file == "hookline.yaml")
    }

    @Test(
        "mistakes are told with their place",
        arguments: [
            ("{ source: shp, destination: newsletter }", "there is no source 'shp'; the workspace has shop"),
            ("{ source: shop }", "there is no destination 'theirs'"),
            (
                "{ source: shop, destination: newsletter, fields: { spnt: total } }",
                "the activation has no field 'spnt'; it needs "
            ),
            ("{ source: shop, destination: newsletter, sql: SELECT 1 }", "'sql' needs a database"),
            ("{ source: shop, destination: newsletter, table: users }", "'table' needs a database"),
        ])
    func mistakes(_ bind: String, _ message: String) {
        let lines = loaded(bind).issues.map(\.line)
        #expect(lines.contains { $0.contains(message) }, "\(lines)")
        #expect(lines.allSatisfy { $0.contains(".yaml:") })
    }

    @Test("the segment's name and what becomes of bad values are the workspace's to say")
    func segmentAndBadValues() throws {
        let activation = try loaded("{ source: shop, destination: newsletter, segment: Ours, on_bad_value: drop }").get()
        #expect(activation.segmentName == "Ours")
        #expect(activation.model.onBadValue == .drop)
    }

    @Test("a name that only another version has is an error for a run, and a warning where versions are compared or looked at")
    func otherVersions() throws {
        var memory = MemoryFiles(
            workspace: MemoryFiles.goodWorkspace
                + "activations: { vip-customers: { bind: { source: shop, destination: newsletter, fields: { orders: n }, lookups: { a.csv: b.csv } } } }\n",
            activation: Self.package)
        memory[text: "activations/vip-customers/lookups/stop.csv"] = "address\n"
        #expect(memory.activation().issues.filter { $0.severity == .error }.count == 2)
        for purpose in [ActivationPurpose.reading, .offline] {
            let loaded = memory.activation(purpose: purpose)
            #expect(try loaded.get().lookups.isEmpty)
            #expect(loaded.issues.map(\.severity) == [.warning, .warning], "\(loaded.issues)")
        }
    }

    @Test("an activation that does not say its fields has none to bind, and one that does types them there")
    func noFields() {
        let plain = loaded("{ fields: { a: b } }", package: MemoryFiles.goodActivation).issues
        #expect(plain.map(\.code).contains("manifest.conflicting_keys"), "\(plain)")
        let twice = Self.package.replacing("{ primary_key: id }", with: "{ primary_key: id, columns: { spent: text } }")
        let issues = loaded("{ source: shop, destination: newsletter }", package: twice).issues
        #expect(issues.map(\.code) == ["manifest.conflicting_keys"])
        #expect(issues.first?.message.contains("'spent'") == true)
    }

    @Test("the workspace's own files stand for lookups, and mistakes in them are told")
    func lookups() throws {
        func memory(_ bind: String) -> MemoryFiles {
            var memory = MemoryFiles(
                workspace: MemoryFiles.goodWorkspace
                    + "activations: { vip-customers: { bind: { source: shop, destination: newsletter, lookups: \(bind) } } }\n",
                activation: Self.package)
            memory[text: "activations/vip-customers/lookups/stop.csv"] = "address\n"
            memory[text: "lists/stop.csv"] = "address\nann@example.com\n"
            return memory
        }
        let lookupOverrides = try memory("{ stop.csv: lists/stop.csv }").activation().get().lookups
        #expect(lookupOverrides.map(\.name) == ["stop.csv"])
        #expect(lookupOverrides.map(\.content) == [.file("/w/lists/stop.csv")])
        #expect(lookupOverrides.first?.position?.file == "hookline.yaml")
        for (bind, quotes) in [
            ("{ stpo.csv: lists/stop.csv }", ["'stpo.csv'", "'stop.csv'?"]),
            ("{ stop.csv: lists/gone.csv }", ["'lists/gone.csv'", "'lookups/stop.csv'"]), ("{ stop.csv: lists }", ["'lists'"]),
        ] {
            let issues = memory(bind).activation().issues
            #expect(issues.map(\.code) == ["manifest.no_such_file"])
            #expect(issues.first?.position?.file == "hookline.yaml")
            for quote in quotes { #expect(issues.first?.message.contains(quote) == true, "\(issues)") }
        }
        // What scripts can read can be replaced, and nothing else.
        var nested = memory("{ sub/more.csv: lists/stop.csv }")
        nested[text: "activations/vip-customers/lookups/sub/more.csv"] = "address\n"
        #expect(try nested.activation().get().lookups.map(\.name) == ["sub/more.csv"])
        for name in ["sub", ".hidden.csv", "link.csv"] {
            var other = memory("{ \(name): lists/stop.csv }")
            other[text: "activations/vip-customers/lookups/sub/more.csv"] = "address\n"
            other[text: "activations/vip-customers/lookups/.hidden.csv"] = "address\n"
            other[text: "activations/vip-customers/lookups/link.csv"] = "address\n"
            other.links["/w/activations/vip-customers/lookups/link.csv"] = "/elsewhere.csv"
            #expect(
                other.activation().issues.contains { $0.code == "manifest.no_such_file" && $0.message.contains("'\(name)'") }, "\(name)")
        }
        // A sample is looked at where the lists need not be.
        #expect(try memory("{ stop.csv: lists/gone.csv }").activation(purpose: .offline).get().lookups.count == 1)
    }

    @Test("a sample needs neither source nor destination")
    func offline() throws {
        let memory = MemoryFiles(activation: Self.package)
        #expect(try memory.activation(purpose: .offline).get().model.fields?.count == 3)
        #expect(memory.activation().hasErrors)
    }

    @Test(
        "a package for a later Hookline says so and nothing else",
        arguments: [
            ("requires: hookline >= 99.0.0", "99.0.0"), ("requires: hookline >=0.1.1-rc.1", "0.1.1-rc.1"), ("api: 2", "2"),
        ])
    func later(_ line: String, _ message: String) {
        let issues = MemoryFiles(activation: Self.package + line + "\nnew_key: 1\n").activation().issues
        #expect(issues.map(\.code) == ["manifest.unsupported_version"])
        #expect(issues[0].message.contains(message), "\(issues[0].message)")
    }

    @Test("what is required and there is no obstacle", arguments: ["requires: hookline >= 0.1.0", "requires: hookline >= 0.0.9", "api: 1"])
    func met(_ line: String) {
        let issues = MemoryFiles(
            workspace: MemoryFiles.goodWorkspace + "activations: { vip-customers: { bind: { source: shop, destination: newsletter } } }\n",
            activation: Self.package + line + "\n"
        ).activation().issues
        #expect(issues.isEmpty, "\(issues)")
    }
}
