import HooklineCore

/// A value in the rows of a test.
package enum Cell: Equatable, Sendable {
    case null
    /// What could not be read.
    case unreadable
    case text(String)
    case integer(Int64)
    case number(Double)
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
}

extension RecordBatch {
    /// A batch of a test's rows, numbered from `first`.
    package init(_ columns: [Column], rows: [[Cell]], first: Int = 1) {
        self.init(columns: columns)
        append(rows, first: first)
    }

    /// Appends a test's rows, numbered from `first`.
    package mutating func append(_ rows: [[Cell]], first: Int) {
        for (number, row) in rows.enumerated() {
            for (index, cell) in row.enumerated() {
                switch cell {
                case .null: columns[index].appendNull()
                case .unreadable: columns[index].appendUnreadable()
                case .text(let text): columns[index].append(text: text)
                case .integer(let value): columns[index].append(integer: value)
                case .number(let value): columns[index].append(number: value)
                }
            }
            endRow(number: first + number)
        }
    }
}
