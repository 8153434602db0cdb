/// Reads literals as ranges of Unix seconds: a whole day, or one moment.
private struct LiteralTimes {
    let format: ColumnFormat
    let zone: ZoneOffsets

    /// The range of a literal; nil if it is not a time. It may be in an ISO format or in one of the column's.
    func span(_ literal: Literal) -> ClosedRange<Int64>? {
        RuleCompiler.withBytes(of: literal) { bytes in
            if let time = ISOTime.read(bytes) { return span(time) }
            return try? TimeReader(format, zone: zone).written(bytes).map(span)
        }
    }

    private func span(_ time: WrittenTime) -> ClosedRange<Int64> {
        guard time.second == nil else {
            let moment = time.moment(in: zone)
            return moment...moment
        }
        let begin = zone.begin(of: time.day)
        // A day that the zone skips has no length; its only second is the one at which it would begin.
        return begin...max(begin, zone.begin(of: CalendarDate(daysSinceEpoch: time.day.daysSinceEpoch + 1)) - 1)
    }
}

/// Compiles tests of days and moments. A day is a whole day in the activation's zone, and a value with a time of day is a moment.
extension RuleCompiler {
    mutating func momentTest(_ test: Condition.Test, _ column: Column) -> RuleTest {
        let times = LiteralTimes(format: column.format, zone: zone)
        let allowed = "a day such as 2026-03-01 or a time such as 2026-03-01T06:00:00Z"
        if test.operation == .between {
            guard let (low, high) = pair(test, column, allowed, times.span) else { return .unknown }
            if high.upperBound < low.lowerBound { return turned(test) }
            return .moments([low.lowerBound...high.upperBound], hasNull: false, negated: false)
        }
        guard let values = singles(test, column, allowed, times.span) else { return .unknown }
        func moments(_ ranges: ClosedRange<Int64>..., negated: Bool = false) -> RuleTest {
            .moments(ranges, hasNull: false, negated: negated)
        }
        switch test.operation {
        case .equal, .notEqual, .isIn, .notIn:
            return .moments(values.read, hasNull: values.hasNull, negated: test.operation.isNegative)
        case .less, .before: return moments(.min...values.read[0].lowerBound - 1)
        case .lessOrEqual: return moments(.min...values.read[0].upperBound)
        case .greater, .after: return moments(values.read[0].upperBound + 1 ... .max)
        case .greaterOrEqual: return moments(values.read[0].lowerBound ... .max)
        default: return .unknown
        }
    }

    /// A test that counts days from now; for a date column, from today.
    mutating func daysTest(_ test: Condition.Test, _ column: Column) -> RuleTest {
        guard column.type.isTime else { return misfit(test, column, "timestamp and date columns") }
        let limit = test.operation == .anniversaryWithinDays ? 365 : 100_000
        let allowed = "a whole number of days from 0 to \(limit)"
        guard
            let values = singles(
                test, column, allowed, { literal in Int(literal.text).flatMap { (0...limit).contains($0) ? $0 : nil } })
        else { return .unknown }
        let days = values.read[0]
        if test.operation == .anniversaryWithinDays { return .anniversary(AnniversaryWindow(from: today, days: days), zone) }
        if column.type == .timestamp {
            let seconds = Int64(days) * 86_400
            let range: ClosedRange<Int64> =
                switch test.operation {
                case .withinDays: now - seconds...now
                case .inNextDays: now...now + seconds
                default: .min...now - seconds - 1
                }
            return .moments([range], hasNull: false, negated: false)
        }
        func day(_ days: Int) -> [UInt8] { Array(CalendarDate(daysSinceEpoch: today.daysSinceEpoch + days).text.utf8) }
        switch test.operation {
        case .withinDays: return .bytes(.between(day(-days), day(0)))
        case .inNextDays: return .bytes(.between(day(0), day(days)))
        default: return .bytes(.less(day(-days)))
        }
    }
}

extension ColumnType {
    /// Whether it holds days or moments.
    var isTime: Bool { self == .timestamp || self == .date }
}
