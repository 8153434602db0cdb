/// Segment rules in a form that a source can write in its own language, so that rows which they do not pick need not be read.
///
/// A source may only leave out rows of which the rules are not true: what it returns is tested again. It must be sure that nothing else
/// of the rows it leaves out is of any consequence.
package struct RowFilter: Sendable {
    /// A part of the rules.
    package indirect enum Node: Sendable {
        case all([Node])
        case any([Node])
        case not(Node)
        case test(Test)
    }

    /// A test of one column.
    package struct Test: Sendable {
        /// The index of the column in a batch.
        package let column: Int
        package let operation: Operation
        /// The test as people read it, such as `spent >= 100`.
        package let text: String

        package init(column: Int, operation: Operation, text: String) {
            self.column = column
            self.operation = operation
            self.text = text
        }
    }

    /// A value of a rule, of its column's type.
    package enum Value: Equatable, Sendable {
        /// Also 0 and 1 for booleans.
        case integer(Int64)
        case number(Double)
        case decimal([UInt8])
        /// `YYYY-MM-DD`.
        case day([UInt8])
        /// UTF-8.
        case text([UInt8])
    }

    package enum Order: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    package enum Part: Sendable {
        case contains, startsWith, endsWith
    }

    /// What a test asks. Of NULL, all but the first two are neither true nor false.
    package enum Operation: Sendable {
        case isNull, isNotNull
        case compare(Order, Value)
        case between(Value, Value)
        /// Whether a value is one of several, or none of them if `negated`; if the list `hasNull`, a miss is neither true nor false.
        case oneOf([Value], hasNull: Bool, negated: Bool)
        /// Whether a moment is in one of the ranges of Unix seconds; like `oneOf`.
        case moments([ClosedRange<Int64>], hasNull: Bool, negated: Bool)
        case part(Part, [UInt8])
        /// What only Hookline itself can test: patterns, lists, anniversaries, and texts in any case.
        case other
    }

    /// The texts that a rule looks for in a column, of which a plan says which ones no row has.
    package struct Search: Sendable {
        package let column: Int
        package let texts: [String]
        package let ignoresCase: Bool
    }

    package let root: Node
    package let searches: [Search]
    /// The index of the column of addresses.
    package let email: Int
    /// The index of the primary key; nil for a model without one.
    package let key: Int?
    /// The indexes of the columns that rules test for NULL.
    package let nullTested: Set<Int>
}

/// What a source leaves out by a filter.
package struct RowsLeftOut: Sendable {
    /// What a plan says of it.
    package var pushDown: PushDown
    /// For each search of the filter and each of its texts, whether some row has the text; empty if nothing is left out.
    package var seen: [[Bool]] = []

    package init(_ pushDown: PushDown, seen: [[Bool]] = []) {
        self.pushDown = pushDown
        self.seen = seen
    }

    /// No row is left out, for a reason.
    package static func nothing(_ reason: String) -> RowsLeftOut { RowsLeftOut(PushDown(reason: reason)) }
}
