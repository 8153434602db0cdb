extension RowFilter {
    /// The filter of compiled rules; nil without rules, and if the address is no column.
    ///
    /// - Parameters:
    ///   - rules: the rules.
    ///   - email: the field of addresses.
    ///   - key: the primary key.
    package init?(_ rules: RuleEvaluator, email: String, key: String?) {
        let columns = rules.columns
        func index(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
        guard let condition = rules.condition, let email = index(email) else { return nil }
        root = Self.node(condition, rules.root, columns)
        searches = rules.searches.compactMap { search in
            index(search.field).map { Search(column: $0, texts: search.texts, ignoresCase: search.ignoresCase) }
        }
        self.email = email
        self.key = key.flatMap(index)
        nullTested = Set(condition.nullTestedFields.compactMap(index))
    }

    private static func node(_ condition: Condition, _ node: RuleEvaluator.Node, _ columns: [Column]) -> Node {
        switch (condition, node) {
        case (.all(let conditions), .all(let nodes)): .all(zip(conditions, nodes).map { Self.node($0, $1, columns) })
        case (.any(let conditions), .any(let nodes)): .any(zip(conditions, nodes).map { Self.node($0, $1, columns) })
        case (.not(let condition), .not(let node)): .not(Self.node(condition, node, columns))
        case (.test(let test), .test(let column, let compiled)):
            .test(Test(column: column, operation: operation(compiled, columns[column]), text: test.text))
        case (.segment(let rule), _): .test(Test(column: 0, operation: .other, text: rule.text))
        case (.all, _), (.any, _), (.not, _), (.test, _): .test(Test(column: 0, operation: .other, text: "…"))
        }
    }

    private static func operation(_ test: RuleTest, _ column: Column) -> Operation {
        switch test {
        case .isNull: .isNull
        case .isNotNull: .isNotNull
        case .integers(let comparison): operation(comparison) { .integer($0) }
        case .numbers(let comparison): operation(comparison) { .number($0) }
        case .decimals(let comparison): operation(comparison) { .decimal($0) }
        case .bytes(let comparison): operation(comparison) { column.type == .date ? .day($0) : .text($0) }
        case .moments(let ranges, let hasNull, let negated): .moments(ranges, hasNull: hasNull, negated: negated)
        case .search(let search, let hasNull, let negated):
            search.ignoresCase ? .other : .oneOf(search.texts.map { .text(Array($0.utf8)) }, hasNull: hasNull, negated: negated)
        case .part(let part, let text, ignoresCase: false):
            switch part {
            case .contains: .part(.contains, text)
            case .startsWith: .part(.startsWith, text)
            case .endsWith: .part(.endsWith, text)
            }
        case .part, .matches, .list, .anniversary, .unknown: .other
        }
    }

    private static func operation<Written>(_ comparison: RuleTest.Comparison<Written>, _ value: (Written) -> Value) -> Operation {
        switch comparison {
        case .equal(let other): .compare(.equal, value(other))
        case .notEqual(let other): .compare(.notEqual, value(other))
        case .less(let other): .compare(.less, value(other))
        case .lessOrEqual(let other): .compare(.lessOrEqual, value(other))
        case .greater(let other): .compare(.greater, value(other))
        case .greaterOrEqual(let other): .compare(.greaterOrEqual, value(other))
        case .between(let low, let high): .between(value(low), value(high))
        case .oneOf(let values, let hasNull, let negated): .oneOf(values.map(value), hasNull: hasNull, negated: negated)
        }
    }
}
