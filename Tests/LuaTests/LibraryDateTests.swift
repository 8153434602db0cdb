import Lua
import Testing

@Suite("hookline.date")
struct LibraryDateTests {
    @Test(
        "dates are parsed",
        arguments: [
            ("'2026-03-01'", 1_772_323_200), ("'2026-03-01T06:00:00Z'", 1_772_344_800), ("'2026-03-01 06:00'", 1_772_344_800),
            ("'2026-03-01T06:00:00.999-05:30'", 1_772_364_600), ("'1970-01-01'", 0), ("'0001-01-01'", -62_135_596_800),
            ("'9999-12-31T23:59:59Z'", 253_402_300_799), ("'2024-02-29'", 1_709_164_800), ("'31/12/2025', '%d/%m/%Y'", 1_767_139_200),
            ("'1 March 2026', '%d %B %Y'", 1_772_323_200), ("'03:15 PM 2/3/26', '%I:%M %p %m/%d/%y'", 1_770_131_700),
            ("'20260301T000000+0100', '%Y%m%dT%H%M%S%z'", 1_772_319_600),
        ])
    func dates(arguments: String, seconds: Int64) throws {
        #expect(try TestScript.evaluate("hookline.date.parse(\(arguments))") == .integer(seconds))
    }

    @Test(
        "anything but a date gives nil and a reason",
        arguments: [
            "''", "'2026-02-29'", "'2026-13-01'", "'2026-3-1'", "'yesterday'", "'2026-03-01T25:00'", "'2026-03-01x'", "'0000-01-01'",
            "'x', '%Y'", "'2026-03', '%Y'",
        ])
    func noDate(arguments: String) throws {
        #expect(
            try TestScript.evaluate("(select('#', hookline.date.parse(\(arguments))) == 2 and hookline.date.parse(\(arguments)) == nil)")
                == .boolean(true))
    }

    @Test(
        "dates are formatted and added",
        arguments: [
            (
                "format(1772344800, '%Y-%m-%d %H:%M:%S %a %A %b %B %j %u %p %I %e %y')",
                "2026-03-01 06:00:00 Sun Sunday Mar March 060 7 AM 06 1 26"
            ),
            ("format('2027-01-01', '%G-W%V %F %T %s %%')", "2026-W53 2027-01-01 00:00:00 1798761600 %"),
            ("format('2024-12-30', '%G-W%V')", "2025-W01"), ("add('2024-02-29', 1, 'year')", "2025-02-28"),
            ("add('2026-03-31', -1, 'months')", "2026-02-28"), ("add('2026-12-31', 2, 'months')", "2027-02-28"),
            ("add('2026-01-01', -1, 'day')", "2025-12-31"), ("add('2026-01-01', 1, 'quarter')", "2026-04-01"),
        ])
    func writtenDates(call: String, result: String) throws {
        #expect(try TestScript.evaluate("hookline.date.\(call)") == .string(result))
    }

    @Test(
        "differences are whole units, with a sign",
        arguments: [
            ("diff('2026-03-01', '2026-02-01', 'month')", 1), ("diff('2026-03-30', '2026-01-31', 'month')", 1),
            ("diff('2026-03-31', '2026-01-31', 'month')", 2), ("diff('2026-01-01', '2026-03-01', 'days')", -59),
            ("diff('2026-02-28', '2024-02-29', 'year')", 2), ("diff('2026-02-27', '2024-02-29', 'year')", 1), ("diff(3601, 0, 'hour')", 1),
            ("diff('2026-01-08', '2026-01-01', 'week')", 1),
            ("diff(0, 59, 'minute')", 0), ("add(1772344800, 2, 'weeks') - 1772344800", 1_209_600), ("add(0, 1, 'month')", 2_678_400),
        ])
    func differences(call: String, result: Int64) throws {
        #expect(try TestScript.evaluate("hookline.date.\(call)") == .integer(result))
    }

    @Test("dates over four hundred years can be added, compared, parsed and formatted consistently")
    func calendar() throws {
        let result = try TestScript.run(
            """
            local date, day = hookline.date, "1799-12-31"
            for i = 1, 1000 do
              local next = date.add(day, 146, "days")
              if date.diff(next, day, "day") ~= 146 then return day end
              if date.parse(next) ~= date.parse(day) + 146 * 86400 then return next end
              if date.format(date.parse(next), "%F") ~= next then return next end
              if (tonumber(date.format(next, "%u")) - tonumber(date.format(day, "%u"))) % 7 ~= 146 % 7 then return next end
              day = next
            end
            return "all " .. day
            """)
        #expect(result == .string("all 2199-09-25"))
    }

    @Test(
        "impossible date arithmetic and unknown formats are errors",
        arguments: [
            "add('2026-01-01', 1, 'fortnight')", "add('2026-01-01', 1, 'hour')", "add(0, 1000000000000000, 'day')",
            "add('9999-12-31', 1, 'day')",
            "format('2026-01-01', '%Q')", "format('2026-01-01', '%')", "diff('x', 1, 'day')", "parse('2026', '%Q')",
            "add(math.maxinteger, 1, 'day')",
            "add(0, math.mininteger, 'month')",
        ])
    func badDates(call: String) {
        #expect(luaError { _ = try TestScript.evaluate("hookline.date.\(call)") }?.code == .runtime)
    }
}
