import HooklineCore

/// The columns of a source, matched with a model.
struct ColumnAgreement {
    /// The source's columns that are read, in source order, with the manifest's types where it sets them.
    let own: [Column]
    /// For each of these, its index among the columns found.
    let places: [Int]
    /// The calculated fields that something uses, in manifest order.
    let calculated: [Column]
    /// Columns that nothing uses. They are in the batch, as NULLs, only if a used column does not exist, so that the error can suggest
    /// the nearest name.
    let unread: [Column]

    /// The columns of a batch.
    var all: [Column] { own + calculated + unread }

    /// Matches a model with the columns `found` in a source. The manifest's types win over the source's.
    ///
    /// - Throws: `IssuesFound`, with every named column that the source lacks, and every faulty calculated field.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        let declared = Dictionary(model.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let typed = found.map { $0.declared(declared[$0.name]) }
        let used = UsedColumns(model)
        let issues =
            Self.duplicates(model, found) + Self.missing(model, source, found) + CalculationCheck.issues(of: model, used, over: typed)
        if !issues.isEmpty { throw IssuesFound(issues) }
        places = typed.indices.filter { used.contains(typed[$0].name) }
        own = places.map { typed[$0] }
        calculated = used.calculated.map { Column($0.name, .text, origin: .unknown).declared(declared[$0.name]) }
        let all = typed + model.calculated.map { Column($0.name, .text, origin: .unknown).declared(declared[$0.name]) }
        let read = Set((own + calculated).map(\.name))
        unread = used.missing(among: all.map(\.name)).isEmpty ? [] : all.filter { !read.contains($0.name) }
    }

    private init(own: [Column], like other: ColumnAgreement) {
        self.own = own
        (places, calculated, unread) = (other.places, other.calculated, other.unread)
    }

    /// The same agreement with other types for the source's columns.
    func typed(_ own: [Column]) -> ColumnAgreement { ColumnAgreement(own: own, like: self) }

    /// The issues for calculated fields named like a column or another calculated field.
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

    /// The issues for typed columns and a primary key that are neither in the source nor calculated.
    private static func missing(_ model: Model, _ source: SourceConfiguration, _ found: [Column]) -> [Issue] {
        let known = found.map(\.name) + model.calculated.map(\.name)
        let names = Set(known)
        func issue(_ what: String, _ name: String, _ position: SourcePosition?) -> Issue? {
            if names.contains(name) { return nil }
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "\(what) '\(name)' is not a column of the source '\(source.name)'\(ColumnNames.hint(name, among: known))",
                at: position ?? model.position)
        }
        let typed = model.columns.compactMap { issue("the typed column", $0.name, $0.position) }
        let key = model.primaryKey.flatMap { issue("the primary key", $0, model.primaryKeyPosition) }
        return typed + (key.map { [$0] } ?? [])
    }
}

extension Column {
    /// The column with the type that a manifest gives it.
    fileprivate func declared(_ typed: Model.TypedColumn?) -> Column {
        guard let typed else { return self }
        return Column(name, typed.type, isAbsent: isAbsent, origin: .declared, format: typed.format)
    }
}
