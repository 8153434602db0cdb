import HooklineCore

/// `min` and `max` of a parameter: of numbers and dates the value, of texts the characters, of lists the values.
struct ParameterBounds {
    private let least: String?
    private let most: String?

    init(_ parameter: Tree) {
        least = parameter["min"]?.text
        most = parameter["max"]?.text
    }

    /// Why a value does not lie within the bounds; nil when it does.
    func fault(of value: ParameterValue) -> String? {
        if let least, Self.compare(value, least) == .less { return "takes \(Self.unit(value)) from \(least) on, and this is less" }
        if let most, Self.compare(value, most) == .more { return "takes \(Self.unit(value)) up to \(most), and this is more" }
        return nil
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

    private static func unit(_ value: ParameterValue) -> String {
        switch value {
        case .text: "texts, in characters,"
        case .list: "lists, in values,"
        case .date: "dates"
        default: "numbers"
        }
    }
}
