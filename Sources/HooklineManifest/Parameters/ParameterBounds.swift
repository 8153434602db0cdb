import HooklineCore

/// `min` and `max` of a parameter, which bound the value of a number or date, the characters of a text and the entries of a list.
struct ParameterBounds {
    private let least: String?
    private let most: String?

    init(_ parameter: Tree) {
        least = parameter["min"]?.text
        most = parameter["max"]?.text
    }

    /// Why a value is out of bounds, with the bounds and what was found; nil when it isn't.
    func fault(of value: ParameterValue, written: String) -> String? {
        let isLess = least.map { Self.compare(value, $0) == .less } ?? false
        let isMore = most.map { Self.compare(value, $0) == .more } ?? false
        guard isLess || isMore else { return nil }
        return switch value {
        case .text(let text): "takes texts of \(sizes("character")), found one of \(text.count)"
        case .list(let values): "takes lists of \(sizes("value")), found one of \(values.count)"
        case .date: "takes dates \(range("from", "up to")), found \(quoted(written))"
        case .integer, .number: "takes numbers \(range("of at least", "of at most")), found \(quoted(written))"
        case .boolean: nil
        }
    }

    /// Why the two bounds contradict each other; nil when they don't.
    func contradiction(for kind: Parameter.Kind) -> String? {
        guard let least, let most, Self.fault(of: least, for: kind) == nil, Self.fault(of: most, for: kind) == nil else { return nil }
        let value: ParameterValue? =
            switch kind {
            case .text, .list: Int64(least).map { .integer($0) }
            case .boolean, .enum: nil
            default: ParameterText.value(least, kind)
            }
        guard let value, Self.compare(value, most) == .more else { return nil }
        return "'min' is \(least) and 'max' is \(most), so no value fits"
    }

    private func range(_ lower: String, _ upper: String) -> String {
        switch (least, most) {
        case (let least?, let most?): "from \(least) to \(most)"
        case (let least?, nil): "\(lower) \(least)"
        case (nil, let most?): "\(upper) \(most)"
        case (nil, nil): ""
        }
    }

    private func sizes(_ noun: String) -> String {
        func counted(_ count: String) -> String { count == "1" ? "1 \(noun)" : "\(count) \(noun)s" }
        return switch (least, most) {
        case (let least?, let most?): least == most ? counted(most) : "\(least) to \(counted(most))"
        case (let least?, nil): "at least \(counted(least))"
        case (nil, let most?): "at most \(counted(most))"
        case (nil, nil): ""
        }
    }

    /// What is wrong with a single bound; nil when nothing is.
    static func fault(of text: String, for kind: Parameter.Kind) -> String? {
        switch kind {
        case .boolean, .enum: "has no meaning; remove it"
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
        // Dates with four-digit years sort as texts.
        case .date(let day): order(day, bound)
        case .text(let text): order(text.count, Int(bound))
        case .list(let values): order(values.count, Int(bound))
        case .boolean: nil
        }
    }
}
