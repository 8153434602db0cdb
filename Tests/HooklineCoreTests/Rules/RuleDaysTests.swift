import Foundation
import HooklineCore
import Support
import Testing

@Suite("A day in rules is a whole day of the activation's zone")
struct RuleDaysTests {
    private static let column = Column("at", .timestamp)

    private func holds(_ operation: Condition.Operation, _ values: [Literal], _ moment: Int64, _ zone: ZoneOffsets) throws -> Bool {
        let value: Condition.Value = operation.operand == .scalar ? .scalar(values[0]) : .list(values.map { .scalar($0) })
        var selection: [UInt8] = []
        try RuleEvaluator(
            .test(Condition.Test(field: "at", operation: operation, value: value)), columns: [Self.column], now: 0, zone: zone
        ).evaluate(RecordBatch([Self.column], rows: [[.integer(moment)]]), into: &selection)
        return selection == [1]
    }

    @Test(
        "from its first to its last second, and no longer",
        arguments: [
            ("Europe/Paris", "2026-01-31"), ("Europe/Paris", "2026-03-29"), ("Europe/Paris", "2026-10-25"),
            ("America/Sao_Paulo", "2018-11-04"), ("Asia/Kolkata", "2026-01-31"),
            ("UTC", "2026-01-31"), ("Africa/Cairo", "2026-04-24"), ("Australia/Lord_Howe", "2026-04-05"), ("Asia/Beirut", "2026-03-29"),
        ])
    func bounds(_ name: String, _ day: String) throws {
        let zone = try #require(ZoneOffsets(named: name))
        let date = try #require(CalendarDate(day.utf8))
        let first = zone.begin(of: date)
        let last = zone.begin(of: CalendarDate(daysSinceEpoch: date.daysSinceEpoch + 1)) - 1
        let literal = Literal(day, .day)
        for (moment, isBefore, isAfter) in [(first - 1, true, false), (first, false, false), (last, false, false), (last + 1, false, true)]
        {
            let isIn = !isBefore && !isAfter
            #expect(try holds(.equal, [literal], moment, zone) == isIn)
            #expect(try holds(.notEqual, [literal], moment, zone) == !isIn)
            #expect(try holds(.isIn, ["1999-01-01", literal], moment, zone) == isIn)
            #expect(try holds(.before, [literal], moment, zone) == isBefore && holds(.less, [literal], moment, zone) == isBefore)
            #expect(try holds(.after, [literal], moment, zone) == isAfter && holds(.greater, [literal], moment, zone) == isAfter)
            #expect(try holds(.lessOrEqual, [literal], moment, zone) == !isAfter)
            #expect(try holds(.greaterOrEqual, [literal], moment, zone) == !isBefore)
            #expect(try holds(.between, [literal, literal], moment, zone) == isIn)
        }
    }

    @Test("and the same day as in Foundation's calendar, even when clocks change", arguments: 1...40)
    func calendar(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let name = try #require(TimeZone.knownTimeZoneIdentifiers.randomElement(using: &random))
        let timeZone = try #require(TimeZone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let zone = try #require(ZoneOffsets(named: name))
        for _ in 0..<20 {
            var moment = Int64.random(in: 0...2_500_000_000, using: &random)
            if Bool.random(using: &random),
                let change = timeZone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(moment)))
            {
                moment = Int64(change.timeIntervalSince1970) + .random(in: -90_000...90_000, using: &random)
            }
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(moment)))
            let day = try #require(CalendarDate(year: parts.year!, month: parts.month!, day: parts.day!))
            let literal = Literal(day.text, .day)
            #expect(try holds(.equal, [literal], moment, zone), "\(moment) is on \(day.text) in \(name), seed \(seed)")
            #expect(try !holds(.before, [literal], moment, zone) && !holds(.after, [literal], moment, zone))
        }
    }

    @Test("and a value with a time of day is a moment, in that zone if it has none")
    func instants() throws {
        let paris = try #require(ZoneOffsets(named: "Europe/Paris"))
        let moment = try #require(Timestamp.parse("2026-01-31T12:00:00Z"))
        #expect(try holds(.equal, [Literal(plain: "2026-01-31 13:00")], moment, paris))
        #expect(try holds(.equal, [Literal(plain: "2026-01-31T12:00:00Z")], moment, paris))
        #expect(try holds(.after, [Literal(plain: "2026-01-31 12:59:59")], moment, paris))
        #expect(try !holds(.after, [Literal(plain: "2026-01-31 13:00")], moment, paris))
        #expect(try holds(.between, [Literal(plain: "2026-01-31 13:00"), Literal(plain: "2026-01-31")], moment, paris))
    }
}

