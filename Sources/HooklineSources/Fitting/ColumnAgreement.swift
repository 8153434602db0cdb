import HooklineCore
import Text

/// The columns of a source, as a model defines them.
struct ColumnAgreement {
    /// The source's columns, in its order, with the types of the manifest if it sets any.
    let own: [Column]
    /// The calculated fields, in the manifest's order.
    let calculated: [Column]

    /// The columns of a batch.
    var all: [Column] { own + calculated }

    /// Compares a model with the columns `found` in a source, whose types apply unless the manifest sets others.
    ///
    /// - Throws: `IssuesFound`, with every column that the model names and the source lacks.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        let types = Dictionary(model.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        own = found.map { Column($0.name, types[$0.name] ?? $0.type, isAbsent: $0.isAbsent) }
        calculated = model.calculated.map { Column($0.name, types[$0.name] ?? .text) }
        let issues = Self.duplicates(model, found) + Self.missing(model, source, found) + CalculationCheck.issues(of: model, over: own)
        if !issues.isEmpty { throw IssuesFound(issues) }
    }

    /// Calculated fields with the name of a column, or of another calculated field.
    private static func duplicates(_ model: Model, _ found: [Column]) -> [Issue] {
        let taken = Set(found.map(\.name))
        var seen: Set<String> = []
        return model.calculated.compactMap { field in
            let isNew = seen.insert(field.name).inserted
            if isNew, !taken.contains(field.name) { return nil }
            let other = isNew ? "a column of the source" : "another calculated field"
            return Issue(
                SourceError.Code.duplicateColumn.rawValue,
                "the calculated field '\(field.name)' has the name of \(other); give it another name",
                at: field.position ?? model.position)
        }
    }

    /// Typed columns and a primary key that are neither in the source nor calculated.
    private static func missing(_ model: Model, _ source: SourceConfiguration, _ found: [Column]) -> [Issue] {
        let known = found.map(\.name) + model.calculated.map(\.name)
        // If the header is missing, other names may be a person's data, so the message has only similar ones.
        func issue(_ what: String, _ name: String, _ position: SourcePosition?) -> Issue? {
            if known.contains(name) { return nil }
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "\(what) '\(name)' is not a column of the source '\(source.name)'\(NearestName.hint(name, among: known))",
                at: position ?? model.position)
        }
        let typed = model.columns.compactMap { issue("the typed column", $0.name, $0.position) }
        let key = model.primaryKey.flatMap { issue("the primary key", $0, model.primaryKeyPosition) }
        return typed + (key.map { [$0] } ?? [])
    }
}
