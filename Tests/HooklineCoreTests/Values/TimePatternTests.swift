import HooklineCore
import Testing

@Suite("A pattern of times")
struct TimePatternTests {
    @Test(
        "reads what it describes",
        arguments: [
            ("%d/%m/%Y", "31/01/2026", "2026-01-31T00:00:00Z"), ("%d/%m/%Y", "1/2/2026", "2026-02-01T00:00:00Z"),
            ("%m/%d/%Y", "01/31/2026", "2026-01-31T00:00:00Z"), ("%Y%m%d", "20260131", "2026-01-31T00:00:00Z"),
            ("%Y%m%dT%H%M%SZ", "20260131T235958Z", "2026-01-31T23:59:58Z"), ("%d.%m.%Y %H:%M", "31.01.2026 9:05", "2026-01-31T09:05:00Z"),
            ("%m/%d/%Y %I:%M:%S %p", "01/31/2026 12:00:00 AM", "2026-01-31T00:00:00Z"),
            ("%m/%d/%Y %I:%M %p", "1/31/2026 12:30 pm", "2026-01-31T12:30:00Z"),
            ("%m/%d/%Y %I:%M%p", "1/31/2026 1:30PM", "2026-01-31T13:30:00Z"),
            ("%d %b %Y", "31 Jan 2026", "2026-01-31T00:00:00Z"), ("%d %B %Y", "31 january 2026", "2026-01-31T00:00:00Z"),
            ("%b %e %Y", "May  1 2026", "2026-05-01T00:00:00Z"), ("%b %e, %Y", "May 1, 2026", "2026-05-01T00:00:00Z"),
            ("%a, %d %b %Y %H:%M:%S %z", "Sat, 31 Jan 2026 10:00:00 +0100", "2026-01-31T09:00:00Z"),
            ("%a %b %d %Y %T GMT%z", "Sat Jan 31 2026 10:00:00 GMT+0100", "2026-01-31T09:00:00Z"),
            ("%Y-%m-%d %H:%M:%S %Z", "2026-01-31 10:00:00 utc", "2026-01-31T10:00:00Z"), ("%Y-%j", "2026-031", "2026-01-31T00:00:00Z"),
            ("%Y%j", "2024366", "2024-12-31T00:00:00Z"), ("%FT%T.%f", "2026-01-31T10:00:00.123456789", "2026-01-31T10:00:00Z"),
            ("%s", "1769853600", "2026-01-31T10:00:00Z"), ("/Date(%s)/", "/Date(1769853600)/", "2026-01-31T10:00:00Z"),
            ("%Y年%m月%d日", "2026年1月31日", "2026-01-31T00:00:00Z"), ("100%% %F", "100% 2026-01-31", "2026-01-31T00:00:00Z"),
        ])
    func reads(_ pattern: String, _ text: String, _ moment: String) throws {
        #expect(try read(pattern, text) == moment)
    }

    @Test(
        "reads nothing else",
        arguments: [
            ("%d/%m/%Y", "31/01/26"), ("%d/%m/%Y", "01/31/2026"), ("%d/%m/%Y", "31/01/2026 "), ("%d/%m/%Y", "31-01-2026"),
            ("%d/%m/%Y", "31/01/20260"), ("%d/%m/%Y", ""), ("%d/%m/%Y", "29/02/2026"), ("%Y%m%d", "2026131"), ("%Y%m%d", "202601311"),
            ("%H:%M %d/%m/%Y", "24:00 31/01/2026"), ("%I:%M %p %F", "13:00 PM 2026-01-31"), ("%I:%M %p %F", "0:00 AM 2026-01-31"),
            ("%a %d %b %Y", "Sun 31 Jan 2026"), ("%Y-%j", "2026-366"), ("%d %b %Y", "31 Janvier 2026"), ("%d %b %Y", "31 Foo 2026"),
            ("%F %T %Z", "2026-01-31 10:00:00 CET"), ("%s", "1769853600000"), ("%d %m %Y", "31012026"),
        ])
    func refuses(_ pattern: String, _ text: String) throws {
        #expect(try read(pattern, text) == nil)
    }

    @Test(
        "is refused if it is ambiguous or does not make a day",
        arguments: [
            "%d/%m/%y", "%D", "%q", "%", "%d/%m", "%Y-%m", "%Y", "%H:%M", "%Y-%m-%d %H %H", "%m %b %d %Y", "%Y-%m-%d %I:%M",
            "%Y-%m-%d %H:%M %p",
            "%Y-%m-%d %M", "%Y-%m-%d %H:%S", "%Y-%m-%d %z", "%Y-%m-%d %T %z %Z", "%s %Y", "%Y-%j-%d", "%F %H:%M:%S%f", "%", "%é",
        ])
    func mistakes(_ pattern: String) {
        #expect(throws: TimeMistake.self) { try TimePattern(pattern) }
    }

    private func read(_ pattern: String, _ text: String) throws -> String? {
        var format = ColumnFormat()
        format.times = [try TimeFormat(pattern)]
        let reader = try TimeReader(format, timezone: "UTC")
        return text.lend { reader.moment($0) }.map(Timestamp.text)
    }
}
