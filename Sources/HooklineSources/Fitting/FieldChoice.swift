import HooklineCore

/// Which of a source's columns a model takes, and what it calls them.
struct FieldChoice {
    /// The columns as the model knows them.
    let columns: [Column]
    /// For each, its place among the source's; nil for an optional field that the source is without.
    let places: [Int?]

    /// All columns as they are, unless the model says which fields it needs.
    ///
    /// - Throws: `IssuesFound` with every field whose column is missing.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        guard let fields = model.fields else {
            columns = found
            places = Array(found.indices)
            return
        }
        let names = found.map(\.name)
        var issues: [Issue] = []
        var places: [Int?] = []
        for field in fields {
            let place = names.firstIndex(of: field.column)
            places.append(place)
            if place != nil || field.isOptional { continue }
            let bound = field.column == field.name ? "" : " stands for '\(field.column)', which"
            let way = "; bind it in hookline.yaml: activations: { NAME: { bind: { fields: { \(field.name): COLUMN } } } }"
            // A name that is nearly right may be a person's data when the header is missing, so only near names are told.
            issues.append(
                Issue(
                    SourceError.Code.unknownColumn.rawValue,
                    "the field '\(field.name)'\(bound) is no column of the source '\(source.name)'\(NearestName.hint(field.column, among: names))\(way)",
                    at: field.position ?? model.position))
        }
        if !issues.isEmpty { throw IssuesFound(issues) }
        columns = fields.map { Column($0.name, $0.type) }
        self.places = places
    }
}
