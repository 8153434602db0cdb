/// How the rows of a model relate to rows of another model: they have the same value in one field each.
package struct Relation: Equatable, Sendable {
    package var name: String
    /// The field of the model itself.
    package var key: String
    /// The field of the related model that has the same values.
    package var relatedKey: String
    /// The source of the related model.
    package var source: SourceConfiguration
    package var model: Model
    /// The fields that are made of the related rows.
    package var aggregates: [AggregatedField]
    package var position: SourcePosition?

    package init(
        name: String, key: String, relatedKey: String, source: SourceConfiguration, model: Model, aggregates: [AggregatedField] = [],
        position: SourcePosition? = nil
    ) {
        self.name = name
        self.key = key
        self.relatedKey = relatedKey
        self.source = source
        self.model = model
        self.aggregates = aggregates
        self.position = position
    }
}

/// A field that is made of the related rows of a row.
package struct AggregatedField: Equatable, Sendable {
    /// What is made of the related rows.
    package enum Function: String, CaseIterable, Sendable {
        case count, sum, min, max, avg
        /// The value of the row with the greatest `order`.
        case last

        /// The type of its values; nil if they have that of the related field.
        package var type: ColumnType? {
            switch self {
            case .count: .integer
            case .sum, .avg: .decimal
            case .min, .max, .last: nil
            }
        }
    }

    package var name: String
    package var function: Function
    /// The related field whose values count; nil for `count`.
    package var field: String?
    /// The related field that orders the rows, for `last`.
    package var order: String?
    /// Which related rows count; nil for all.
    package var condition: Condition?
    package var position: SourcePosition?

    package init(
        _ name: String, _ function: Function, of field: String? = nil, by order: String? = nil, where condition: Condition? = nil,
        position: SourcePosition? = nil
    ) {
        self.name = name
        self.function = function
        self.field = field
        self.order = order
        self.condition = condition
        self.position = position
    }

    /// The related fields that it reads.
    package var relatedFields: Set<String> {
        var fields = condition?.fields ?? []
        if let field { fields.insert(field) }
        if let order { fields.insert(order) }
        return fields
    }
}

extension Model {
    /// The names of the fields that are made of related rows.
    package var aggregatedNames: Set<String> { Set(relations.flatMap { $0.aggregates.map(\.name) }) }

    /// The relations with those aggregated fields that something uses.
    package var usedRelations: [Relation] {
        relations.compactMap { relation in
            var relation = relation
            if let used { relation.aggregates.removeAll { !used.contains($0.name) && !mentioned.contains($0.name) } }
            return relation.aggregates.isEmpty ? nil : relation
        }
    }

    /// The model without relations, which its source can read by itself; the keys of used relations are among its columns.
    package var withoutRelations: Model {
        guard !relations.isEmpty else { return self }
        var model = self
        model.relations = []
        model.used = used.map { $0.subtracting(aggregatedNames).union(usedRelations.map(\.key)) }
        return model
    }
}
