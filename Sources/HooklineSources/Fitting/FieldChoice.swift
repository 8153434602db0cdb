import HooklineCore

/// The columns that a model takes from a source, and their names in the model.
struct FieldChoice {
    /// The columns, with the model's names and types.
    let columns: [Column]
    /// For each column, its index in the source; nil for an optional field that the source lacks.
    let indexes: [Int?]

    /// Chooses the model's fields, or all columns `found` in the source if it lists none.
    ///
    /// - Throws: `IssuesFound`, with every required or bound field whose column is missing.
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

    /// The issues for required or bound fields that no object of a JSONL file has; none for a sample, which may lack them.
    static func issues(ofUnseen names: [String], _ model: Model, _ source: SourceConfiguration, _ keys: JSONLKeys) -> [Issue] {
        guard let fields = model.fields, model.boundBy != nil else { return [] }
        let missing = fields.filter {
            names.contains($0.name) && (!$0.isOptional || $0.isBound) && !keys.mayLieBehindNull($0.column)
        }
        return issues(missing, model, source, keys.paths.sorted())
    }

    private static func issues(_ missing: [Model.Field], _ model: Model, _ source: SourceConfiguration, _ names: [String]) -> [Issue] {
        missing.enumerated().map { number, field in
            let bound = field.column == field.name ? "" : " reads '\(field.column)', which"
            let hint = ColumnNames.hint(field.column, among: names)
            // The last issue carries the advice for all of them, ready to paste.
            let advice = number == missing.count - 1 ? there(names, model) + Self.advice(missing, model) : ""
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the field '\(field.name)'\(bound) is not a column of the source '\(source.name)'\(hint)\(advice)",
                at: field.position ?? model.position)
        }
    }

    /// Lists the existing columns, if the names surely come from a header: one is a field's column, or none looks like a value.
    private static func there(_ names: [String], _ model: Model) -> String {
        let namesField = (model.fields ?? []).contains { names.contains($0.column) }
        guard !names.isEmpty, namesField || !names.contains(where: ColumnNames.looksLikeValue) else { return "" }
        return "; it has \(ColumnNames.listed(names))"
    }

    private static func advice(_ missing: [Model.Field], _ model: Model) -> String {
        guard let activation = model.boundBy else { return "" }
        let fields = missing.map { "\($0.name): COLUMN" }.joined(separator: ", ")
        return "; set their columns in hookline.yaml: activations: { \(activation): { bind: { fields: { \(fields) } } } }"
    }
}
