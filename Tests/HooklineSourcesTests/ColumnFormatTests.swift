import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Columns with a format")
struct ColumnFormatTests {
    private func model(_ type: ColumnType, _ change: (inout ColumnFormat) -> Void) -> Model {
        var format = ColumnFormat()
        change(&format)
        var model = Model(columns: [.init("v", type, format: format), .init("row", .text)])
        model.timezone = "Europe/Paris"
        return model
    }

    private func read(_ cells: [SourceTable.Cell], _ kind: SourceConfiguration.Kind, _ model: Model, zone: String? = nil) throws
        -> [String?]
    {
        try SourceTable.column(cells).read(from: kind, model) { $0.timezone = zone }.rows.map { $0[0] }
    }

    @Test("times are read in every form, those without a zone in the model's", arguments: SourceTable.kinds)
    func times(_ kind: SourceConfiguration.Kind) throws {
        let cells: [SourceTable.Cell] = [
            .text("2026-05-01 09:59:00 +0200"), .text("2026-05-01T07:59:00Z"), .text("2026-05-01 07:59:00 UTC"), .text("2026-05-01 09:59"),
            .text("2026-05-01T09:59:00.250"),
        ]
        #expect(try read(cells, kind, model(.timestamp) { _ in }) == cells.map { _ in "1777622340" })
    }

    @Test("the source's time zone wins over the model's", arguments: SourceTable.kinds)
    func zone(_ kind: SourceConfiguration.Kind) throws {
        #expect(try read([.text("2026-05-01 09:59")], kind, model(.timestamp) { _ in }, zone: "America/New_York") == ["1777643940"])
        #expect(issues { _ = try read([.text("2026-05-01")], kind, model(.timestamp) { _ in }, zone: "Mars/Olympus") }.count == 1)
    }

    @Test("a bare number is neither a timestamp nor a date", arguments: SourceTable.kinds, [ColumnType.timestamp, .date])
    func bareNumbers(_ kind: SourceConfiguration.Kind, _ type: ColumnType) throws {
        for cell in [
            SourceTable.Cell.integer(1_772_344_800), .integer(20_260_101), .number(2_461_042.0), .number(46_023.5), .text("20260101"),
        ] {
            let error = try #require(sourceError { _ = try read([cell], kind, model(type) { _ in }) }, "\(cell)")
            #expect(error.code == .badValue)
            #expect(error.message.contains("`format:`"), "\(error)")
        }
    }

    @Test("a format says what numbers count, however the source stores them", arguments: SourceTable.kinds)
    func numbers(_ kind: SourceConfiguration.Kind) throws {
        let expected = "1772344800"
        let forms: [(TimeFormat, [SourceTable.Cell])] = [
            (.unix, [.integer(1_772_344_800), .text("1772344800"), .number(1_772_344_800)]),
            (.unixMilliseconds, [.integer(1_772_344_800_123), .text("1772344800000")]),
            (.julian, [.number(2_461_100.75), .text("2461100.75")]),
            (.epochDays, []),
        ]
        for (form, cells) in forms {
            #expect(try read(cells, kind, model(.timestamp) { $0.times = [form] }) == cells.map { _ in expected }, "\(form)")
        }
        #expect(try read([.number(46_082.25)], kind, model(.timestamp) { $0.times = [.excel] }) == ["1772341200"])
        #expect(
            try read([.integer(20_513), .text("20513")], kind, model(.date) { $0.times = [.epochDays] }) == ["2026-03-01", "2026-03-01"])
    }

    @Test("patterns are tried in order", arguments: SourceTable.kinds)
    func patterns(_ kind: SourceConfiguration.Kind) throws {
        let days = model(.date) { $0.times = [.pattern("%d/%m/%Y"), .pattern("%Y%m%d"), .iso] }
        let cells: [SourceTable.Cell] = [.text("31/01/2026"), .text("20260131"), .text("2026-01-31"), .integer(20_260_131)]
        #expect(try read(cells, kind, days) == cells.map { _ in "2026-01-31" })
        #expect(sourceError { _ = try read([.text("01.31.2026")], kind, days) }?.code == .badValue)
    }

    @Test("numbers may have a decimal comma, digit groups, and a currency", arguments: SourceTable.kinds)
    func decimalComma(_ kind: SourceConfiguration.Kind) throws {
        func change(_ format: inout ColumnFormat) {
            format.decimal = UInt8(ascii: ",")
            format.thousands = UInt8(ascii: ".")
            format.strip = ["€"]
        }
        let cells: [SourceTable.Cell] = [.text("1.234,50 €"), .text("€ 1.234,50"), .text("1234,5")]
        #expect(try read(cells, kind, model(.number, change)) == cells.map { _ in "1234.5" })
        #expect(try read([.text("1.234,50")], kind, model(.decimal, change)) == ["1234.50"])
        #expect(try read([.text("1.234 €")], kind, model(.integer, change)) == ["1234"])
        let error = try #require(sourceError { _ = try read([.text("1,234.50")], kind, model(.number, change)) })
        #expect(error.message.contains("1.234,50"))
        #expect(sourceError { _ = try read([.text("1.234,50")], kind, model(.number) { _ in }) }?.code == .badValue)
    }

    @Test("lists are JSON arrays, or text with a separator", arguments: SourceTable.kinds)
    func lists(_ kind: SourceConfiguration.Kind) throws {
        let json: [SourceTable.Cell] = [.text("[\"a\", \"b c\"]"), .text("[]"), .null, .text(" [ 1, null ]")]
        #expect(try read(json, kind, model(.list) { _ in }) == ["[\"a\",\"b c\"]", "[]", nil, "[\"1\"]"])
        #expect(sourceError { _ = try read([.text("a;b")], kind, model(.list) { _ in }) }?.code == .badValue)
        let separated: [SourceTable.Cell] = [.text("a; b c;"), .text("vip"), .text(";")]
        #expect(try read(separated, kind, model(.list) { $0.separator = ";" }) == ["[\"a\",\"b c\"]", "[\"vip\"]", "[]"])
    }

    @Test("a JSON array is already a list")
    func jsonArrays() throws {
        let text = #"{"v":["a","é\nx "]}"# + "\n" + #"{"v":[]}"# + "\n" + #"{"v":null}"# + "\n"
        #expect(try RowsRead.jsonl(text, Model(columns: [.init("v", .list)])).rows == [["[\"a\",\"é\\u000ax\"]"], ["[]"], [nil]])
        for bad in [#"{"v":[["a"]]}"#, #"{"v":{"a":1}}"#, #"{"v":7}"#] {
            #expect(sourceError { _ = try RowsRead.jsonl(bad, Model(columns: [.init("v", .list)])) }?.code == .badValue)
        }
    }
}
