/// Checks an activation against the columns of its source.
package enum ActivationChecker {
    /// Everything that does not fit: fields in rules and mapping that the model lacks, values of the wrong type, missing optional fields.
    package static func issues(_ activation: Activation, columns: [Column], hasMapHook: Bool) -> [Issue] {
        check(activation, columns: columns, hasMapHook: hasMapHook, now: 0, today: CalendarDate(daysSinceEpoch: 0)).issues
    }

    /// Compiles the segment rules for the columns, and checks the activation against them.
    ///
    /// - Parameters:
    ///   - activation: the activation.
    ///   - columns: the columns of its source.
    ///   - hasMapHook: whether a `map` hook may set addresses.
    ///   - now: the start of the run in Unix seconds, for `within_days` on timestamps.
    ///   - today: the day of the run, for `within_days` on dates.
    /// - Returns: the rules, nil if one of the issues is about them; and everything that does not fit.
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
                        "manifest.email_type", "the email address must be in a text column, and '\(email.name)' is \(email.type.rawValue)",
                        at: activation.emailPosition))
            }
        } else {
            let unknown = RuleCompiler.unknownField(activation.emailField, columns, at: activation.emailPosition)
            // With a map hook it may be intentional.
            issues.append(
                hasMapHook
                    ? Issue(
                        unknown.code, unknown.message + "; only users for whom the map hook sets an email have an address",
                        at: unknown.position, severity: .warning) : unknown)
        }
        return (rules, issues + absent(activation, columns))
    }

    /// A warning about optional fields that the source lacks, which may be a mistake.
    private static func absent(_ activation: Activation, _ columns: [Column]) -> [Issue] {
        let names = columns.filter(\.isAbsent).map(\.name)
        if names.isEmpty { return [] }
        let which = names.count == 1 ? "the optional field" : "the optional fields"
        let fields = names.map { "\($0): COLUMN" }.joined(separator: ", ")
        return [
            Issue(
                "manifest.absent_field",
                "the source '\(activation.source.name)' has no column for \(which) \(names.map { "'\($0)'" }.joined(separator: ", ")), so every row has NULL."
                    + " If a column goes by another name: activations: { \(activation.name): { bind: { fields: { \(fields) } } } }",
                at: activation.model.fields?.first { names.contains($0.name) }?.position ?? activation.model.position, severity: .warning)
        ]
    }
}
