import HooklineCore
import HooklineManifest
import Testing

@Suite("What a manifest expects of a source")
struct ExpectationReaderTests {
    private func loaded(_ model: String, source: String = "type: sqlite, path: data/users.csv") -> Loaded<Activation> {
        let workspace = MemoryFiles.goodWorkspace.replacing("type: csv, path: data/users.csv", with: source)
        return MemoryFiles(
            workspace: workspace,
            activation: """
                hookline: 1
                name: vip-customers
                source: shop
                model: { table: users, \(model) }
                segment: { name: VIP }
                destination: newsletter
                mapping: { email: email }
                """
        ).activation()
    }

    private func kinds(_ expect: String) throws -> [SourceExpectation.Kind] {
        try loaded("expect: \(expect)").get().model.expectations.map(\.kind)
    }

    @Test("is read, one or many to an entry, in its order")
    func kinds() throws {
        #expect(try kinds("[ { not_null: email }, { not_null: [a, b] } ]") == [.notNull("email"), .notNull("a"), .notNull("b")])
        #expect(try kinds("[ { unique: [id, email] } ]") == [.unique("id"), .unique("email")])
        let list = Condition.Value.list([.scalar(Literal("NO", .text)), .scalar(Literal("7", .number)), .scalar(Literal("7", .text))])
        #expect(try kinds("[ { accepted: { country: [NO, 7, \"7\"] } } ]") == [.accepted("country", list)])
        #expect(try kinds("[ { fresh_within: 26h by updated at } ]") == [.freshWithin(seconds: 93_600, field: "updated at")])
        #expect(try kinds("[ { min_rows: 1000 } ]") == [.minRows(1_000)])
        #expect(try kinds("[ { after_marker: out/_SUCCESS } ]") == [.afterMarker(.file("out/_SUCCESS"), within: nil)])
        let query = "select max(at) FROM loads"
        #expect(try kinds("[ { after_marker: '\(query)', within: 2d } ]") == [.afterMarker(.query(query), within: 172_800)])
        #expect(try kinds("[ { after_marker: 'WITH(x) AS y' } ]") == [.afterMarker(.query("WITH(x) AS y"), within: nil)])
        #expect(try kinds("[ { after_marker: selected.txt } ]") == [.afterMarker(.file("selected.txt"), within: nil)])
    }

    @Test("stops unless it says that it warns")
    func severity() throws {
        let read = try loaded("expect: [ { min_rows: 1 }, { min_rows: 2, severity: warn }, { min_rows: 3, severity: stop } ]").get()
        #expect(read.model.expectations.map(\.severity) == [.stop, .warn, .stop])
        #expect(read.model.expectations.allSatisfy { $0.position?.file == "activations/vip-customers/activation.yaml" })
        #expect(read.usedFields.isDisjoint(with: ["id"]))
        #expect(try loaded("expect: [ { unique: id } ]").get().usedFields.contains("id"))
    }

    @Test(
        "is refused with what is wrong",
        arguments: [
            ("expect: { min_rows: 1 }", "manifest.wrong_type"), ("expect: [ { severity: warn } ]", "manifest.missing_key"),
            ("expect: [ { min_rows: 1, not_null: a } ]", "manifest.conflicting_keys"),
            ("expect: [ { min_rows: 0 } ]", "manifest.wrong_value"),
            ("expect: [ { min_rows: 1, severity: panic } ]", "manifest.wrong_value"),
            ("expect: [ { min_rows: 1, within: 1h } ]", "manifest.conflicting_keys"),
            ("expect: [ { fresh_within: 26h } ]", "manifest.wrong_value"),
            ("expect: [ { fresh_within: 26 by at } ]", "manifest.wrong_value"),
            ("expect: [ { fresh_within: '26h by ' } ]", "manifest.wrong_value"),
            ("expect: [ { accepted: { a: [] } } ]", "manifest.wrong_value"), ("expect: [ { accepted: { a: FR } } ]", "manifest.wrong_type"),
            ("expect: [ { accepted: { a: [\"${param:x}\"] } } ]", "manifest.bad_reference"),
            ("expect: [ { notnull: a } ]", "manifest.unknown_key"), ("expect: [ { after_marker: /tmp/done } ]", "manifest.outside_package"),
            ("expect: [ { after_marker: a/../../b } ]", "manifest.outside_package"),
            ("primary_key: { max_invalid: 5% }", "manifest.missing_key"),
            ("primary_key: { field: id, max_invalid: some }", "manifest.wrong_value"), ("primary_key: [id]", "manifest.wrong_type"),
        ])
    func refused(_ model: String, _ code: String) {
        let loaded = loaded(model)
        #expect(loaded.issues.contains { $0.code == code && $0.severity == .error }, "\(loaded.issues)")
    }

    @Test("asks a file no query, and a model of the workspace may name any file")
    func sources() throws {
        let issues = loaded("expect: [ { after_marker: SELECT 1 } ]", source: "type: csv, path: data/users.csv").issues
        #expect(issues.contains { $0.code == "manifest.conflicting_keys" && $0.message.contains("a query needs a database") })
        let workspace = MemoryFiles.goodWorkspace + "models: { all: { source: shop, expect: [ { after_marker: /exports/done } ] } }\n"
        let activation = """
            hookline: 1
            name: vip-customers
            model: all
            segment: { name: VIP }
            destination: newsletter
            mapping: { email: email }
            """
        let read = try MemoryFiles(workspace: workspace, activation: activation).activation().get()
        #expect(read.model.expectations.map(\.kind) == [.afterMarker(.file("/exports/done"), within: nil)])
    }

    @Test("is a probe, of files or a query, as far as the source has them")
    func probe() throws {
        #expect(try loaded("probe: files").get().model.probe == .files)
        #expect(try loaded("probe: SELECT max(at) FROM users").get().model.probe == .query("SELECT max(at) FROM users"))
        #expect(loaded("probe: updated_at").issues.map(\.code) == ["manifest.wrong_value"])
        #expect(
            loaded("probe: SELECT 1", source: "type: csv, path: data/users.csv").issues.contains { $0.message.contains("probe: files") })
        let server = "type: postgres, host: db.example.com, database: shop, user: reader"
        #expect(loaded("probe: files", source: server).issues.contains { $0.code == "manifest.conflicting_keys" })
        #expect(try loaded("probe: SELECT 1", source: server).get().model.probe == .query("SELECT 1"))
    }

    @Test("is a primary key, alone or with how many rows may be without one of their own")
    func primaryKey() throws {
        let plain = try loaded("primary_key: id").get().model
        #expect(plain.primaryKey == "id" && plain.primaryKeyLimit == nil && plain.primaryKeyPosition != nil)
        let limited = try loaded("primary_key: { field: id, max_invalid: 0.5% }").get().model
        #expect(limited.primaryKey == "id" && limited.primaryKeyLimit == .percent(0.5))
        #expect(try loaded("primary_key: { field: id, max_invalid: 12 }").get().model.primaryKeyLimit == .count(12))
    }
}
