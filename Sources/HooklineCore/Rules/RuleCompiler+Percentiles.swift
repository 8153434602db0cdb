/// A percentile that rows are compared with.
struct PercentileTest: Equatable {
    /// The index of its column.
    let column: Int
    /// Of the values in the column.
    let percent: Int
    /// Whether greater values are looked for, or smaller ones.
    let isAbove: Bool

    /// The place of the value that splits them, in ascending order from 0, so that no value up to it, or from it on, is among those looked for.
    ///
    /// Greater than it are exactly the values that at least `percent` of 100 are smaller than; smaller than it, those that at least all
    /// the others are greater than. Of ten different values, two are above the percentile 80, and two are below the percentile 20.
    func place(among count: Int) -> Int {
        isAbove ? (percent * count + 99) / 100 - 1 : count - ((100 - percent) * count + 99) / 100
    }
}

extension RuleCompiler {
    /// The percent of a test; reports a column or a value that does not fit.
    mutating func percent(_ test: Condition.Test, _ column: Column) -> Int? {
        guard column.type.isMeasure else {
            _ = misfit(test, column, "integer, number, decimal, timestamp, and date columns")
            return nil
        }
        return singles(test, column, "a whole number of percent from 1 to 99") { literal in
            Int(literal.text).flatMap { (1...99).contains($0) ? $0 : nil }
        }?.read.first
    }

    /// A comparison with a percentile, which is neither true nor false until it is known.
    mutating func percentileTest(_ test: Condition.Test, _ index: Int) -> RuleTest {
        let (column, before) = (columns[index], issues.count)
        _ = read(test, column)
        guard issues.count == before, let percent = percent(test, column) else { return .unknown }
        let isAbove = test.operation == .abovePercentile
        percentiles.append(PercentileTest(column: index, percent: percent, isAbove: isAbove))
        guard let ranks, percentiles.count <= ranks.percentiles.count else { return .unknown }
        func beyond<Value>(_ value: Value) -> RuleTest.Comparison<Value> { isAbove ? .greater(value) : .less(value) }
        switch ranks.percentiles[percentiles.count - 1] {
        case .integer(let bound): return .integers(beyond(bound))
        case .number(let bound): return .numbers(beyond(bound))
        case .bytes(let bound): return column.type == .decimal ? .decimals(beyond(bound)) : .bytes(beyond(bound))
        // There was not a single value.
        case nil: return .unknown
        }
    }
}

extension ColumnType {
    /// Whether its values are more or less of something, so that a percentile or an order of them means something.
    var isMeasure: Bool {
        switch self {
        case .integer, .number, .decimal, .date, .timestamp: true
        case .text, .boolean, .list, .json: false
        }
    }
}

extension RuleTest {
    /// The value that it compares with; nil for a test that is no comparison with one value.
    var bound: CellValue? {
        switch self {
        case .integers(.greater(let value)), .integers(.less(let value)): .integer(value)
        case .numbers(.greater(let value)), .numbers(.less(let value)): .number(value)
        case .bytes(.greater(let value)), .bytes(.less(let value)), .decimals(.greater(let value)), .decimals(.less(let value)):
            .bytes(value)
        default: nil
        }
    }
}

extension CellValue {
    /// The value as text for people.
    func shown(as column: Column) -> String? {
        var buffer = ColumnBuffer(column)
        append(to: &buffer)
        return buffer.shown(0)
    }
}