@Suite("An anniversary")
struct AnniversaryTests {
    /// Checks day by day, as a person with a calendar would.
    private func hasAnniversary(_ date: CalendarDate, from today: CalendarDate, _ days: Int) -> Bool {
        let (born, month, day) = date.parts
        return (0...days).contains { offset in
            let candidate = CalendarDate(daysSinceEpoch: today.daysSinceEpoch + offset).parts
            guard candidate.year > born else { return false }
            let isLeapling = month == 2 && day == 29 && CalendarDate(year: candidate.year, month: 2, day: 29) == nil
            return candidate.month == month && candidate.day == (isLeapling ? 28 : day)
        }
    }

    @Test("is found as if by checking each day, for dates and timestamps alike", arguments: 1...60)
    func agree(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let zone = try #require(ZoneOffsets(named: "Europe/Paris"))
        let columns = [Column("d", .date), Column("m", .timestamp)]
        for _ in 0..<20 {
            var today = CalendarDate(daysSinceEpoch: Int.random(in: 18_000...22_000, using: &random))
            // Half of the days are at the end of February.
            if Bool.random(using: &random) { today = CalendarDate(year: today.year, month: 2, day: .random(in: 20...28, using: &random))! }
            let days = Bool.random(using: &random) ? Int.random(in: 0...10, using: &random) : .random(in: 0...365, using: &random)
            let dates = (0..<20).map { _ -> CalendarDate in
                if Int.random(in: 0..<4, using: &random) == 0 { return CalendarDate(year: 2000, month: 2, day: 29)! }
                return CalendarDate(daysSinceEpoch: today.daysSinceEpoch - Int.random(in: -400...20_000, using: &random))
            }
            let rows = dates.map { [Cell.text($0.text), .integer(zone.begin(of: $0) + .random(in: 0...82_000, using: &random))] }
            let now = zone.begin(of: today) + 3_600 * 12
            for column in columns {
                var selection: [UInt8] = []
                let test = Condition.Test(
                    field: column.name, operation: .anniversaryWithinDays, value: .scalar(Literal(plain: String(days))))
                try RuleEvaluator(.test(test), columns: columns, now: now, zone: zone).evaluate(
                    RecordBatch(columns, rows: rows), into: &selection)
                #expect(
                    selection.map { $0 == 1 } == dates.map { hasAnniversary($0, from: today, days) },
                    "\(column.name), \(today.text), \(days) days, seed \(seed)")
            }
        }
    }

    @Test("of 29 February is on 28 February in a common year, and on the 29th in a leap year")
    func leaplings() throws {
        func within(_ days: Int, _ today: String) throws -> Bool {
            let column = Column("d", .date)
            let now = Int64(try #require(CalendarDate(today.utf8)).daysSinceEpoch) * 86_400
            var selection: [UInt8] = []
            let test = Condition.Test(field: "d", operation: .anniversaryWithinDays, value: .scalar(Literal(plain: String(days))))
            try RuleEvaluator(.test(test), columns: [column], now: now, zone: .utc)
                .evaluate(RecordBatch([column], rows: [["2004-02-29"]]), into: &selection)
            return selection == [1]
        }
        #expect(try within(0, "2026-02-28") && !within(0, "2026-03-01") && within(1, "2026-02-27"))
        #expect(try !within(0, "2028-02-28") && within(0, "2028-02-29") && within(1, "2028-02-28"))
    }
}
