import HooklineCore

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
        let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        indexes = fields.map { places[$0.column] }
        columns = zip(fields, indexes).map { Column($0.name, $0.type, isAbsent: $1 == nil, format: $0.format) }
        let missing = zip(fields, indexes).filter { $1 == nil && (!$0.isOptional || $0.isBound) }.map(\.0)
        if !missing.isEmpty { throw IssuesFound(Self.issues(missing, model, source, names)) }
    }

    /// Of fields whose keys no object of a JSONL file has; optional ones that nobody bound may be left out of all, and so may those of
    /// a sample.
    static func issues(ofUnseen names: [String], _ model: Model, _ source: SourceConfiguration, _ keys: JSONLKeys) -> [Issue] {
        guard let fields = model.fields, model.boundBy != nil else { return [] }
        let missing = fields.filter {
            names.contains($0.name) && (!$0.isOptional || $0.isBound) && !keys.mayLieBehindNull($0.column)
        }
        return issues(missing, model, source, keys.paths.sorted())
    }

    private static func issues(_ missing: [Model.Field], _ model: Model, _ source: SourceConfiguration, _ names: [String]) -> [Issue] {
        missing.enumerated().map { number, field in
            let bound = field.column == field.name ? "" : " stands for '\(field.column)', which"
            let hint = ShownNames.hint(field.column, among: names)
            // The advice once, for all of them, to be pasted.
            let advice = number == missing.count - 1 ? there(names, model) + Self.advice(missing, model) : ""
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the field '\(field.name)'\(bound) is no column of the source '\(source.name)'\(hint)\(advice)",
                at: field.position ?? model.position)
        }
    }

    /// Which columns there are. It is a header when it names a field, or when no name in it looks like a value.
    private static func there(_ names: [String], _ model: Model) -> String {
        let namesField = (model.fields ?? []).contains { names.contains($0.column) }
        guard !names.isEmpty, namesField || !names.contains(where: ShownNames.looksLikeValue) else { return "" }
        return "; it has \(ShownNames.list(names))"
    }

    private static func advice(_ missing: [Model.Field], _ model: Model) -> String {
        guard let activation = model.boundBy else { return "" }
        let fields = missing.map { "\($0.name): COLUMN" }.joined(separator: ", ")
        return "; say in hookline.yaml which columns they are: activations: { \(activation): { bind: { fields: { \(fields) } } } }"
    }
}
