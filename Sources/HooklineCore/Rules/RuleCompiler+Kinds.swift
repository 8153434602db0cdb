/// Comparisons need two sides of known, equal kinds. All others are refused.
extension RuleCompiler {
    /// Whether the test compares values of known, equal kinds; reports it if not.
    mutating func isOfKnownKinds(_ test: Condition.Test, _ column: Column) -> Bool {
        guard column.type == .text, test.operation.operand != .none else { return true }
        let written = test.value?.literals ?? []
        let typed = written.first { $0.kind != .text }
        guard column.origin == .unknown else { return isComparableText(test, column, typed) }
        if let type = test.operation.columnType {
            // What the operation does not take, whatever the column, is said at once.
            report(untyped: test, column, "'\(test.operation.rawValue)' needs one: add \(line(column, type.line)) to the model")
            issues += faults(test, column, as: type.type)
            return false
        }
        guard test.operation.isOrder || typed != nil else { return true }
        let kind = typed?.kind ?? written.first?.plainKind ?? .text
        let why = typed.map { "\($0.text) is \($0.kind.described)" } ?? "'\(test.operation.rawValue)' needs one"
        report(untyped: test, column, why + remedy(test, column, kind))
        return false
    }

    /// What to do so that the test compiles, to follow a message: types that fit all of its values.
    private func remedy(_ test: Condition.Test, _ column: Column, _ kind: Literal.Kind) -> String {
        let asText = "compare " + (test.operation.isOrder ? "byte by byte" : "as text")
        let isTextual = faults(test, column, as: .text).isEmpty
        let quotes = isTextual && !test.operation.isOrder ? "; quotes around the value do the same" : ""
        if let type = fitting(test, column, kind) {
            return ": add \(line(column, type.rawValue)) to the model"
                + (isTextual ? ", or \(line(column, "text")) to \(asText)\(quotes)" : "")
        }
        let severalKinds = (test.value?.literals.count ?? 0) > 1 ? ", and no other type fits all of the values" : ""
        if isTextual { return ": add \(line(column, "text")) to the model to \(asText)\(severalKinds)\(quotes)" }
        return severalKinds.isEmpty
            ? "; no type of column lets '\(test.operation.rawValue)' take it"
            : "; no type of column fits, because the values are of several kinds: write values of one kind"
    }

    /// The type, other than text, with which the test compiles, the likeliest first.
    private func fitting(_ test: Condition.Test, _ column: Column, _ kind: Literal.Kind) -> ColumnType? {
        ([kind.columnType, .number, .integer, .decimal, .boolean, .timestamp, .date] as [ColumnType]).first {
            $0 != .text && faults(test, column, as: $0).isEmpty
        }
    }

    /// What would be wrong with the test's operation or values if the manifest gave the column a type.
    private func faults(_ test: Condition.Test, _ column: Column, as type: ColumnType) -> [Issue] {
        var trial = RuleCompiler(columns: [], now: now, zone: zone)
        _ = trial.read(test, Column(column.name, type, origin: .declared))
        return trial.issues.filter { ["manifest.value_type", "manifest.operation_type"].contains($0.code) }
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
        let advice: String
        if column.origin == .declared {
            let type = fitting(test, column, kind).map { "declare it as \($0.rawValue), or " } ?? ""
            advice = ": \(type)put the value in quotes to compare byte by byte"
        } else {
            advice = remedy(test, column, kind)
        }
        issues.append(
            Issue(
                "manifest.value_type",
                "the column '\(column.name)' is text and \(literal.text) is \(kind.described), so '\(test.operation.rawValue)' cannot compare them"
                    + advice,
                at: test.valuePosition ?? test.fieldPosition))
        return false
    }

    private mutating func report(untyped test: Condition.Test, _ column: Column, _ why: String) {
        issues.append(
            Issue(
                "manifest.untyped_column", "the column '\(column.name)' has no known type, and \(why)",
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
    fileprivate var columnType: ColumnType {
        switch self {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        case .day, .moment: .timestamp
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

    /// The only column type that the operation suggests, and how to write it; nil if the values decide.
    fileprivate var columnType: (type: ColumnType, line: String)? {
        switch self {
        case .before, .after, .withinDays, .olderThanDays, .inNextDays: (.timestamp, "timestamp")
        case .anniversaryWithinDays: (.date, "date")
        case .abovePercentile, .belowPercentile: (.number, "number")
        case .has, .hasAny, .hasAll: (.list, "{ type: list, separator: \";\" }")
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
