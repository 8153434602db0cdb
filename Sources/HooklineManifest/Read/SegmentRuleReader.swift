import HooklineCore

/// Reads the rules of a segment, and its limit.
struct SegmentRuleReader {
    let reader: ConditionReader
    /// The field that tells the rows of the segment's model apart; nil without one.
    let primaryKey: String?

    private var findings: Findings { reader.findings }

    /// Reads `where:` and `limit:`.
    ///
    /// - Parameters:
    ///   - tree: the segment, whose keys have been checked.
    ///   - name: its name, if rules name it.
    ///   - depth: how deep conditions nest here.
    /// - Returns: the segment, which picks all rows if it says nothing; nil if something is wrong, which the findings then say.
    func read(_ tree: Tree, name: String? = nil, depth: Int = 1) -> SegmentRule? {
        var rule = SegmentRule(name: name, rules: nil)
        if let written = tree["where"] {
            guard let rules = reader.read(written, depth: depth) else { return nil }
            rule.rules = rules
        }
        guard let limit = tree.entry("limit") else { return rule }
        guard let read = self.limit(limit) else { return nil }
        rule.limit = read
        return rule
    }

    private func limit(_ entry: Tree.Entry) -> SegmentLimit? {
        let tree = entry.value
        guard let field = tree["by"]?.text, let written = tree["n"], let number = number(written) else { return nil }
        guard let primaryKey else {
            findings.report(
                .missingKey, "'limit' needs 'primary_key' in the model, which decides between rows with the same \(quoted(field))",
                at: entry.keyPosition)
            return nil
        }
        return SegmentLimit(
            number, by: field, isDescending: tree["order"]?.text != "asc", key: primaryKey, position: tree["by"]?.position)
    }

    /// The number of rows. Where parameters have no values yet, any will do.
    private func number(_ tree: Tree) -> Int? {
        switch OperandReader(findings: findings, parameters: reader.parameters).scalar(tree) {
        case .unknown: return reader.parameters == nil ? 1 : nil
        case .wrong: return nil
        case .literal(let literal):
            if let number = Int(literal.text), (1...SegmentLimit.mostRows).contains(number) { return number }
            findings.report(.wrongValue, "'n' takes a whole number from 1 to 1,000,000, found \(quoted(literal.text))", at: tree.position)
            return nil
        }
    }
}

extension WorkspaceDocument {
    /// The primary key of a model, written out or named; nil without one.
    func primaryKey(of model: Tree?) -> String? {
        let tree = model.flatMap { model in model.text.map { models[$0]?.tree } ?? model }
        let key = tree?["primary_key"]
        return (key?["field"] ?? key)?.text
    }
}
