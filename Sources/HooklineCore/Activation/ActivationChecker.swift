/// Holds an activation against the columns that its source really has.
package enum ActivationChecker {
    /// Everything that does not fit: fields of rules and mapping that the model lacks, values that do not suit their columns.
    package static func issues(_ activation: Activation, columns: [Column], hasMapHook: Bool) -> [Issue] {
        check(activation, columns: columns, hasMapHook: hasMapHook, now: 0, today: CalendarDate(daysSinceEpoch: 0)).issues
    }

    /// The segment rules, compiled for the columns, and everything that does not fit.
    ///
    /// - Parameters:
    ///   - now: Unix seconds, for `within_days` of timestamps.
    ///   - today: for `within_days` of dates.
    /// - Returns: no rules where one of the issues is about them.
    package static func check(
        _ activation: Activation, columns: [Column], hasMapHook: Bool, now: Int64, today: CalendarDate
    ) -> (rules: RuleEvaluator?, issues: [Issue]) {
        var issues: [Issue] = []
        var rules: RuleEvaluator?
        do {
            rules = try RuleEvaluator(activation.rules, columns: columns, now: now, today: today)
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
        return (rules, issues + absent(activation, columns))
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
