/// Comparisons need two sides of known, equal kinds. All others are refused.
extension RuleCompiler {
    /// Whether the test compares values of known, equal kinds; reports it if not.
    mutating func isOfKnownKinds(_ test: Condition.Test, _ column: Column) -> Bool {
        guard column.type == .text, test.operation.operand != .none else { return true }
        let written = test.value?.literals ?? []
        let typed = written.first { $0.kind != .text }
        guard column.origin == .unknown else { return isComparableText(test, column, typed) }
        if let type = test.operation.columnType(typed: typed?.kind ?? written.first?.plainKind) {
            report(untyped: test, column, "'\(test.operation.rawValue)' needs one", type, orText: test.operation.isOrder)
            return false
        }
        if let typed {
            report(untyped: test, column, "\(typed.text) is \(typed.kind.described)", typed.kind.columnType, orText: true)
            return false
        }
        return true
    }

    /// Whether a column that is known to be text can be compared with the test's values; reports it if not.
    private mutating func isComparableText(_ test: Condition.Test, _ column: Column, _ typed: Literal?) -> Bool {
        let literal: Literal?
        let kind: Literal.Kind
        if test.operation.isOrder {
            // As text, 99 is greater than 1000. Only authors who declare the column as text want that.
            let looks = test.value?.literals.first { $0.plainKind != .text }
            literal = column.origin == .declared ? typed : looks
            kind = literal?.plainKind ?? .text
        } else {
            literal = column.origin == .declared || !test.operation.isEquality ? nil : typed
            kind = literal?.kind ?? .text
        }
        guard let literal else { return true }
        let remedy =
            column.origin == .declared
            ? "declare it as \(kind.columnType), or put the value in quotes to compare byte by byte"
            : test.operation.isOrder
                ? "add \(line(column, kind.columnType)) to the model, or \(line(column, "text")) to compare byte by byte"
                : "add \(line(column, kind.columnType)) to the model, or put the value in quotes to compare as text"
        issues.append(
            Issue(
                "manifest.value_type",
                "the column '\(column.name)' is text and \(literal.text) is \(kind.described), so '\(test.operation.rawValue)' cannot compare them: "
                    + remedy,
                at: test.valuePosition ?? test.fieldPosition))
        return false
    }

    private mutating func report(untyped test: Condition.Test, _ column: Column, _ why: String, _ type: String, orText: Bool) {
        let alternative = orText ? ", or \(line(column, "text")) to compare as text" : ""
        let quotes = orText && !test.operation.isOrder ? "; quotes around the value do the same" : ""
        issues.append(
            Issue(
                "manifest.untyped_column",
                "the column '\(column.name)' has no known type, and \(why): add \(line(column, type)) to the model\(alternative)\(quotes)",
                at: test.valuePosition ?? test.fieldPosition))
    }

    /// The line that gives the column a type in a model.
    private func line(_ column: Column, _ type: String) -> String { column.line(declaring: type) }
}

extension Column {
    /// The line that gives the column a type in a model, for messages.
    package func line(declaring type: String) -> String { "columns: { \(name.asYAMLKey): \(type) }" }
}

extension Literal.Kind {
    /// The column type for values of this kind.
    fileprivate var columnType: String {
        switch self {
        case .text: "text"
        case .number: "number"
        case .boolean: "boolean"
        case .day, .moment: "timestamp"
        }
    }
}

extension Condition.Operation {
    /// Whether it asks for equality alone.
    var isEquality: Bool { self == .equal || self == .notEqual || self == .isIn || self == .notIn }

    /// Whether it asks which value is greater.
    var isOrder: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between: true
        default: false
        }
    }

    /// The column type that the operation needs; nil if text will do.
    fileprivate func columnType(typed kind: Literal.Kind?) -> String? {
        switch self {
        case .before, .after, .withinDays, .olderThanDays, .inNextDays: "timestamp"
        case .anniversaryWithinDays: "date"
        case .has, .hasAny, .hasAll: "{ type: list, separator: \";\" }"
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between: kind == nil || kind == .text ? "number" : kind?.columnType
        default: nil
        }
    }
}

extension String {
    /// The text as a YAML key, quoted if necessary.
    fileprivate var asYAMLKey: String {
        let isPlain = first.map { $0.isLetter || $0 == "_" } ?? false
        if isPlain, allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " || $0 == "." }), last != " " { return self }
        return "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
