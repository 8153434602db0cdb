import HooklineCore
import Text

/// Reads what a workspace binds an activation's names to: `activations: { NAME: { bind: … } }`.
struct BindingReader {
    let findings: Findings
    let binding: Tree?
    /// The activation's name.
    let activation: String
    /// Whether the activation declares the fields that it needs, and so expects a binding.
    let needsFields: Bool
    /// The severity of names that the activation does not have; another version, which is being compared or installed, may have them.
    var unknownNames = Issue.Severity.error

    /// The bound name, else the activation's own, with its position.
    func name(_ key: String, insteadOf own: Tree?) -> (name: String, position: SourcePosition)? {
        let said = binding?[key] ?? own
        return said.flatMap { tree in tree.text.map { ($0, tree.position) } }
    }

    /// The fields that the activation needs, each with its bound column; nil when it declares none.
    func fields(_ declared: Tree?) -> [Model.Field]? {
        guard let declared, declared.isMapping else {
            if let bound = binding?.entry("fields") {
                findings.report(
                    .conflictingKeys, "the activation declares no fields (fields:), so there is nothing to bind",
                    at: bound.keyPosition)
            }
            return nil
        }
        let names = declared.entries.map(\.key)
        for entry in binding?["fields"]?.entries ?? [] where !names.contains(entry.key) {
            let hint = NearestName.hint(entry.key, among: names)
            findings.report(
                .unknownKey, "the activation has no field \(quoted(entry.key)); it needs \(enumerated(names))\(hint)",
                at: entry.keyPosition,
                severity: unknownNames)
        }
        return declared.entries.compactMap { entry in
            let reader = ColumnReader(findings: findings)
            guard let declared = reader.column(entry) else { return nil }
            let bound = binding?["fields"]?[entry.key]
            var field = Model.Field(
                entry.key, declared.type, column: bound?.text ?? bound?["column"]?.text,
                isOptional: entry.value["optional"]?.boolean ?? false, isBound: bound != nil,
                description: entry.value["description"]?.text, position: bound?.position ?? entry.keyPosition)
            field.ownFormat = declared.format
            field.format = bound.map { reader.format($0, of: declared.type, beginning: declared.format) } ?? declared.format
            return field
        }
    }

    /// Replaces the model's table or query with the bound one.
    func bindTable(of model: inout Model) {
        guard let table = binding?["table"] ?? binding?["sql"] else { return }
        model.table = binding?["table"]?.text
        model.sql = binding?["sql"]?.text
        model.position = table.position
    }

    /// The workspace's files that replace the package's lookups. With `mustExist`, missing files are reported and left out.
    func lookups(of folder: String, files: ManifestFiles, root: String, mustExist: Bool) -> [LookupOverride] {
        LookupsReader(findings: findings, files: files, folder: folder, unknownNames: unknownNames).read(binding?["lookups"]) {
            name, value in
            let path = ManifestFiles.absolute(value.text ?? "", in: root)
            if mustExist, files.kind(path) != .file {
                let what = files.kind(path) == nil ? "does not exist" : "is not a file"
                findings.report(
                    .noSuchFile, "\(quoted(value.text ?? "")), bound to \(quoted("lookups/\(name)")), \(what)", at: value.position)
                return nil
            }
            return .file(path)
        }
    }

    /// Reports bindings of an activation that uses a workspace model or segment, which determines the source.
    func refuseSource(_ why: String) { refuse(["source", "table", "sql", "fields", "on_bad_value"], why) }

    /// Reports keys that can't be bound.
    func refuse(_ keys: [String], _ why: String) {
        for key in keys {
            guard let entry = binding?.entry(key) else { continue }
            findings.report(.conflictingKeys, "\(why); remove '\(key)'", at: entry.keyPosition)
        }
    }
}
