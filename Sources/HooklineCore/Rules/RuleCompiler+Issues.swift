import Text

/// The mistakes that rules can have.
extension RuleCompiler {
    /// The issue for a field that the model lacks.
    static func unknownField(_ name: String, _ columns: [Column], at position: SourcePosition?) -> Issue {
        Issue(
            "manifest.unknown_column",
            "the model has no column '\(name)'\(ColumnNames.hint(name, among: columns.map(\.name))) (it has \(ColumnNames.listed(columns.map(\.name))))",
            at: position
        )
    }

    /// Whether the test can tell values apart. No value is empty text, and every text contains it.
    mutating func hasSense(_ test: Condition.Test, _ column: Column) -> Bool {
        if test.ignoresCase, column.type != .text || !test.operation.canIgnoreCase {
            issues.append(
                Issue(
                    "manifest.operation_type",
                    column.type == .text
                        ? "'ignore_case' does not work with '\(test.operation.rawValue)'; it works with =, !=, in, not_in, contains, starts_with, ends_with, and matches"
                        : "'ignore_case' is for text columns, and '\(column.name)' is \(column.type.rawValue)",
                    at: test.fieldPosition))
            return false
        }
        guard column.type == .text || column.type == .list, test.value?.literals.contains(where: \.text.isEmpty) == true else {
            return true
        }
        let message =
            switch test.operation {
            case .equal, .isIn: "no value is empty text, because empty values are NULL: use is_null"
            case .notEqual, .notIn: "no value is empty text, because empty values are NULL: use is_not_null"
            case .contains, .startsWith, .endsWith, .matches:
                "every text contains empty text: write the text that '\(test.operation.rawValue)' looks for"
            default: "no value is empty text, because empty values are NULL"
            }
        issues.append(Issue("manifest.wrong_operand", message, at: test.valuePosition ?? test.fieldPosition))
        return false
    }

    /// Reports a `between` whose first value is greater than its second.
    mutating func turned(_ test: Condition.Test) -> RuleTest {
        let written = test.value?.literals.map(\.text) ?? []
        let hint = written.count == 2 ? ": write [\(written[1]), \(written[0])]" : ""
        issues.append(
            Issue(
                "manifest.wrong_operand", "'between' takes the smaller value first, and no value is between these\(hint)",
                at: test.valuePosition ?? test.fieldPosition))
        return .unknown
    }

    mutating func misfit(_ test: Condition.Test, _ column: Column, _ allowed: String) -> RuleTest {
        issues.append(
            Issue(
                "manifest.operation_type",
                "'\(test.operation.rawValue)' does not work on the column '\(column.name)', which is \(column.type.rawValue); it works on \(allowed)"
                    + "; set types under model: columns:",
                at: test.fieldPosition
            ))
        return .unknown
    }

    mutating func badValue(_ test: Condition.Test, _ column: Column, _ allowed: String) -> RuleTest {
        let found = (test.value?.literals.map(\.text) ?? []).prefix(3).map { "'\($0.prefix(60))'" }.joined(separator: ", ").onOneLine
        issues.append(
            Issue(
                "manifest.value_type",
                "'\(test.operation.rawValue)' on the column '\(column.name)' (\(column.type.rawValue)) takes \(allowed)"
                    + (test.value == .null ? ", not null: use is_null or is_not_null" : found.isEmpty ? "" : ", found \(found)"),
                at: test.valuePosition ?? test.fieldPosition
            ))
        return .unknown
    }
}

extension Condition.Operation {
    /// Whether it is true of values that are not listed.
    var isNegative: Bool { self == .notEqual || self == .notIn }

    /// Whether it works with `ignore_case`.
    package var canIgnoreCase: Bool {
        isEquality || self == .contains || self == .startsWith || self == .endsWith || self == .matches
    }
}
