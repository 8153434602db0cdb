import HooklineCore

/// Reads what a calculated field or a rule makes of related rows.
struct AggregateReader {
    let findings: Findings
    let parameters: ResolvedParameters?

    /// Reads the mapping.
    ///
    /// - Parameters:
    ///   - tree: the mapping, whose keys have been checked.
    ///   - name: the name of the field; empty for a rule.
    ///   - uses: receives what the conditions on the related rows ask of further relations.
    ///   - depth: how deep conditions nest here.
    /// - Returns: the field; nil if something is wrong, which the findings then say.
    func read(_ tree: Tree, name: String, _ uses: RelationUses, depth: Int = 1) -> AggregatedField? {
        guard let relation = tree["relation"]?.text else { return nil }
        let function = tree["aggregate"].map { $0.text.flatMap(AggregatedField.Function.init) } ?? .count
        guard let function else { return nil }
        var isSound = true
        func refuse(_ code: ManifestIssueCode, _ message: String, _ position: SourcePosition) {
            findings.report(code, message, at: position)
            isSound = false
        }
        let (field, by, days) = (tree.entry("field"), tree.entry("by"), tree.entry("within_days"))
        if function == .count, let field {
            refuse(
                .conflictingKeys, "'count' counts rows and takes no 'field'; under where:, is_not_null counts those with a value",
                field.keyPosition)
        }
        if function != .count, field == nil {
            refuse(.missingKey, "'\(function.rawValue)' needs 'field', a field of the related model", tree.position)
        }
        if function == .last, by == nil {
            refuse(.missingKey, "'last' needs 'by', the field of the related model that says which row is the last one", tree.position)
        }
        if let days, by == nil {
            refuse(.missingKey, "'within_days' needs 'by', the field of the related model that has the time", days.keyPosition)
        }
        if function != .last, let by, days == nil {
            refuse(.conflictingKeys, "'by' needs 'within_days', or 'aggregate: last'", by.keyPosition)
        }
        var conditions: [Condition] = []
        if let days, let field = by?.value.text, let text = days.value.text {
            conditions.append(
                .test(
                    Condition.Test(
                        field: field, operation: .withinDays, value: .scalar(Literal(plain: text)), fieldPosition: by?.value.position,
                        valuePosition: days.value.position)))
        }
        if let rules = tree["where"] {
            let reader = ConditionReader(
                findings: findings, parameters: parameters, uses: uses.uses(in: relation), alone: "where: of a relation")
            guard let condition = reader.read(rules, depth: depth + 1) else { return nil }
            conditions.append(condition)
        }
        guard isSound else { return nil }
        return AggregatedField(
            name, function, of: field?.value.text, by: function == .last ? by?.value.text : nil,
            where: conditions.count > 1 ? .all(conditions) : conditions.first, position: tree.position)
    }
}
