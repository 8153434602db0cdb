import HooklineCore
import Text

/// Reports columns of a JSONL file that none of its objects has.
struct AbsentKeys {
    let model: Model
    let source: SourceConfiguration
    /// The keys of the first objects.
    let keys: JSONLKeys

    /// - Parameters:
    ///   - names: the columns that no object has.
    ///   - first: how many objects these are, if there may be more; nil for all.
    /// - Returns: an error for each required column; a warning if later objects may have it.
    func issues(_ names: [String], first: Int?) -> [Issue] {
        let found = first.map { "none of the first \(NumberText.grouped($0)) objects" } ?? "no object"
        func placed(_ issue: Issue, _ message: String) -> Issue {
            guard first != nil else { return issue }
            return Issue(issue.code, message + ". A run stops if no object has it", at: issue.position, severity: .warning)
        }
        if model.fields != nil {
            return FieldChoice.issues(ofUnseen: names, model, source, keys).map { placed($0, "\(found) has it: \($0.message)") }
        }
        let typed = Dictionary(model.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return names.filter { !keys.mayLieBehindNull($0) }.map { name in
            let issue = Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the key '\(name)' is in \(found) of the source '\(source.name)'\(reason(name))",
                at: typed[name]?.position ?? (name == model.primaryKey ? model.primaryKeyPosition : nil) ?? model.position)
            return placed(issue, issue.message)
        }
    }

    /// The likely reason, or the nearest key, to follow a message.
    func reason(_ path: String) -> String {
        if let list = keys.list(on: path) { return "; '\(list)' is a list, but paths lead through objects only" }
        return ColumnNames.hint(path, among: keys.paths.sorted())
    }
}
