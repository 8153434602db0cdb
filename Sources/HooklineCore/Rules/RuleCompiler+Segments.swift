import Text

/// Compiles segments: their rules, and their limits.
extension RuleCompiler {
    mutating func segment(_ rule: SegmentRule) -> RuleEvaluator.Node {
        let (firstPercentile, firstLimit) = (percentiles.count, limits.count)
        let rules = rule.rules.map { node($0) } ?? .all([])
        let names = rule.rules?.fields ?? []
        let fields = columns.indices.filter { names.contains(columns[$0].name) }
        guard let limit = rule.limit else { return .segment(rules, fields: fields, limit: nil) }
        guard let field = column(limit.field, of: limit, isKey: false), let key = column(limit.key, of: limit, isKey: true) else {
            return .all([])
        }
        let known = ranks?.limits ?? []
        let isReady =
            (percentiles.count == firstPercentile || ranks != nil) && (firstLimit..<limits.count).allSatisfy { limits[$0].members != nil }
        limits.append(
            LimitTest(
                limit: limit, rules: rules, field: field, key: key,
                order: LimitOrder(fieldType: columns[field].type, keyType: columns[key].type, isDescending: limit.isDescending),
                isReady: isReady, members: limits.count < known.count ? known[limits.count] : nil))
        return .segment(rules, fields: fields, limit: limits.count - 1)
    }

    /// The index of a column that orders rows; reports one that is not there, or whose values have no known order.
    private mutating func column(_ name: String, of limit: SegmentLimit, isKey: Bool) -> Int? {
        guard let index = columns.firstIndex(where: { $0.name == name }) else {
            issues.append(Self.unknownField(name, columns, at: limit.position))
            return nil
        }
        let column = columns[index]
        let what = isKey ? "the primary key of a segment with 'limit'" : "'by' of 'limit'"
        if column.type == .text, column.origin == .unknown {
            issues.append(
                Issue(
                    "manifest.untyped_column",
                    "the column '\(name)' has no known type, and \(what) needs one: add \(column.line(declaring: isKey ? "integer" : "number")) to the model"
                        + (isKey ? ", or \(column.line(declaring: "text")) to order equal values by the bytes of the key" : ""),
                    at: limit.position))
            return nil
        }
        if column.type.isMeasure || isKey && column.type == .text { return index }
        issues.append(
            Issue(
                "manifest.operation_type",
                "\(what) takes \(isKey ? "text, " : "")integer, number, decimal, timestamp, and date columns, and '\(name)' is \(column.type.rawValue)",
                at: limit.position))
        return nil
    }
}
