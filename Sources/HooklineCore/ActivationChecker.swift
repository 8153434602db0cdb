/// Holds an activation against the columns that its source really has.
package enum ActivationChecker {
    /// Everything that does not fit: fields of rules and mapping that the model lacks, values that do not suit their columns.
    package static func issues(_ activation: Activation, columns: [Column], hasMapHook: Bool) -> [Issue] {
        var issues: [Issue] = []
        do {
            _ = try RuleEvaluator(activation.rules, columns: columns, now: 0, today: CalendarDate(daysSinceEpoch: 0))
        } catch {
            issues += error.issues
        }
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
        return issues
    }
}
