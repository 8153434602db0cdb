/// The law of comparisons: both sides are of known and equal kinds, or nothing is compared.
extension RuleCompiler {
    /// Whether the test compares values of known and equal kinds; what does not is reported.
    mutating func isOfKnownKinds(_ test: Condition.Test, _ column: Column) -> Bool {
        guard column.type == .text, test.operation.operand != .none else { return true }
        let written = test.value?.literals ?? []
        let typed = written.first { $0.kind != .text }
        guard column.origin == .unknown else { return isComparableText(test, column, typed) }
        if let type = test.operation.columnType(typed: typed?.kind ?? written.first?.plainKind) {
            report(untyped: test, column, "'\(test.operation.rawValue)' needs to know what it holds", type, orText: test.operation.isOrder)
            return false
        }
        if let typed {
            report(untyped: test, column, "\(typed.text) is \(typed.kind.described)", typed.kind.columnType, orText: true)
            return false
        }
        return true
    }

    /// Text that is known as such against a value that is not text, or that only looks like it.
    private mutating func isComparableText(_ test: Condition.Test, _ column: Column, _ typed: Literal?) -> Bool {
        let literal: Literal?
        let kind: Literal.Kind
        if test.operation.isOrder {
            // The bytes of 99 are greater than those of 1000. Only who declares text wants that.
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
                "the column '\(column.name)' is text and \(literal.text) is \(kind.described), so '\(test.operation.rawValue)' does not compare them: "
                    + remedy,
                at: test.valuePosition ?? test.fieldPosition))
        return false
    }

    private mutating func report(untyped test: Condition.Test, _ column: Column, _ why: String, _ type: String, orText: Bool) {
        let alternative = orText ? ", or \(line(column, "text")) to compare as text" : ""
        let quotes = orText && !test.operation.isOrder ? ", as quotes around the value do" : ""
        issues.append(
            Issue(
                "manifest.untyped_column",
                "nobody says what type the column '\(column.name)' has, and \(why): add \(line(column, type)) to the model\(alternative)\(quotes)",
                at: test.valuePosition ?? test.fieldPosition))
    }

    /// The line to add to a model.
    private func line(_ column: Column, _ type: String) -> String { "columns: { \(column.name.asYAMLKey): \(type) }" }
}

extension Literal.Kind {
    /// The type of a column that such a value is compared with.
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

    /// Whether it asks which value is the greater.
    var isOrder: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between: true
        default: false
        }
    }

    /// The type that a column must be of for a test that text does not do for; nil where text does.
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
    /// As a key of a YAML mapping: in quotes where it needs them.
    fileprivate var asYAMLKey: String {
        let isPlain = first.map { $0.isLetter || $0 == "_" } ?? false
        if isPlain, allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " || $0 == "." }), last != " " { return self }
        return "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
