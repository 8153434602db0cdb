import HooklineCore

/// Reads `where:` into a condition, with parameters resolved.
struct ConditionReader {
    /// How deeply conditions may nest.
    static let depthLimit = 50

    let findings: Findings
    /// Nil for a workspace segment, whose parameters depend on the activation.
    let parameters: ResolvedParameters?
    /// Receives what rules ask of related rows.
    var uses = RelationUses()
    /// What the rules are, in words, if they look at each row by itself and must not compare it with others; nil if they may.
    var alone: String?
    /// The segments that rules may name; nil where they may name none.
    var segments: NamedSegments?

    /// Reads a condition; nil when something is wrong, which the findings then say.
    func read(_ tree: Tree, depth: Int = 1) -> Condition? {
        guard depth <= Self.depthLimit else {
            findings.report(
                .tooDeep, "conditions nest more than \(Self.depthLimit) levels deep here, which is the limit", at: tree.position)
            return nil
        }
        guard tree.isMapping else {
            let message =
                tree.items == nil
                ? "a condition is a mapping: { field: …, op: …, value: … }, or all:, any: or not:, found \(tree.foundKind)"
                : "put a list of conditions under all: (all must hold) or any: (one must hold)"
            findings.report(.wrongType, message, at: tree.position)
            return nil
        }
        guard let group = tree.entries.first(where: { ConditionShape.groups.contains($0.key) }) else {
            if tree["segment"] != nil { return segmentRule(tree, depth) }
            return tree["relation"] == nil ? test(tree) : relationTest(tree, depth)
        }
        for other in tree.entries where other.key != group.key {
            let message = "\(quoted(other.key)) conflicts with '\(group.key)' in line \(group.keyPosition.line); put both under all:"
            findings.report(.conflictingKeys, message, at: other.keyPosition)
        }
        return group.key == "not" ? read(group.value, depth: depth + 1).map(Condition.not) : list(group, depth)
    }

    private func list(_ group: Tree.Entry, _ depth: Int) -> Condition? {
        guard let items = group.value.items else {
            findings.report(
                .wrongType, "'\(group.key)' takes a list of conditions, found \(group.value.foundKind)", at: group.value.position)
            return nil
        }
        guard !items.isEmpty else {
            findings.report(.wrongValue, "'\(group.key)' needs at least one condition", at: group.value.position)
            return nil
        }
        let parts = items.map { findings.isFull ? nil : read($0, depth: depth + 1) }
        let sound = parts.compactMap { $0 }
        guard sound.count == parts.count else { return nil }
        return group.key == "all" ? .all(sound) : .any(sound)
    }

    /// The first `\\\\.`, `\\\\d`, or the like in an expression, which is nearly always meant for double quotes.
    private static func doubledBackslash(in expression: String) -> String? {
        guard let start = expression.firstRange(of: "\\\\")?.lowerBound else { return nil }
        let found = expression[start...].prefix(3)
        return found.count == 3 && found.last.map { ".dDwWsSbB+*?()[]{}|^$/-".contains($0) } == true ? String(found) : nil
    }

    /// Whether a row is in a segment of the workspace.
    private func segmentRule(_ tree: Tree, _ depth: Int) -> Condition? {
        ShapeChecker(findings: findings).check(tree, .table(ConditionShape.segment), as: "a rule over a segment")
        guard let name = tree["segment"], let text = name.text else { return nil }
        guard let segments else {
            findings.report(
                .conflictingKeys, "\(alone ?? "this") must not name a segment: only where: of a segment may", at: name.position)
            return nil
        }
        return segments.rule(text, at: name.position, self, depth)
    }

    /// A test of what is made of related rows; without an operator, whether there is one.
    private func relationTest(_ tree: Tree, _ depth: Int) -> Condition? {
        ShapeChecker(findings: findings).check(tree, .table(ConditionShape.relation), as: "a rule over a relation")
        guard let entry = tree.entry("relation"), let relation = entry.value.text,
            let field = AggregateReader(findings: findings, parameters: parameters).read(tree, name: "", uses, depth: depth)
        else { return nil }
        var (operation, value) = (Condition.Operation.greaterOrEqual, Condition.Value.scalar(Literal(plain: "1")) as Condition.Value?)
        if let written = tree["op"] {
            guard let named = written.text.flatMap(Condition.Operation.init) else { return nil }
            operation = named
            guard !refuses(operation, at: written.position) else { return nil }
            guard let operand = OperandReader(findings: findings, parameters: parameters).read(tree, operation) else { return nil }
            value = operand.value
        } else if field.function != .count || tree["value"] != nil {
            findings.report(
                .missingKey, "a rule over a relation needs 'op', unless it asks whether there is a related row", at: tree.position)
            return nil
        }
        return .test(
            Condition.Test(
                field: uses.name(field, of: relation, at: entry.value.position), operation: operation, value: value,
                fieldPosition: entry.value.position, valuePosition: tree["value"]?.position))
    }

    /// Whether the operator compares rows where that makes no sense; reports it.
    private func refuses(_ operation: Condition.Operation, at position: SourcePosition?) -> Bool {
        guard operation.isPercentile, let alone else { return false }
        findings.report(
            .conflictingKeys, "\(alone) must not compare rows, as '\(operation.rawValue)' does: only where: of a segment may", at: position)
        return true
    }

    private func test(_ tree: Tree) -> Condition? {
        ShapeChecker(findings: findings).check(tree, .table(ConditionShape.test), as: "a test")
        guard let field = tree["field"]?.text, let operation = tree["op"]?.text.flatMap(Condition.Operation.init) else { return nil }
        let value = OperandReader(findings: findings, parameters: parameters).read(tree, operation)
        guard let value, !refuses(operation, at: tree["op"]?.position) else { return nil }
        if operation == .matches, let text = tree["value"]?.text, let doubled = Self.doubledBackslash(in: text) {
            findings.report(
                .doubledBackslash,
                "'matches' looks for a backslash here, because YAML keeps both of \(quoted(doubled)). For \(quoted(String(doubled.dropFirst()))), "
                    + "write one backslash; only inside double quotes, write two",
                at: tree["value"]?.position, severity: .warning)
        }
        if let entry = tree.entry("ignore_case"), !operation.canIgnoreCase {
            let fitting = Condition.Operation.allCases.filter(\.canIgnoreCase).map(\.rawValue)
            findings.report(
                .conflictingKeys, "'ignore_case' does not work with '\(operation.rawValue)'; it works with \(listed(fitting))",
                at: entry.keyPosition)
            return nil
        }
        return .test(
            Condition.Test(
                field: field, operation: operation, value: value.value, ignoresCase: tree["ignore_case"]?.boolean ?? false,
                fieldPosition: tree["field"]?.position,
                valuePosition: tree["value"]?.position))
    }
}
