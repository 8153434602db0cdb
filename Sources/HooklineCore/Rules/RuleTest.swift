/// A test whose value has the type of its column.
enum RuleTest {
    case isNull
    case isNotNull
    /// Neither true nor false, for a test that could not be compiled.
    case unknown
    case integers(Comparison<Int64>)
    case numbers(Comparison<Double>)
    case bytes(Comparison<[UInt8]>)
    case decimals(Comparison<[UInt8]>)
    /// Whether a moment is in one of the ranges of Unix seconds, or in none of them if `negated`; if the list `hasNull`, a miss is unknown.
    case moments([ClosedRange<Int64>], hasNull: Bool, negated: Bool)
    case anniversary(AnniversaryWindow, ZoneOffsets)
    /// Whether a text is one of those searched for, or none of them if `negated`; if the list `hasNull`, a miss is unknown.
    case search(TextSearch, hasNull: Bool, negated: Bool)
    case part(Part, [UInt8], ignoresCase: Bool)
    case matches(Regex<AnyRegexOutput>)
    /// Whether a list has one of the items, or `all` of them. The items are escaped.
    case list([[UInt8]], all: Bool)

    /// Where to look for a part of a text.
    enum Part {
        case contains, startsWith, endsWith
    }

    /// A comparison with one or more values.
    enum Comparison<Value> {
        case equal(Value), notEqual(Value)
        case less(Value), lessOrEqual(Value), greater(Value), greaterOrEqual(Value)
        case between(Value, Value)
        /// `in`, or `not_in` if `negated`; if the list `hasNull`, a value that is not in it is unknown.
        case oneOf([Value], hasNull: Bool, negated: Bool)
    }
}

extension RuleTest.Comparison {
    /// Whether it holds for a value that `order` compares with others: negative if it is smaller, 0 if equal, positive if greater.
    func holds(_ order: (Value) -> Int) -> Truth {
        switch self {
        case .equal(let value): Truth(order(value) == 0)
        case .notEqual(let value): Truth(order(value) != 0)
        case .less(let value): Truth(order(value) < 0)
        case .lessOrEqual(let value): Truth(order(value) <= 0)
        case .greater(let value): Truth(order(value) > 0)
        case .greaterOrEqual(let value): Truth(order(value) >= 0)
        case .between(let low, let high): Truth(order(low) >= 0 && order(high) <= 0)
        case .oneOf(let values, let hasNull, let negated):
            Truth(found: values.contains { order($0) == 0 }, hasNull: hasNull, negated: negated)
        }
    }
}

extension Truth {
    /// The result of `in`, or of `not_in` if `negated`; if the list `hasNull`, a miss is unknown.
    init(found: Bool, hasNull: Bool, negated: Bool) {
        self = found ? Truth(!negated) : hasNull ? .unknown : Truth(negated)
    }
}
