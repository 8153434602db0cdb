import HooklineCore
import Testing

@Suite("A timestamp")
struct TimestampTests {
    @Test(
        "is read from ISO 8601",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-03-01T06:00:00Z", 1_772_344_800), ("2026-03-01 06:00:00", 1_772_344_800),
            ("2026-03-01T07:00:00+01:00", 1_772_344_800), ("2026-03-01T07:00:00+0100", 1_772_344_800),
            ("2026-03-01T01:00:00-05", 1_772_344_800), ("2026-03-01T06:00:00.999Z", 1_772_344_800), ("2026-03-01T06:00", 1_772_344_800),
            ("2026-03-01", 1_772_323_200), ("2000-02-29", 951_782_400), ("1969-12-31T23:59:59Z", -1), ("0000-01-01", -62_167_219_200),
        ])
    func iso(_ text: String, _ seconds: Int64) {
        #expect(Timestamp.parse(text) == seconds)
    }

    @Test("is read from Unix seconds", arguments: [("1772344800", 1_772_344_800), ("-86400", -86_400), ("999999999999", 999_999_999_999)])
    func unix(_ text: String, _ seconds: Int64) {
        #expect(Timestamp.parse(text) == seconds)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "2026", "yesterday", "2026-13-01", "2026-02-29", "2026-03-01T24:00:00Z", "2026-03-01T06:60:00Z", "2026-03-01T06:00:00X",
            "2026-03-01T06:00:00+25:00", "2026-03-01T", "2026-03-01T06", "2026-3-1", "01/03/2026", "2026-03-01T06:00:00.Z",
            "2026-03-01T06:00:00Z ", "1772344800.5",
        ])
    func refused(_ text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test("is read back as written")
    func roundTrip() {
        for seconds: Int64 in stride(from: -5_000_000_000, through: 5_000_000_000, by: 86_399 * 37) {
            #expect(Timestamp.parse(Timestamp.text(seconds)) == seconds)
        }
    }
}

@Suite("A calendar date")
struct CalendarDateTests {
    @Test("is read back as written, for every day")
    func roundTrip() {
        for day in stride(from: -700_000, through: 700_000, by: 13) {
            let date = CalendarDate(daysSinceEpoch: day)
            #expect(CalendarDate(date.text.utf8) == date)
        }
    }

    @Test("knows leap years", arguments: [(2024, true), (2026, false), (1900, false), (2000, true)])
    func leap(_ year: Int, _ isLeap: Bool) {
        #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap)
    }
}
