import HooklineCore

/// The keys inside `where:`.
enum ConditionShape {
    static let groups = ["all", "any", "not"]

    /// Operators as other languages have them.
    private static let meant = [
        "==": "=", "eq": "=", "<>": "!=", "ne": "!=", "neq": "!=", "lt": "<", "lte": "<=", "=<": "<=", "gt": ">", "gte": ">=", "=>": ">=",
        "like": "contains", "regex": "matches", "null": "is_null", "exists": "is_not_null",
    ]

    static let test = KeyTable(
        "a test",
        [
            KeyTable.Key("field", .text(.field), "The field that is tested.", required: true),
            KeyTable.Key(
                "op", .choice(Condition.Operation.allCases.map(\.rawValue), .unknownOperator, meant: meant), "The operator.", required: true
            ),
            KeyTable.Key("value", .operand, "What the field is tested against: as the operator takes it."),
            KeyTable.Key(
                "ignore_case", .boolean, "Whether upper and lower case are the same, for operators on text.", defaultValue: "false"),
        ])
}
