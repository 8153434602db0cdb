import HooklineCore

/// The aggregated fields that calculated fields and rules ask for, by relation.
final class RelationUses {
    struct Use {
        let relation: String
        /// Where the relation is named.
        let position: SourcePosition
        let field: AggregatedField
    }

    private(set) var list: [Use] = []
    private var related: [String: RelationUses] = [:]

    /// What the conditions on a related model ask for, in their turn.
    func uses(in relation: String) -> RelationUses {
        if let known = related[relation] { return known }
        let new = RelationUses()
        related[relation] = new
        return new
    }

    /// Asks for a calculated field.
    func add(_ field: AggregatedField, of relation: String, at position: SourcePosition) {
        list.append(Use(relation: relation, position: position, field: field))
    }

    /// Asks for a field that a rule tests, and names it after what it is: `count of orders`.
    ///
    /// - Returns: its name; that of an equal field if a rule has asked for one before.
    func name(_ field: AggregatedField, of relation: String, at position: SourcePosition) -> String {
        let name = "\(field.function.rawValue) of \(relation)\(field.field.map { ".\($0)" } ?? "")"
        var number = 1
        while let taken = list.first(where: { $0.field.name == (number == 1 ? name : "\(name) (\(number))") }) {
            var same = field
            (same.name, same.position) = (taken.field.name, taken.field.position)
            if same == taken.field, taken.relation == relation { return taken.field.name }
            number += 1
        }
        var named = field
        named.name = number == 1 ? name : "\(name) (\(number))"
        add(named, of: relation, at: position)
        return named.name
    }
}
