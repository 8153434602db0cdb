import Foundation
import HooklineCore
import Testing

@testable import HooklineManifest

/// As much of JSON Schema as the manifests' schema uses; an unknown keyword is a failure.
private struct SchemaValidator {
    let root: [String: Any]

    func accepts(_ tree: Tree, _ schema: Any) -> Bool {
        guard let schema = schema as? [String: Any] else { return false }
        return schema.allSatisfy { keyword, rule in holds(keyword, rule, tree, schema) }
    }

    private func holds(_ keyword: String, _ rule: Any, _ tree: Tree, _ schema: [String: Any]) -> Bool {
        switch keyword {
        case "$schema", "title", "description", "$defs": return true
        case "$ref": return resolve(rule).map { accepts(tree, $0) } ?? false
        case "anyOf": return (rule as? [Any] ?? []).contains { accepts(tree, $0) }
        case "oneOf": return (rule as? [Any] ?? []).count { accepts(tree, $0) } == 1
        case "allOf": return (rule as? [Any] ?? []).allSatisfy { accepts(tree, $0) }
        case "not": return !accepts(tree, rule)
        case "type": return types(rule).contains { isOf($0, tree) }
        case "const": return tree.text == "\(rule)"
        case "enum": return (rule as? [String] ?? []).contains { $0 == tree.text }
        case "pattern": return tree.text.map { $0.range(of: rule as? String ?? "(", options: .regularExpression) != nil } ?? true
        case "minimum": return tree.text.flatMap { Int($0) }.map { $0 >= rule as? Int ?? .max } ?? true
        case "maximum": return tree.text.flatMap { Int($0) }.map { $0 <= rule as? Int ?? .min } ?? true
        case "items": return (tree.items ?? []).allSatisfy { accepts($0, rule) }
        case "minItems": return tree.items.map { $0.count >= rule as? Int ?? .max } ?? true
        case "maxItems": return tree.items.map { $0.count <= rule as? Int ?? .min } ?? true
        case "required": return !tree.isMapping || (rule as? [String] ?? [""]).allSatisfy { tree.entry($0) != nil }
        case "properties":
            let properties = rule as? [String: Any] ?? [:]
            return tree.entries.allSatisfy { entry in properties[entry.key].map { accepts(entry.value, $0) } ?? true }
        case "propertyNames":
            return tree.entries.allSatisfy { accepts(Tree(content: .scalar($0.key), position: $0.keyPosition), rule) }
        case "additionalProperties":
            let known = schema["properties"] as? [String: Any] ?? [:]
            let rest = tree.entries.filter { known[$0.key] == nil }
            return rule as? Bool == false ? rest.isEmpty : rest.allSatisfy { accepts($0.value, rule) }
        default:
            Issue.record("the validator does not know '\(keyword)'")
            return false
        }
    }

    private func resolve(_ reference: Any) -> Any? {
        guard let name = (reference as? String)?.split(separator: "/").last else { return nil }
        return (root["$defs"] as? [String: Any])?[String(name)]
    }

    private func types(_ rule: Any) -> [String] { (rule as? [String]) ?? [(rule as? String) ?? ""] }

    private func isOf(_ type: String, _ tree: Tree) -> Bool {
        switch type {
        case "object": tree.isMapping
        case "array": tree.items != nil
        case "null": tree.isNull
        case "string": tree.text != nil
        case "integer": tree.text.flatMap { Int($0) } != nil
        case "number": tree.text.flatMap { Double($0) } != nil
        case "boolean": tree.boolean != nil
        default: false
        }
    }
}

