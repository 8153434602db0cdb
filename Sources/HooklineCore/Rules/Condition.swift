/// Segment rules: the tree in `where:` of a manifest.
package indirect enum Condition: Equatable, Sendable {
    /// True if all parts are true; true without parts.
    case all([Condition])
    /// True if any part is true; false without parts.
    case any([Condition])
    case not(Condition)
    case test(Test)
    /// Whether the row is in a segment: neither true nor false only if a value that decides could not be read.
    case segment(SegmentRule)

    /// A test of one field.
    package struct Test: Equatable, Sendable {
        package var field: String
        package var operation: Operation
        /// Nil for operations without a value.
        package var value: Value?
        package var ignoresCase: Bool
        package var fieldPosition: SourcePosition?
        package var valuePosition: SourcePosition?

        package init(
            field: String, operation: Operation, value: Value? = nil, ignoresCase: Bool = false, fieldPosition: SourcePosition? = nil,
            valuePosition: SourcePosition? = nil
        ) {
            self.field = field
            self.operation = operation
            self.value = value
            self.ignoresCase = ignoresCase
            self.fieldPosition = fieldPosition
            self.valuePosition = valuePosition
        }
    }

    /// A value as written in the manifest; the column's type decides how to read it.
    package enum Value: Equatable, Sendable {
        case null
        case scalar(Literal)
        case list([Value])

        /// The literal of a single value; nil for NULL and lists.
        var literal: Literal? {
            guard case .scalar(let literal) = self else { return nil }
            return literal
        }

        /// All its literals, in order.
        var literals: [Literal] {
            switch self {
            case .null: []
            case .scalar(let literal): [literal]
            case .list(let values): values.flatMap(\.literals)
            }
        }
    }

    /// The operation of a test, with the name that a manifest uses for it.
    package enum Operation: String, CaseIterable, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case isIn = "in"
        case notIn = "not_in"
        case contains
        case startsWith = "starts_with"
        case endsWith = "ends_with"
        case matches
        case isNull = "is_null"
        case isNotNull = "is_not_null"
        case between
        case before
        case after
        case withinDays = "within_days"
        case olderThanDays = "older_than_days"
        case inNextDays = "in_next_days"
        case anniversaryWithinDays = "anniversary_within_days"
        case has
        case hasAny = "has_any"
        case hasAll = "has_all"
        case abovePercentile = "above_percentile"
        case belowPercentile = "below_percentile"

        /// The shape of its `value:`.
        package var operand: Operand {
            switch self {
            case .isNull, .isNotNull: .none
            case .isIn, .notIn, .hasAny, .hasAll: .list
            case .between: .pair
            default: .scalar
            }
        }
    }

    /// The shape of a `value:`.
    package enum Operand: Sendable {
        case none, scalar, list, pair
    }

    /// The fields that the rules test for NULL.
    package var nullTestedFields: Set<String> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.nullTestedFields) }
        case .not(let part): part.nullTestedFields
        case .test(let test): test.operation == .isNull || test.operation == .isNotNull ? [test.field] : []
        case .segment(let rule): rule.rules?.nullTestedFields ?? []
        }
    }

    /// Whether other rows decide, so that all rows are read before the first one is tested.
    package var comparesRows: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.comparesRows)
        case .not(let part): part.comparesRows
        case .test(let test): test.operation.isPercentile
        case .segment(let rule): rule.limit != nil || rule.rules?.comparesRows == true
        }
    }

    /// All fields that the rules name.
    package var fields: Set<String> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
        case .not(let part): part.fields
        case .test(let test): [test.field]
        case .segment(let rule): rule.fields
        }
    }
}

extension Condition.Operation {
    /// Whether it compares a value with those of all rows.
    package var isPercentile: Bool { self == .abovePercentile || self == .belowPercentile }
}
