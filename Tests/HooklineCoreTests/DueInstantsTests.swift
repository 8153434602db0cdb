import HooklineCore
import Testing

@Suite("An activation is due")
struct DueInstantsTests {
    private func due(
        _ schedule: Schedule, _ zone: String = "America/New_York", after start: String, count: Int = 3, name: String = "a"
    ) throws -> [String] {
        let instants = DueInstants(schedule, zone: try #require(ZoneOffsets(named: zone)), name: name)
        var found: [Int64] = []
        var last = try #require(Timestamp.parse(start))
        while found.count < count, let next = instants.next(after: last) {
            found.append(next)
            last = next
        }
        return found.map(Timestamp.text)
    }

    private func line(_ text: String) throws -> Schedule { .cron(try CronExpression(text)) }

    @Test("once at the next valid moment, when clocks skip its time")
    func skipped() throws {
        let night = "2026-03-08T05:00:00Z"
        #expect(try due(line("30 2 * * *"), after: night, count: 2) == ["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"])
        #expect(try due(line("0,30 2 * * *"), after: night, count: 2) == ["2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z"])
        let at = Schedule.at([try #require(WeeklyTime(days: ["sun"], time: "02:15"))])
        #expect(try due(at, after: night, count: 2) == ["2026-03-08T07:00:00Z", "2026-03-15T06:15:00Z"])
    }

    @Test("once, when clocks repeat its time")
    func repeated() throws {
        let night = "2026-11-01T04:00:00Z"
        #expect(try due(line("30 1 * * *"), after: night, count: 2) == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
        let at = Schedule.at([try #require(WeeklyTime(days: [], time: "01:30"))])
        #expect(try due(at, after: night, count: 2) == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
        // In the second pass of the hour, the next one is tomorrow's.
        #expect(try due(at, after: "2026-11-01T06:10:00Z", count: 1) == ["2026-11-02T06:30:00Z"])
    }

    @Test("at each interval, also while clocks change")
    func intervals() throws {
        let quarters = try due(line("*/15 1 * * *"), after: "2026-11-01T04:59:00Z", count: 8)
        #expect(quarters.first == "2026-11-01T05:00:00Z" && quarters.last == "2026-11-01T06:45:00Z")
        #expect(try due(line("*/30 2 * * *"), after: "2026-03-08T05:00:00Z", count: 1) == ["2026-03-09T06:00:00Z"])
        #expect(try due(line("0 * * * *"), after: "2026-03-08T06:30:00Z", count: 2) == ["2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"])
    }

    @Test("at the full hours of its clocks, after they changed by half an hour")
    func halfHour() throws {
        #expect(
            try due(line("0 */4 * * *"), "Australia/Lord_Howe", after: "2012-03-31T12:00:00Z", count: 3)
                == ["2012-03-31T13:00:00Z", "2012-03-31T17:30:00Z", "2012-03-31T21:30:00Z"])
    }

    @Test("every interval at a minute of its own, the same after any moment")
    func every() throws {
        for (name, seconds) in [("a", 900), ("vip", 3_600), ("win-back", 21_600), ("x", 86_400), ("y", 172_800), ("z", 5_400)] {
            let instants = DueInstants(.every(seconds: seconds), zone: .utc, name: name)
            let first = try #require(instants.next(after: 1_770_000_000))
            #expect(first > 1_770_000_000 && first <= 1_770_000_000 + Int64(seconds) && first % 60 == 0)
            #expect(instants.next(after: first) == first + Int64(seconds) && instants.next(after: first - 1) == first)
            #expect(instants.next(after: first - Int64(seconds) + 1) == first && instants.next(after: -1).map { $0 >= 0 } == true)
        }
        let minutes = Set((1...40).compactMap { DueInstants(.every(seconds: 3_600), zone: .utc, name: "a\($0)").next(after: 0) })
        #expect(minutes.count > 15)
    }

    @Test("on the days of a week, in the zone, the earliest of several times first")
    func weekly() throws {
        let times = [("09:00", ["mon", "wed"]), ("18:30", ["mon"]), ("09:00", ["mon"])].compactMap { WeeklyTime(days: $1, time: $0) }
        #expect(times.count == 3)
        #expect(
            try due(.at(times), "Europe/Paris", after: "2026-03-27T12:00:00Z")
                == ["2026-03-30T07:00:00Z", "2026-03-30T16:30:00Z", "2026-04-01T07:00:00Z"])
    }

    @Test("never by time, if another activation or nobody starts it, or if no such day comes")
    func never() throws {
        #expect(try due(.after("b"), after: "2026-01-01", count: 1).isEmpty)
        #expect(try due(line("0 0 29 2 */7"), "UTC", after: "2026-01-01", count: 2) == ["2032-02-29T00:00:00Z", "2060-02-29T00:00:00Z"])
    }

    @Test("of two day fields either counts, and both if one begins with a star, as in Debian's cron")
    func days() throws {
        #expect(
            try due(line("0 0 13 * 5"), "UTC", after: "2026-02-01") == [
                "2026-02-06T00:00:00Z", "2026-02-13T00:00:00Z", "2026-02-20T00:00:00Z",
            ])
        #expect(
            try due(line("0 0 */2 * 1"), "UTC", after: "2026-02-01") == [
                "2026-02-09T00:00:00Z", "2026-02-23T00:00:00Z", "2026-03-09T00:00:00Z",
            ])
    }

    @Test("on a day that clocks skip whole, at the next one")
    func skippedDay() throws {
        // Samoa had no 30 December 2011.
        #expect(try due(line("0 10 30 12 *"), "Pacific/Apia", after: "2011-12-01", count: 1) == ["2011-12-30T10:00:00Z"])
    }

    @Test(
        "a time of the day is read, or refused",
        arguments: [
            ("09:00", 540), ("00:00", 0), ("23:59", 1_439), ("24:00", nil), ("9:00", nil), ("09:60", nil), ("0900", nil), ("", nil),
        ])
    func times(_ text: String, _ minute: Int?) {
        #expect(WeeklyTime.minute(text) == minute)
    }
}