@Suite("The JSON Schema")
struct SchemaTests {
    private func validator() throws -> SchemaValidator {
        let json = try JSONSerialization.jsonObject(with: Data(ManifestSchema.json().utf8))
        return SchemaValidator(root: try #require(json as? [String: Any]))
    }

    private func accepts(_ text: String, _ file: ManifestSchema.File) throws -> Bool {
        let tree = TreeComposer(file: "f", findings: Findings()).compose(Array(text.utf8))
        return try validator().accepts(try #require(tree), ["$ref": "#/$defs/\(file.rawValue)"])
    }

    /// Whether the reader finds nothing to say about the shape of a file.
    private func readerAccepts(_ text: String, _ file: ManifestSchema.File) -> Bool {
        let findings = Findings()
        guard let tree = TreeComposer(file: "f", findings: findings).compose(Array(text.utf8)) else { return false }
        ShapeChecker(findings: findings).check(tree, file == .workspace ? WorkspaceShape.file : ActivationShape.file, as: "the file")
        for rules in [tree["segment"]?["where"], tree["consent"]].compactMap({ $0 }) {
            _ = ConditionReader(findings: findings, parameters: nil).read(rules)
        }
        return !findings.issues.contains { $0.severity == .error }
    }

    @Test("accepts the examples of the manual")
    func examples() throws {
        #expect(try accepts(ExamplesTests.workspace, .workspace))
        #expect(try accepts(ExamplesTests.activation, .activation))
        #expect(try !accepts(ExamplesTests.workspace, .activation))
        #expect(try !accepts(ExamplesTests.activation, .workspace))
    }

    @Test("each file's own schema is whole and names its draft", arguments: ManifestSchema.File.allCases)
    func single(_ file: ManifestSchema.File) throws {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(ManifestSchema.json(of: file).utf8)) as? [String: Any])
        #expect(json["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(json["title"] as? String == file.name)
        let example = file == .workspace ? ExamplesTests.workspace : ExamplesTests.activation
        let tree = try #require(TreeComposer(file: "f", findings: Findings()).compose(Array(example.utf8)))
        #expect(SchemaValidator(root: json).accepts(tree, json))
    }

    @Test(
        "refuses what the reader refuses, and takes what it takes",
        arguments: [
            "hookline: 2", "name: VIP", "name: 2026", "version: 1.0", "source: [shop]", "segment: vip",
            "segment: { where: { field: a, op: is_null } }",
            "segment: { name: V, where: { field: a, op: is_null, value: 1 } }", "segment: { name: V, where: { field: a, op: '=' } }",
            "segment: { name: V, where: { field: a, op: in, value: 1 } }", "segment: { name: V, where: { field: a, op: in, value: [1] } }",
            "segment: { name: V, where: { field: a, op: '==', value: 1 } }", "segment: { name: V, where: [{ field: a, op: is_null }] }",
            "segment: { name: V, where: { all: [] } }", "segment: { name: V, where: { all: [{ not: { field: a, op: '<', value: 1 } }] } }",
            "hooks: [a.lua, b.lua]", "hooks: { a: b }", "every: 15m", "every: 15", "every: 0m", "adopt: yes", "adopt: true",
            "safeguards: { max_removed: 20 }",
            "safeguards: { max_removed: 20.5% }", "safeguards: { max_removed: -1 }", "safeguards: { min_size: x }",
            "safeguards: { on_script_error: stop }",
            "breakdown: { delete_empty: true, max_segments: 9 }", "breakdown: { max_segments: 0 }", "breakdown: { delete: true }",
            "limits: { memory: 64MB }", "limits: { memory: 64 }", "limits: { cpu: 2s, log_lines: 10 }", "model: customers",
            "model: { table: a, sql: b }",
            "model: { columns: { a: integer } }", "model: { columns: { a: int } }", "parameters: { a: { type: text } }",
            "parameters: { a: { default: 1 } }",
            "parameters: { 1a: { type: text } }", "parameters: { a: { type: list, default: [1, 2], values: [1, 2] } }", "maping: {}",
            "mapping: {}",
            "parameters: { a: { type: text, default: { b: c } } }", "description: 3",
            "model: { columns: { a: { type: number, decimal: ',', thousands: '.', strip: [€] } } }",
            "model: { columns: { a: { decimal: ',' } } }",
            "model: { columns: { a: { type: date, format: ['%d/%m/%Y', unix] } } }",
            "model: { columns: { a: { type: date, format: euro } } }",
            "model: { columns: { a: { type: number, decimal: ';' } } }", "model: { columns: { a: { type: list, separator: '' } } }",
            "model: { one_row_per: email, keep: last }", "model: { one_row_per: id, keep: { newest: at } }",
            "model: { one_row_per: id, keep: newest }",
            "fields: { a: { type: text, trim: false }, b: list }", "consent: { field: a, op: '=', value: true }", "consent: { field: a }",
            "consent: { any: [{ field: a, op: is_null }, { all: [] }] }",
            "segment: { name: V, where: { field: a, op: '=', value: x, ignore_case: true } }",
            "segment: { name: V, where: { field: a, op: is_null, ignore_case: true } }",
            "segment: { name: V, where: { field: a, op: in, value: [x], ignore_case: maybe } }",
            "segment: { name: V, where: { field: a, op: has_all, value: [x, y] } }",
            "segment: { name: V, where: { field: a, op: has, value: [x] } }",
            "segment: { name: V, where: { field: a, op: anniversary_within_days, value: 7 } }",
        ])
    func agreement(_ line: String) throws {
        let key = String(line.prefix { $0 != ":" })
        let text =
            MemoryFiles.goodActivation.split(separator: "\n").filter { !$0.hasPrefix(key + ":") }.joined(separator: "\n") + "\n\(line)\n"
        #expect(try accepts(text, .activation) == readerAccepts(text, .activation))
    }

