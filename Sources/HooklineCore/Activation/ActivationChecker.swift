/// Holds an activation against the columns that its source really has.
package enum ActivationChecker {
    /// Everything that does not fit: fields of rules and mapping that the model lacks, values that do not suit their columns.
    package static func issues(_ activation: Activation, columns: [Column], hasMapHook: Bool) -> [Issue] {
        check(activation, columns: columns, hasMapHook: hasMapHook, now: 0).issues
    }

    /// The segment rules and the consent rules, compiled for the columns, and everything that does not fit.
    ///
    /// - Parameter now: Unix seconds, from which rules count days.
    /// - Returns: nil for rules that one of the issues is about.
    package static func check(
        _ activation: Activation, columns: [Column], hasMapHook: Bool, now: Int64
    ) -> (rules: RuleEvaluator?, consent: RuleEvaluator?, issues: [Issue]) {
        var issues: [Issue] = []
        func compile(_ condition: Condition?) -> RuleEvaluator? {
            do {
                return try RuleEvaluator(condition, columns: columns, now: now, zone: activation.zone)
            } catch {
                issues += error.issues
                return nil
            }
        }
        let (rules, consent) = (compile(activation.rules), compile(activation.consent))
        issues += oneRow(activation, columns)
        if let email = columns.first(where: { $0.name == activation.emailField }) {
            if email.type != .text {
                issues.append(
                    Issue(
                        "manifest.email_type", "the address must be a text column, and '\(email.name)' is \(email.type.rawValue)",
                        at: activation.emailPosition))
            }
        } else {
            let unknown = RuleCompiler.unknownField(activation.emailField, columns, at: activation.emailPosition)
            // With a map hook it may be meant so; it is told all the same.
            issues.append(
                hasMapHook
                    ? Issue(
                        unknown.code, unknown.message + "; only users to whom the map hook gives an email have an address",
                        at: unknown.position, severity: .warning) : unknown)
        }
        return (rules, consent, issues + absent(activation, columns))
    }

    /// Fields that tell which rows are one user's, and which of them counts.
    private static func oneRow(_ activation: Activation, _ columns: [Column]) -> [Issue] {
        guard let oneRow = activation.model.oneRow else { return [] }
        var issues: [Issue] = []
        if case .field(let name) = oneRow.key, !columns.contains(where: { $0.name == name }) {
            issues.append(RuleCompiler.unknownField(name, columns, at: oneRow.position))
        }
        guard case .newest(let name) = oneRow.keep else { return issues }
        guard let column = columns.first(where: { $0.name == name }) else {
            return issues + [RuleCompiler.unknownField(name, columns, at: oneRow.keepPosition)]
        }
        switch column.type {
        case .integer, .number, .decimal, .timestamp, .date: return issues
        case .text, .boolean, .json, .list:
            let message =
                "'newest' takes a field of timestamps, dates or numbers, and '\(name)' is \(column.type.rawValue): say its type under columns:"
            return issues + [Issue("manifest.operation_type", message, at: oneRow.keepPosition)]
        }
    }

    /// Optional fields that the source is without: allowed, and easily a slip.
    private static func absent(_ activation: Activation, _ columns: [Column]) -> [Issue] {
        let names = columns.filter(\.isAbsent).map(\.name)
        if names.isEmpty { return [] }
        let which = names.count == 1 ? "the optional field" : "the optional fields"
        let fields = names.map { "\($0): COLUMN" }.joined(separator: ", ")
        return [
            Issue(
                "manifest.absent_field",
                "the source '\(activation.source.name)' has no column for \(which) \(names.map { "'\($0)'" }.joined(separator: ", ")): NULL in every row."
                    + " If it has: activations: { \(activation.name): { bind: { fields: { \(fields) } } } }",
                at: activation.model.fields?.first { names.contains($0.name) }?.position ?? activation.model.position, severity: .warning)
        ]
    }
}
