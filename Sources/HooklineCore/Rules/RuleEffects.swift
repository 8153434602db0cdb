/// What each part of the segment rules does to a segment, in rows.
package struct RuleEffects {
    /// One part of the rules.
    package struct Line: Codable, Equatable, Sendable {
        /// The depth in the tree, from 0.
        package let depth: Int
        /// The part as text, such as `country in [FR, BE]`, or `all`, `any`, `not`.
        package let rule: String
        /// The rows that the part removes by itself: those of which it is not true.
        package fileprivate(set) var removes = 0
        /// The rows that the rules would pick without the part.
        package fileprivate(set) var without = 0
    }

    /// In the order of the tree, parents first.
    package private(set) var lines: [Line] = []
    /// The rows that were counted.
    package private(set) var rows = 0
    /// The rows among them that the rules pick.
    package private(set) var picked = 0
    /// The rows that they would pick without the segment's limit, whose line is the last one; nil without one.
    package private(set) var met: Int?

    private enum Kind { case all, any, not, test }

    private struct Part {
        let node: RuleEvaluator.Node
        let kind: Kind
        let parent: Int?
        var children: [Int] = []
    }

    private let evaluator: RuleEvaluator
    private var parts: [Part] = []
    /// The segment as a whole, if it has a limit.
    private var limited: RuleEvaluator.Node?

    /// - Parameters:
    ///   - condition: the rules; nil has no parts.
    ///   - evaluator: was made from them.
    package init(_ condition: Condition?, _ evaluator: RuleEvaluator) {
        self.evaluator = evaluator
        guard let condition else { return }
        guard case .segment(let rule) = condition, case .segment(let node, _, _) = evaluator.root, let limit = rule.ownLimit else {
            add(condition, evaluator.root, depth: 0, parent: nil)
            return
        }
        (limited, met) = (evaluator.root, 0)
        if let rules = rule.rules { add(rules, node, depth: 0, parent: nil) }
        lines.append(Line(depth: 0, rule: limit.text))
    }

    private mutating func add(_ condition: Condition, _ node: RuleEvaluator.Node, depth: Int, parent: Int?) {
        let index = parts.count
        func note(_ kind: Kind, _ rule: String) {
            parts.append(Part(node: node, kind: kind, parent: parent))
            lines.append(Line(depth: depth, rule: rule))
            if let parent { parts[parent].children.append(index) }
        }
        switch (condition, node) {
        case (.all(let conditions), .all(let nodes)):
            note(.all, "all")
            for (condition, node) in zip(conditions, nodes) { add(condition, node, depth: depth + 1, parent: index) }
        case (.any(let conditions), .any(let nodes)):
            note(.any, "any")
            for (condition, node) in zip(conditions, nodes) { add(condition, node, depth: depth + 1, parent: index) }
        case (.not(let condition), .not(let node)):
            note(.not, "not")
            add(condition, node, depth: depth + 1, parent: index)
        case (.test(let test), _): note(.test, test.text)
        case (.segment(let rule), _): note(.test, rule.text)
        default: note(.test, "…")
        }
    }

    /// Counts the rows of a batch.
    ///
    /// - Parameters:
    ///   - batch: the rows.
    ///   - isCounted: 1 for each row that counts, 0 for others.
    package mutating func count(_ batch: RecordBatch, where isCounted: [UInt8]) {
        let counted = isCounted.count { $0 == 1 }
        rows += counted
        func count(_ values: [Truth]) -> Int { values.indices.count { isCounted[$0] == 1 && values[$0] == .yes } }
        let before = picked
        defer { if let limited { limit(count(evaluator.evaluate(limited, batch)), picked - before) } }
        if parts.isEmpty {
            picked += counted
            return
        }
        var truths: [[Truth]] = Array(repeating: [], count: parts.count)
        // Children come behind their parents.
        for index in parts.indices.reversed() {
            truths[index] =
                parts[index].children.isEmpty
                ? evaluator.evaluate(parts[index].node, batch) : joined(index, truths, leavingOut: nil, batch.count)
        }
        picked += count(truths[0])
        for index in parts.indices {
            lines[index].removes += counted - count(truths[index])
            lines[index].without += without(index, truths, batch.count).map(count) ?? counted
        }
    }

    /// Notes how many rows of a batch the limit lets in, of those that the rules let through.
    private mutating func limit(_ letIn: Int, _ met: Int) {
        picked -= met - letIn
        self.met = (self.met ?? 0) + met
        lines[lines.count - 1].removes += met - letIn
        lines[lines.count - 1].without += met
    }

    /// What the rules are without a part; nil if nothing is left of them.
    private func without(_ index: Int, _ truths: [[Truth]], _ rows: Int) -> [Truth]? {
        var gone = index
        // A group without its only part is no rule any more.
        while let parent = parts[gone].parent, parts[parent].children.count == 1 { gone = parent }
        guard var group = parts[gone].parent else { return nil }
        var changed = truths
        changed[group] = joined(group, truths, leavingOut: gone, rows)
        while let parent = parts[group].parent {
            changed[parent] = joined(parent, changed, leavingOut: nil, rows)
            group = parent
        }
        return changed[0]
    }

    /// The truth of a group, from that of its parts.
    private func joined(_ group: Int, _ truths: [[Truth]], leavingOut gone: Int?, _ rows: Int) -> [Truth] {
        let kind = parts[group].kind
        if kind == .not { return truths[parts[group].children[0]].map(\.negated) }
        var result: [Truth] = Array(repeating: kind == .all ? .yes : .no, count: rows)
        for child in parts[group].children where child != gone {
            for row in 0..<rows {
                result[row] = kind == .all ? min(result[row], truths[child][row]) : max(result[row], truths[child][row])
            }
        }
        return result
    }
}
