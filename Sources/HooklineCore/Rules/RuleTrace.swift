/// The result of each part of the segment rules for one row, as the lines of a tree.
package struct RuleTrace: Codable, Equatable, Sendable {
    /// One part of the rules.
    package struct Line: Codable, Equatable, Sendable {
        /// The depth in the tree, from 0.
        package var depth: Int
        /// The part as text, such as `country in [FR, BE]`, or `all`, `any`, `not`.
        package var rule: String
        /// The row's value; nil if it is NULL or unreadable, and for a part that is not a test.
        package var value: String?
        /// True if the row's value is unreadable, so that the test is neither true nor false; nil otherwise.
        package var unreadable: Bool?
        /// The type of the column; nil for a part that is not a test.
        package var type: ColumnType?
        /// What the rows themselves say that the value is compared with: a percentile, or the value of the last row that a limit lets in; nil
        /// for other parts.
        package var bound: String?
        /// Whether it is true; nil if it is neither true nor false, like a test of NULL.
        package var holds: Bool?
    }

    /// In the order of the tree, parents first.
    package var lines: [Line]
}

extension RuleEvaluator {
    /// The result of each part of `condition`, from which this evaluator was made, for one row of a batch.
    ///
    /// Includes parts that cannot change the outcome.
    package func trace(_ condition: Condition, _ batch: RecordBatch, row: Int) -> RuleTrace {
        var single = RecordBatch(columns: batch.columns.map(\.column))
        single.append(row, of: batch)
        var lines: [RuleTrace.Line] = []
        note(condition, root, single, depth: 0, &lines)
        return RuleTrace(lines: lines)
    }

    private func note(_ condition: Condition, _ node: Node, _ batch: RecordBatch, depth: Int, _ lines: inout [RuleTrace.Line]) {
        let holds = evaluate(node, batch)[0].asBoolean
        switch (condition, node) {
        case (.all(let conditions), .all(let nodes)), (.any(let conditions), .any(let nodes)):
            var isAll = false
            if case .all = node { isAll = true }
            lines.append(RuleTrace.Line(depth: depth, rule: isAll ? "all" : "any", holds: holds))
            for (condition, node) in zip(conditions, nodes) { note(condition, node, batch, depth: depth + 1, &lines) }
        case (.not(let condition), .not(let node)):
            lines.append(RuleTrace.Line(depth: depth, rule: "not", holds: holds))
            note(condition, node, batch, depth: depth + 1, &lines)
        case (.segment(let rule), .segment(let node, _, let limit)):
            var line = RuleTrace.Line(depth: depth, rule: rule.text, holds: holds)
            if let test = limit.map({ limits[$0] }) {
                let values = batch.columns[test.field]
                (line.value, line.type) = (values.shown(0), values.column.type)
                if values.isUnreadable(0) { line.unreadable = true }
                line.bound = test.members?.lastValue?.shown(as: values.column)
            }
            lines.append(line)
            if let rules = rule.rules { note(rules, node, batch, depth: depth + 1, &lines) }
        case (.test(let test), .test(let column, let compiled)):
            let values = batch.columns[column]
            lines.append(
                RuleTrace.Line(
                    depth: depth, rule: test.text, value: values.shown(0), unreadable: values.isUnreadable(0) ? true : nil,
                    type: values.column.type, bound: test.operation.isPercentile ? compiled.bound?.shown(as: values.column) : nil,
                    holds: holds))
        default: break
        }
    }
}

extension Truth {
    fileprivate var asBoolean: Bool? { self == .unknown ? nil : self == .yes }
}

extension ColumnBuffer {
    /// A value as text for people; nil for NULL.
    package func shown(_ row: Int) -> String? {
        if isNull(row) { return nil }
        return switch column.type {
        case .boolean: integers[row] == 0 ? "false" : "true"
        case .timestamp: Timestamp.text(integers[row])
        default: described(row)
        }
    }
}

extension Condition.Test {
    /// The test as text, such as `lifetime_value >= 100`.
    package var text: String {
        [field, operation.rawValue, value?.text, ignoresCase ? "(ignore_case)" : nil].compactMap { $0 }.joined(separator: " ")
    }
}

extension Condition.Value {
    fileprivate var text: String {
        switch self {
        case .null: "null"
        case .scalar(let literal): literal.text
        case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        }
    }
}
