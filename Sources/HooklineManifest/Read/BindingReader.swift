import HooklineCore
import Text

/// What a workspace binds an activation's names to: `activations: { NAME: { bind: … } }`.
struct BindingReader {
    let findings: Findings
    let binding: Tree?
    /// The activation that is bound.
    let activation: String
    /// Whether it says which fields it needs, and so expects to be bound.
    let needsFields: Bool
    /// How bad a name is that the activation does not have: another version may have it, which is compared or installed next.
    var strangers = Issue.Severity.error

    /// The name that stands for the activation's own, and where it was said.
    func name(_ key: String, insteadOf own: Tree?) -> (name: String, position: SourcePosition)? {
        let said = binding?[key] ?? own
        return said.flatMap { tree in tree.text.map { ($0, tree.position) } }
    }

    /// The fields that the activation needs, each with the column that stands for it; nil for one that does not say.
    func fields(_ declared: Tree?) -> [Model.Field]? {
        guard let declared, declared.isMapping else {
            if let bound = binding?.entry("fields") {
                findings.report(
                    .conflictingKeys, "the activation does not say which fields it needs (fields:), so there is nothing to bind them to",
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
                severity: strangers)
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

    /// Puts the table or query that the workspace binds in the place of the model's.
    func bindTable(of model: inout Model) {
        guard let table = binding?["table"] ?? binding?["sql"] else { return }
        model.table = binding?["table"]?.text
        model.sql = binding?["sql"]?.text
        model.position = table.position
    }

    /// The workspace's files that stand for the package's lookups.
    ///
    /// - Parameter mustExist: whether they are read now; those that are not there are reported, and left out.
    func lookups(of folder: String, files: ManifestFiles, root: String, mustExist: Bool) -> [LookupOverride] {
        LookupsReader(findings: findings, files: files, folder: folder, strangers: strangers).read(binding?["lookups"]) { name, said in
            let path = ManifestFiles.absolute(said.text ?? "", in: root)
            if mustExist, files.kind(path) != .file {
                let what = files.kind(path) == nil ? "there is no file" : "what stands there is not a file"
                findings.report(
                    .noSuchFile, "\(what): \(quoted(said.text ?? "")) is to stand for \(quoted("lookups/\(name)"))", at: said.position)
                return nil
            }
            return .file(path)
        }
    }

    /// Says what a binding cannot change: an activation that takes a model or segment of the workspace has its source from there.
    func refuseSource(_ why: String) { refuse(["source", "table", "sql", "fields", "on_bad_value"], why) }

    /// Says that some keys cannot be bound.
    func refuse(_ keys: [String], _ why: String) {
        for key in keys {
            guard let entry = binding?.entry(key) else { continue }
            findings.report(.conflictingKeys, "\(why); leave '\(key)' out", at: entry.keyPosition)
        }
    }
}
