import HooklineCore
import Text

/// The columns on which a manifest's model and a source agree.
struct ColumnAgreement {
    /// The source's own columns, in its order, with the types of the manifest where it gives one.
    let own: [Column]
    /// The calculated fields, in the manifest's order.
    let calculated: [Column]

    /// All columns, as a cursor hands them over.
    var all: [Column] { own + calculated }

    /// Compares the two.
    ///
    /// - Parameter found: the source's columns, with the types that they have unless the manifest says otherwise.
    /// - Throws: `IssuesFound` with everything that the model names and the source lacks, each at its place in the manifest.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        let types = Dictionary(model.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        own = found.map { Column($0.name, types[$0.name] ?? $0.type, isAbsent: $0.isAbsent) }
        calculated = model.calculated.map { Column($0.name, types[$0.name] ?? .text) }
        let issues = Self.duplicates(model, found) + Self.missing(model, source, found) + CalculationCheck.issues(of: model, over: own)
        if !issues.isEmpty { throw IssuesFound(issues) }
    }

    /// Calculated fields that have the name of a column or of each other.
    private static func duplicates(_ model: Model, _ found: [Column]) -> [Issue] {
        let taken = Set(found.map(\.name))
        var seen: Set<String> = []
        return model.calculated.compactMap { field in
            let isNew = seen.insert(field.name).inserted
            if isNew, !taken.contains(field.name) { return nil }
            let other = isNew ? "a column of the source" : "another calculated field"
            return Issue(
                SourceError.Code.duplicateColumn.rawValue,
                "the calculated field '\(field.name)' has the name of \(other); give it a name of its own",
                at: field.position ?? model.position)
        }
    }

    /// Typed columns and a primary key that are neither in the source nor calculated.
    private static func missing(_ model: Model, _ source: SourceConfiguration, _ found: [Column]) -> [Issue] {
        let known = found.map(\.name) + model.calculated.map(\.name)
        // A name that is nearly right may be a person's data when the header is missing, so only near names are told.
        func issue(_ what: String, _ name: String, _ position: SourcePosition?) -> Issue? {
            if known.contains(name) { return nil }
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "\(what) '\(name)' is no column of the source '\(source.name)'\(NearestName.hint(name, among: known))",
                at: position ?? model.position)
        }
        let typed = model.columns.compactMap { issue("the typed column", $0.name, $0.position) }
        let key = model.primaryKey.flatMap { issue("the primary key", $0, model.primaryKeyPosition) }
        return typed + (key.map { [$0] } ?? [])
    }
}
