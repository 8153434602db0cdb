import HooklineCore

/// Reads a model of an activation or of the workspace.
struct ModelReader {
    let findings: Findings
    /// The activation's binding; nil for a workspace model.
    var binding: BindingReader?

    /// Reads a model; the source decides whether it needs a table or query.
    func read(_ tree: Tree?, of source: SourceConfiguration?, at position: SourcePosition) -> Model {
        var model = Model(position: tree?.position ?? position)
        if let tree {
            model.table = tree["table"]?.text
            model.sql = tree["sql"]?.text
            let trust = ExpectationReader(findings: findings, source: source, isPackage: binding != nil)
            trust.readPrimaryKey(tree["primary_key"], into: &model)
            model.expectations = trust.expectations(tree["expect"])
            model.probe = trust.probe(tree["probe"])
            model.columns = (tree["columns"]?.entries ?? []).compactMap { entry in
                ColumnReader(findings: findings).column(entry).map {
                    Model.TypedColumn(entry.key, $0.type, format: $0.format, position: entry.keyPosition)
                }
            }
            model.oneRow = oneRow(tree)
            model.calculated = (tree["calculated"]?.entries ?? []).compactMap { entry in
                entry.value.text.map { Model.CalculatedField(entry.key, $0, position: entry.value.position) }
            }
            if let policy = tree["on_bad_value"]?.text.flatMap(Model.BadValuePolicy.init) { model.onBadValue = policy }
        }
        binding?.bindTable(of: &model)
        if let source { checkTable(model, tree, source, model.position ?? position) }
        return model
    }

    /// Reads `one_row_per` and `keep`. Each needs the other, because Hookline does not guess which row counts.
    private func oneRow(_ tree: Tree) -> Model.OneRow? {
        guard let key = tree.entry("one_row_per") else {
            if let keep = tree.entry("keep") {
                findings.report(.missingKey, "'keep' needs 'one_row_per', the field that identifies a user", at: keep.keyPosition)
            }
            return nil
        }
        guard let keep = tree["keep"] else {
            let message = "'one_row_per' needs 'keep', which says which of several rows counts: first, last, or { newest: FIELD }"
            findings.report(.missingKey, message, at: key.keyPosition)
            return nil
        }
        guard let name = key.value.text, let kept = Self.keep(keep) else { return nil }
        return Model.OneRow(
            key: name == "email" ? .email : .field(name), keep: kept, position: key.value.position,
            keepPosition: (keep["newest"] ?? keep).position)
    }

    private static func keep(_ tree: Tree) -> Model.OneRow.Keep? {
        switch tree.text {
        case "first": .first
        case "last": .last
        case nil: tree["newest"]?.text.map { .newest($0) }
        default: nil
        }
    }

    private func checkTable(_ model: Model, _ tree: Tree?, _ source: SourceConfiguration, _ position: SourcePosition) {
        let isFile = !source.kind.isDatabase
        if isFile, model.sql != nil {
            let message =
                "'sql' needs a database, and the source \(quoted(source.name)) is a \(source.kind.rawValue) file; use where: to pick rows"
            findings.report(.conflictingKeys, message, at: tree?.entry("sql")?.keyPosition ?? position)
        }
        if isFile, let bound = binding?.binding?.entry("table") {
            findings.report(
                .conflictingKeys,
                "'table' needs a database, and the source \(quoted(source.name)) is a \(source.kind.rawValue) file; remove it",
                at: bound.keyPosition)
        }
        if !isFile, model.table == nil, model.sql == nil {
            let message =
                "the model needs 'table' or 'sql', because the source \(quoted(source.name)) is a \(source.kind.rawValue) database"
                + (binding.flatMap {
                    $0.needsFields ? "; bind one in hookline.yaml: activations: { \($0.activation): { bind: { table: TABLE } } }" : nil
                } ?? "")
            findings.report(.missingKey, message, at: position)
        }
    }
}
