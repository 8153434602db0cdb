import Foundation
import HooklineCore
import Support
import Testing

@Suite("Times")
struct TimeReaderTests {
    @Test(
        "are read in every ISO format by default",
        arguments: [
            ("2026-03-01T06:00:00Z", "2026-03-01T06:00:00Z"), ("2026-03-01t06:00:00z", "2026-03-01T06:00:00Z"),
            ("2026-03-01 06:00:00", "2026-03-01T05:00:00Z"), ("2026-07-01 06:00:00", "2026-07-01T04:00:00Z"),
            ("2026-03-01 06:00", "2026-03-01T05:00:00Z"), ("2026-03-01T06:00:00.999", "2026-03-01T05:00:00Z"),
            ("2026-03-01T06:00:00,5Z", "2026-03-01T06:00:00Z"), ("2026-05-01 09:59:00 +0200", "2026-05-01T07:59:00Z"),
            ("2026-05-01 09:59:00+02", "2026-05-01T07:59:00Z"), ("2026-05-01T09:59:00-05:30", "2026-05-01T15:29:00Z"),
            ("2026-05-01 09:59:00 UTC", "2026-05-01T09:59:00Z"), ("2026-05-01 09:59:00 GMT", "2026-05-01T09:59:00Z"),
            ("2026-05-01 09:59:00.123456 UTC", "2026-05-01T09:59:00Z"), ("2026-05-01 09:59 Z", "2026-05-01T09:59:00Z"),
            ("2026-03-01", "2026-02-28T23:00:00Z"), ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z"),
            ("2026-03-29 02:30:00", "2026-03-29T01:00:00Z"), ("2026-10-25 02:30:00", "2026-10-25T00:30:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("9999-12-31 23:59:59+00:00", "9999-12-31T23:59:59Z"),
        ])
    func iso(_ text: String, _ moment: String) throws {
        let reader = try TimeReader(ColumnFormat(), timezone: "Europe/Paris")
        #expect(text.lend { reader.moment($0) }.map(Timestamp.text) == moment)
    }

    @Test(
        "in any other format are refused by default, above all numbers",
        arguments: [
            "", " ", "1772344800", "20260101", "2026", "yesterday", "2026-13-01", "2026-02-29", "2026-03-01T24:00:00Z", "2026-03-01T06:60",
            "2026-03-01T06:00:00X", "2026-03-01T06:00:00+25:00", "2026-03-01T", "2026-03-01T06", "2026-3-1", "01/03/2026", "2026-03-01Z",
            "2026-03-01T06:00:00.Z", "2026-03-01T06:00:00Z ", "1772344800.5", "2461042.5", "2026-03-01  06:00:00",
            "2026-03-01 06:00:00 CET",
            "2026-03-01 06:00:00 +2", "2026-03-01T06:00:00+02:", "+2026-03-01", "2026-03-01 06:00:00 PM",
        ])
    func refused(_ text: String) throws {
        let reader = try TimeReader(ColumnFormat(), timezone: "UTC")
        #expect(text.lend { reader.moment($0) } == nil)
        #expect(text.lend { reader.day($0) } == nil)
    }

    @Test("are never read from numbers without a format")
    func bareNumbers() throws {
        let reader = try TimeReader(ColumnFormat(), timezone: "UTC")
        #expect(reader.moment(1_772_344_800 as Int64) == nil && reader.day(20_000 as Int64) == nil)
        #expect(reader.moment(2_461_042.5) == nil && reader.day(46_000.0) == nil)
    }

    @Test(
        "are read from numbers in the named format",
        arguments: [
            ("unix", "1772344800", "2026-03-01T06:00:00Z"), ("unix", "-86400", "1969-12-31T00:00:00Z"),
            ("unix", "1772344800.9", "2026-03-01T06:00:00Z"), ("unix", "-0.5", "1969-12-31T23:59:59Z"), ("unix", "1772344800000", nil),
            ("unix", "2026-03-01", nil), ("unix_ms", "1772344800123", "2026-03-01T06:00:00Z"), ("unix_ms", "-1", "1969-12-31T23:59:59Z"),
            ("unix_ms", "1772344800000000", nil), ("excel", "46082.25", "2026-03-01T05:00:00Z"), ("excel", "46082", "2026-02-28T23:00:00Z"),
            ("excel", "60", nil), ("excel", "0.5", nil), ("excel", "2958466", nil), ("julian", "2461042.0", "2026-01-01T12:00:00Z"),
            ("julian", "2461041.5", "2026-01-01T00:00:00Z"), ("julian", "1772344800", nil), ("epoch_days", "20513", "2026-02-28T23:00:00Z"),
            ("epoch_days", "20513.5", nil), ("epoch_days", "1772344800", nil), ("excel", "nan", nil), ("unix", "1e400", nil),
        ] as [(String, String, String?)])
    func numbers(_ format: String, _ text: String, _ moment: String?) throws {
        var column = ColumnFormat()
        column.times = [try TimeFormat(format)]
        let reader = try TimeReader(column, timezone: "Europe/Paris")
        #expect(text.lend { reader.moment($0) }.map(Timestamp.text) == moment)
        if let whole = Int64(text) { #expect(reader.moment(whole).map(Timestamp.text) == moment) }
        if let number = Double(text) { #expect(reader.moment(number).map(Timestamp.text) == moment) }
    }

    @Test(
        "in a date column are days",
        arguments: [
            ("iso", "2026-03-01", "2026-03-01"), ("iso", "2026-03-01 00:00:00", "2026-03-01"),
            ("iso", "2026-03-01T00:00:00.000", "2026-03-01"),
            ("iso", "2026-03-01 00:00:01", nil), ("iso", "2026-03-01T00:00:00Z", nil), ("unix", "1772319600", "2026-03-01"),
            ("unix", "1772319599", "2026-02-28"), ("excel", "46082.99", "2026-03-01"), ("julian", "2461041.5", "2026-01-01"),
            ("julian", "2461042.49", "2026-01-01"), ("epoch_days", "20513", "2026-03-01"),
            ("%d/%m/%Y|%Y%m%d", "01/03/2026", "2026-03-01"),
            ("%d/%m/%Y|%Y%m%d", "20260301", "2026-03-01"), ("%d/%m/%Y|%Y%m%d", "2026-03-01", nil),
            ("%d/%m/%Y %H:%M", "01/03/2026 23:59", "2026-03-01"), ("%Y-%m-%dT%H:%M:%S%z", "2026-03-01T23:30:00Z", "2026-03-02"),
        ] as [(String, String, String?)])
    func days(_ formats: String, _ text: String, _ day: String?) throws {
        var column = ColumnFormat()
        column.times = try formats.split(separator: "|").map { try TimeFormat(String($0)) }
        let reader = try TimeReader(column, timezone: "Europe/Paris")
        #expect(text.lend { reader.day($0) }?.text == day)
        if let whole = Int64(text) { #expect(reader.day(whole)?.text == day) }
    }

    @Test("are the same as Foundation's in every zone and format", arguments: 1...40)
    func agreement(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let name = try #require(TimeZone.knownTimeZoneIdentifiers.randomElement(using: &random))
        let zone = try #require(TimeZone(identifier: name))
        let reader = try TimeReader(ColumnFormat(), timezone: name)
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = zone
        for _ in 0..<50 {
            let moment = Int64.random(in: -2_000_000_000...5_000_000_000, using: &random)
            let date = Date(timeIntervalSince1970: Double(moment))
            // Offsets with seconds cannot be written.
            guard zone.secondsFromGMT(for: date).isMultiple(of: 60) else { continue }
            let text = formatter.string(from: date)
            #expect(text.lend { reader.moment($0) } == moment, "\(text) in \(name), seed \(seed)")
            let local = String(text.prefix(19))
            let isRepeated = [-10_800, -7_200, -3_600, -1_800].contains { earlier in
                zone.secondsFromGMT(for: date.addingTimeInterval(Double(earlier))) - zone.secondsFromGMT(for: date) == -earlier
            }
            if !isRepeated { #expect(local.lend { reader.moment($0) } == moment, "\(local) in \(name), seed \(seed)") }
        }
    }

    @Test("in an unknown zone are refused")
    func unknownZone() {
        #expect(throws: TimeMistake.self) { try TimeReader(ColumnFormat(), timezone: "Mars/Olympus") }
    }
}
