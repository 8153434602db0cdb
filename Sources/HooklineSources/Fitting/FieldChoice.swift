import HooklineCore

/// Which of a source's columns a model takes, and what it calls them.
struct FieldChoice {
    /// The columns as the model knows them.
    let columns: [Column]
    /// For each, its place among the source's; nil for an optional field that the source is without.
    let places: [Int?]

    /// All columns as they are, unless the model says which fields it needs.
    ///
    /// - Throws: `IssuesFound` with every field whose column is missing: of the optional ones those that a workspace has bound.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        guard let fields = model.fields else {
            columns = found
            places = Array(found.indices)
            return
        }
        let names = found.map(\.name)
        places = fields.map { names.firstIndex(of: $0.column) }
        columns = zip(fields, places).map { Column($0.name, $0.type, isAbsent: $1 == nil) }
        let missing = zip(fields, places).filter { $1 == nil && (!$0.isOptional || $0.isBound) }.map(\.0)
        if !missing.isEmpty { throw IssuesFound(Self.issues(missing, model, source, names)) }
    }

    /// Of fields whose keys no object of a JSONL file has; optional ones may be left out of all, and so may those of a sample.
    static func issues(ofKeys wasThere: [Bool], _ model: Model, _ source: SourceConfiguration) -> [Issue] {
        guard let fields = model.fields, model.boundBy != nil else { return [] }
        return issues(zip(fields, wasThere).filter { !$0.isOptional && !$1 }.map(\.0), model, source, [])
    }

    private static func issues(_ missing: [Model.Field], _ model: Model, _ source: SourceConfiguration, _ names: [String]) -> [Issue] {
        missing.enumerated().map { number, field in
            let bound = field.column == field.name ? "" : " stands for '\(field.column)', which"
            // A name that is nearly right may be a person's data when the header is missing, so only near names are told.
            let hint = NearestName.hint(field.column, among: names)
            // The advice once, for all of them, to be pasted.
            let advice = number == missing.count - 1 ? Self.advice(missing, model) : ""
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the field '\(field.name)'\(bound) is no column of the source '\(source.name)'\(hint)\(advice)",
                at: field.position ?? model.position)
        }
    }

    private static func advice(_ missing: [Model.Field], _ model: Model) -> String {
        guard let activation = model.boundBy else { return "" }
        let fields = missing.map { "\($0.name): COLUMN" }.joined(separator: ", ")
        return "; say in hookline.yaml which columns they are: activations: { \(activation): { bind: { fields: { \(fields) } } } }"
    }
}
