/// Checks an activation against the columns of its source.
package enum ActivationChecker {
    /// Everything that does not fit: fields in rules and mapping that the model lacks, values of the wrong type, missing optional fields.
    package static func issues(_ activation: Activation, columns: [Column], hasMapHook: Bool) -> [Issue] {
        check(activation, columns: columns, hasMapHook: hasMapHook, now: 0).issues
    }

    /// Says that the model has no field of a name, with the nearest name.
    package static func unknownField(_ name: String, _ columns: [Column]) -> Issue { RuleCompiler.unknownField(name, columns, at: nil) }

    /// Compiles the segment rules and the consent rule for the columns, and checks the activation against them.
    ///
    /// - Parameters:
    ///   - activation: the activation.
    ///   - columns: the columns of its source.
    ///   - hasMapHook: whether a `map` hook may set addresses.
    ///   - now: the start of the run in Unix seconds; rules count days from it.
    ///   - ranks: what the rows say of each other; nil before they were read.
    /// - Returns: the rules and the consent rule, each nil if an issue is about it, and everything that does not fit.
    package static func check(
        _ activation: Activation, columns: [Column], hasMapHook: Bool, now: Int64, ranks: Ranks? = nil
    ) -> (rules: RuleEvaluator?, consent: RuleEvaluator?, issues: [Issue]) {
        var issues: [Issue] = []
        func compile(_ condition: Condition?) -> RuleEvaluator? {
            do {
                return try RuleEvaluator(condition, columns: columns, now: now, zone: activation.zone, ranks: ranks)
            } catch {
                issues += error.issues
                return nil
            }
        }
        let (rules, consent) = (compile(activation.rules), compile(activation.consent))
        issues += oneRow(activation, columns)
        issues += activation.model.expectations.flatMap { $0.issues(columns, zone: activation.zone) }
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
        return (rules, consent, issues + absent(activation, columns))
    }

    /// Checks the fields of `one_row_per` and `keep`.
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
                "'newest' takes a timestamp, date, or number field, and '\(name)' is \(column.type.rawValue): set its type under columns:"
            return issues + [Issue("manifest.operation_type", message, at: oneRow.keepPosition)]
        }
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
