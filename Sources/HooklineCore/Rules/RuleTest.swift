/// A test whose value has the type of its column.
enum RuleTest {
    case isNull
    case isNotNull
    /// Never true nor false: what could not be compiled.
    case unknown
    case integers(Comparison<Int64>)
    case numbers(Comparison<Double>)
    case bytes(Comparison<[UInt8]>)
    case decimals(Comparison<[UInt8]>)
    /// Moments in one of some stretches, or with `negated` in none; a NULL among them makes a miss unknown.
    case moments([ClosedRange<Int64>], hasNull: Bool, negated: Bool)
    case anniversary(AnniversaryWindow, ZoneOffsets)
    /// Texts among others, or with `negated` not; a NULL among those makes a miss unknown.
    case search(TextSearch, hasNull: Bool, negated: Bool)
    case part(Part, [UInt8], ignoresCase: Bool)
    case matches(Regex<AnyRegexOutput>)
    /// Lists that hold one of some items, or with `all` every one; the items are escaped.
    case list([[UInt8]], all: Bool)

    /// Where in a text another is looked for.
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
    /// Of `in`, or with `negated` of `not_in`: a NULL in the list makes a miss unknown.
    init(found: Bool, hasNull: Bool, negated: Bool) {
        self = found ? Truth(!negated) : hasNull ? .unknown : Truth(negated)
    }
}
