import HooklineCore

/// The keys inside `where:`.
enum ConditionShape {
    static let groups = ["all", "any", "not"]

    /// Operators of other languages, for suggestions.
    private static let meant = [
        "==": "=", "eq": "=", "<>": "!=", "ne": "!=", "neq": "!=", "lt": "<", "lte": "<=", "=<": "<=", "gt": ">", "gte": ">=", "=>": ">=",
        "like": "contains", "regex": "matches", "null": "is_null", "exists": "is_not_null",
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
}