    @Test(
        "agrees with the reader on workspaces",
        arguments: [
            "state: sqlite:x", "state: mysql:x", "state: ${env:STATE}", "sources: { a: { type: csv, path: x, delimiter: tab } }",
            "sources: { a: { type: csv } }", "sources: { a: { type: csv, path: x, delimiter: '|' } }",
            "sources: { a: { type: csv, path: x, delimiter: '\"' } }", "sources: { a: { type: csv, path: x, delimiter: '::' } }",
            "sources: { a: { type: csv, path: x, null_values: [NULL, n/a], trim: false, timezone: Europe/Paris } }",
            "sources: { a: { type: csv, path: x, null_values: NULL } }",
            "sources: { a: { type: csv, path: x, encoding: utf-16, skip_lines: 3, escape: backslash } }",
            "sources: { a: { type: csv, path: x, encoding: utf8 } }", "sources: { a: { type: csv, path: x, skip_lines: -1 } }",
            "sources: { a: { type: jsonl, path: x, escape: double } }", "sources: { a: { type: sqlite, path: x, encoding: utf-8 } }",
            "sources: { a: { type: sqlite, path: x, timezone: UTC, null_values: ['-'] } }",
            "activations: { vip: { bind: { fields: { a: b, c: { column: d, format: unix } } } } }",
            "activations: { vip: { bind: { fields: { c: { type: text } } } } }",
            "sources: { a: { type: odbc, url: x, dsn: y } }",
            "sources: { a: { type: odbc } }", "sources: { a: { type: xml, path: x } }", "sources: { 'a b': { type: csv, path: x } }",
            "sources:",
            "notify: { webhook: \"${env:X}\" }", "notify: { email: x }", "models: { a: { source: s } }", "models: { a: { table: s } }",
            "destinations: { a: { type: mailchimp, api_key: \"${env:K}\", audience: 123 } }",
            "destinations: { a: { type: mailchimp, audience: x } }",
            "destinations: { a: { type: mailchimp, api_key: k, access_token: t, audience: x } }",
            "destinations: { a: { type: mailchimp, api_key: k, audience: x, connections: 11 } }",
            "destinations: { a: { type: mailchimp, api_key: k, audience: x, base_url: 'ftp://x' } }",
            "destinations: { a: { type: mailchimp, api_key: k, audience: x, base_url: \"${env:B}\" } }",
            "destinations: { a: { type: mailchimp, api_key: k, audience: x, defaults: { schedule: '@daily', every: 1h } } }",
            "segments: { s: { name: S, model: m } }", "segments: { s: { name: S } }",
            "activations: { vip: { params: { a: 1, b: [1, 2] } } }",
            "activations: { Vip: { params: {} } }",
        ])
    func workspaceAgreement(_ line: String) throws {
        let text = "hookline: 1\n\(line)\n"
        #expect(try accepts(text, .workspace) == readerAccepts(text, .workspace))
    }
}
