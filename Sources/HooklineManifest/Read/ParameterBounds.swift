import HooklineCore

/// `min` and `max` of a parameter: of numbers and dates the value, of texts the characters, of lists the values.
struct ParameterBounds {
    private let least: String?
    private let most: String?

    init(_ parameter: Tree) {
        least = parameter["min"]?.text
        most = parameter["max"]?.text
    }

    /// Why a value does not lie within the bounds, which ones these are, and what was found; nil when it does.
    func fault(of value: ParameterValue, written: String) -> String? {
        let isLess = least.map { Self.compare(value, $0) == .less } ?? false
        let isMore = most.map { Self.compare(value, $0) == .more } ?? false
        guard isLess || isMore else { return nil }
        return switch value {
        case .text(let text): "takes texts of \(sizes) characters, found one of \(text.count)"
        case .list(let values): "takes lists of \(sizes) values, found one of \(values.count)"
        case .date: "takes dates \(range), found \(quoted(written))"
        case .integer, .number: "takes numbers \(range), found \(quoted(written))"
        case .boolean: nil
        }
    }

    /// What is wrong with the two together; nil when nothing is.
    func contradiction(for kind: Parameter.Kind) -> String? {
        guard let least, let most, Self.fault(of: least, for: kind) == nil, Self.fault(of: most, for: kind) == nil else { return nil }
        let value: ParameterValue? =
            switch kind {
            case .text, .list: Int64(least).map { .integer($0) }
            case .boolean, .enum: nil
            default: ParameterText.value(least, kind)
            }
        guard let value, Self.compare(value, most) == .more else { return nil }
        return "'min' is \(least) and 'max' is \(most): no value lies between them"
    }

    private var range: String {
        switch (least, most) {
        case (let least?, let most?): "from \(least) to \(most)"
        case (let least?, nil): "from \(least) up"
        case (nil, let most?): "up to \(most)"
        case (nil, nil): ""
        }
    }

    private var sizes: String {
        switch (least, most) {
        case (let least?, let most?): least == most ? least : "\(least) to \(most)"
        case (let least?, nil): "at least \(least)"
        case (nil, let most?): "at most \(most)"
        case (nil, nil): ""
        }
    }

    /// What is wrong with a bound itself; nil when nothing is.
    static func fault(of text: String, for kind: Parameter.Kind) -> String? {
        switch kind {
        case .boolean, .enum: "says nothing; leave it out"
        case .date: CalendarDate(text.utf8) == nil ? "takes a date such as 2026-03-01" : nil
        case .integer: Int64(text) == nil ? "takes a whole number" : nil
        case .number: Double(text) == nil ? "takes a number" : nil
        case .text, .list: Int(text).map { $0 < 0 } ?? true ? "takes a whole number" : nil
        }
    }

    private enum Order { case less, within, more }

    private static func compare(_ value: ParameterValue, _ bound: String) -> Order? {
        func order<Value: Comparable>(_ left: Value, _ right: Value?) -> Order? {
            right.map { left < $0 ? .less : left > $0 ? .more : .within }
        }
        return switch value {
        case .integer(let number): order(number, Int64(bound))
        case .number(let number): order(number, Double(bound))
        // Dates of four-digit years sort as texts.
        case .date(let day): order(day, bound)
        case .text(let text): order(text.count, Int(bound))
        case .list(let values): order(values.count, Int(bound))
        case .boolean: nil
        }
    }
}
