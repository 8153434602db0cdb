import HooklineCore

/// The keys inside `where:`.
enum ConditionShape {
    static let groups = ["all", "any", "not"]

    /// Operators of other languages, for suggestions.
    private static let meant = [
        "==": "=", "eq": "=", "<>": "!=", "ne": "!=", "neq": "!=", "lt": "<", "lte": "<=", "=<": "<=", "gt": ">", "gte": ">=", "=>": ">=",
        "like": "contains", "regex": "matches", "null": "is_null", "exists": "is_not_null",
        "percentile": "above_percentile",
    ]

    static let test = KeyTable(
        "a test",
        [
            KeyTable.Key("field", .text(.field), "The field to test.", required: true),
            KeyTable.Key(
                "op", .choice(Condition.Operation.allCases.map(\.rawValue), .unknownOperator, meant: meant), "The operator.", required: true
            ),
            KeyTable.Key("value", .operand, "What to test the field against, in the form that the operator takes."),
            KeyTable.Key(
                "ignore_case", .boolean, "Whether upper and lower case are the same, for operators on text.", defaultValue: "false"),
        ])

    static let segment = KeyTable(
        "a rule over a segment",
        [KeyTable.Key("segment", .text(.name), "A segment of the workspace with the same model, which the row must be in.", required: true)]
    )

    static let limit = KeyTable(
        "a limit",
        [
            KeyTable.Key("n", .operand, "The most rows that stay in: 1 to 1,000,000.", required: true),
            KeyTable.Key("by", .text(.field), "The field that orders the rows.", required: true),
            KeyTable.Key(
                "order", .choice(["desc", "asc"]), "Whether the greatest or the smallest values come first.", defaultValue: "desc"),
        ])

    /// What is made of related rows.
    static let aggregateKeys: [KeyTable.Key] = [
        KeyTable.Key("relation", .text(.name), "The relation whose rows count.", required: true),
        KeyTable.Key(
            "aggregate", .choice(AggregatedField.Function.allCases.map(\.rawValue)), "What is made of the related rows.",
            defaultValue: "count"),
        KeyTable.Key("field", .text(.field), "The field of the related model whose values are aggregated; not for count."),
        KeyTable.Key("by", .text(.field), "The time of the related rows: for within_days, and to find the last one."),
        KeyTable.Key("within_days", .integer(0...100_000), "Only related rows of that many days until now count."),
        KeyTable.Key("where", .condition, "Which related rows count; all rows when absent."),
    ]

    static let relation = KeyTable(
        "a rule over a relation",
        aggregateKeys + [
            KeyTable.Key(
                "op", .choice(Condition.Operation.allCases.map(\.rawValue), .unknownOperator, meant: meant),
                "The operator; without one, there must be a related row."),
            KeyTable.Key("value", .operand, "What to test the aggregate against, in the form that the operator takes."),
        ])
}
