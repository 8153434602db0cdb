import HooklineCore

/// Reports columns of a JSONL file that none of its objects has.
struct AbsentKeys {
    let model: Model
    let source: SourceConfiguration
    /// The keys of the first objects.
    let keys: JSONLKeys

    /// - Parameter names: the columns that no object has.
    /// - Returns: an error for each required column.
    func issues(_ names: [String]) -> [Issue] {
        if model.fields != nil { return FieldChoice.issues(ofUnseen: names, model, source, keys) }
        let typed = Dictionary(model.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return names.filter { !keys.mayLieBehindNull($0) }.map { name in
            Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the key '\(name)' is in no object of the source '\(source.name)'\(reason(name))",
                at: typed[name]?.position ?? (name == model.primaryKey ? model.primaryKeyPosition : nil) ?? model.position)
        }
    }

    /// The likely reason, or the nearest key, to follow a message.
    func reason(_ path: String) -> String {
        if let list = keys.list(on: path) { return "; '\(list)' is a list, but paths lead through objects only" }
        return ColumnNames.hint(path, among: Array(keys.paths))
    }
}
