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
            model.primaryKey = tree["primary_key"]?.text
            model.primaryKeyPosition = tree["primary_key"]?.position
            model.columns = (tree["columns"]?.entries ?? []).compactMap { entry in
                entry.value.text.flatMap(ColumnType.init).map { Model.TypedColumn(entry.key, $0, position: entry.keyPosition) }
            }
            model.calculated = (tree["calculated"]?.entries ?? []).compactMap { entry in
                entry.value.text.map { Model.CalculatedField(entry.key, $0, position: entry.value.position) }
            }
            if let policy = tree["on_bad_value"]?.text.flatMap(Model.BadValuePolicy.init) { model.onBadValue = policy }
        }
        binding?.bindTable(of: &model)
        if let source { checkTable(model, tree, source, model.position ?? position) }
        return model
    }

    private func checkTable(_ model: Model, _ tree: Tree?, _ source: SourceConfiguration, _ position: SourcePosition) {
        let isFile = source.kind == .csv || source.kind == .jsonl
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
