import HooklineCore
import Text

/// Which of a source's columns a model takes, and what it calls them.
struct FieldChoice {
    /// The columns as the model knows them.
    let columns: [Column]
    /// For each, its place among the source's; nil for an optional field that the source is without.
    let indexes: [Int?]

    /// All columns as they are, unless the model says which fields it needs.
    ///
    /// - Throws: `IssuesFound` with every field whose column is missing: of the optional ones those that a workspace has bound.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        guard let fields = model.fields else {
            columns = found
            indexes = Array(found.indices)
            return
        }
        let names = found.map(\.name)
        indexes = fields.map { names.firstIndex(of: $0.column) }
        columns = zip(fields, indexes).map { Column($0.name, $0.type, isAbsent: $1 == nil) }
        let missing = zip(fields, indexes).filter { $1 == nil && (!$0.isOptional || $0.isBound) }.map(\.0)
        if !missing.isEmpty { throw IssuesFound(Self.issues(missing, model, source, names)) }
    }

    /// Of fields whose keys no object of a JSONL file has; optional ones that nobody bound may be left out of all, and so may those of
    /// a sample.
    static func issues(ofKeys wasThere: [Bool], _ model: Model, _ source: SourceConfiguration) -> [Issue] {
        guard let fields = model.fields, model.boundBy != nil else { return [] }
        return issues(zip(fields, wasThere).filter { (!$0.isOptional || $0.isBound) && !$1 }.map(\.0), model, source, [])
    }

    /// Of required fields whose keys none of the first objects has: later ones may.
    static func warnings(of unseen: [String], rows: Int, _ model: Model, _ source: SourceConfiguration) -> [Issue] {
        let missing = (model.fields ?? []).filter { unseen.contains($0.name) && (!$0.isOptional || $0.isBound) }
        return issues(missing, model, source, []).map { issue in
            Issue(
                issue.code, "none of the first \(rows) objects has it: \(issue.message). A run stops when no object has it",
                at: issue.position,
                severity: .warning)
        }
    }

    private static func issues(_ missing: [Model.Field], _ model: Model, _ source: SourceConfiguration, _ names: [String]) -> [Issue] {
        missing.enumerated().map { number, field in
            let bound = field.column == field.name ? "" : " stands for '\(field.column)', which"
            let hint = NearestName.hint(field.column, among: names)
            // The advice once, for all of them, to be pasted.
            let advice = number == missing.count - 1 ? there(names, model) + Self.advice(missing, model) : ""
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the field '\(field.name)'\(bound) is no column of the source '\(source.name)'\(hint)\(advice)",
                at: field.position ?? model.position)
        }
    }

    /// Which columns there are. Without a header a first line is about a person: it is a header when it names a field, is cut wrongly, or
    /// has neither an address nor a number in it.
    private static func there(_ names: [String], _ model: Model) -> String {
        if let delimiter = [";", "\t"].first(where: { mark in names.contains { $0.contains(mark) } }),
            !(model.fields ?? []).contains(where: { names.contains($0.column) })
        {
            return "; its header has names with \(delimiter == ";" ? "semicolons" : "tabs") in them: a source takes "
                + "delimiter: \(delimiter == ";" ? "\";\"" : "tab")"
        }
        let namesField = (model.fields ?? []).contains { names.contains($0.column) }
        guard namesField || (!names.isEmpty && !names.contains { $0.contains("@") || Double($0) != nil }) else { return "" }
        let shown = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
        return "; it has \(shown)\(names.count > 20 ? " and \(names.count - 20) more" : "")"
    }

    private static func advice(_ missing: [Model.Field], _ model: Model) -> String {
        guard let activation = model.boundBy else { return "" }
        let fields = missing.map { "\($0.name): COLUMN" }.joined(separator: ", ")
        return "; say in hookline.yaml which columns they are: activations: { \(activation): { bind: { fields: { \(fields) } } } }"
    }
}
