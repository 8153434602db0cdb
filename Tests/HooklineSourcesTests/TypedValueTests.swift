import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Values and the types of their columns")
struct TypedValueTests {
    /// A field read as a type, from a file with one row.
    ///
    /// - Throws: `sources.bad_value` if it does not fit.
    private func value(_ text: String, as type: ColumnType) throws -> String? {
        let quoted = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        let read = try RowsRead.csv("v,other\n\"\(quoted)\",x\n", Model(columns: [.init("v", type)]))
        return try #require(read.rows.first)[0]
    }

    private func fits(_ text: String, _ type: ColumnType) -> Bool {
        sourceError { _ = try value(text, as: type) }?.code != .badValue
    }

    @Test(
        "integers have 64 bits and are written in digits",
        arguments: [
            ("0", "0"), ("-1", "-1"), ("+7", "7"), ("007", "7"), (" 42\t", "42"), ("-0", "0"),
            ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ])
    func integers(_ text: String, _ expected: String) throws {
        #expect(try value(text, as: .integer) == expected)
    }

    @Test(
        "other text is not an integer",
        arguments: ["1.0", "1e3", "x", "-", "+", "--1", "1 2", "1,000", "0x10", "9223372036854775808", "-9223372036854775809", "٣"])
    func noIntegers(_ text: String) {
        #expect(!fits(text, .integer))
    }

    @Test(
        "numbers are read to the nearest Double",
        arguments: [
            "0", "-0.0", "12", "-12.5", ".5", "5.", "+1.25e2", "1E-3", "0.1", "123456789012345678", "9007199254740993", "1e22", "1e23",
            "1.7976931348623157e308",
            "4.9e-324", "1e-400", "0.1000000000000000055511151231257827", "299792458.00000000000000000000001", "18446744073709551617",
            "99999999999999999999.9",
        ])
    func numbers(_ text: String) throws {
        let expected = Double(text.hasSuffix(".") ? String(text.dropLast()) : text)
        #expect(try value(text, as: .number) == expected.map { String($0) })
    }

    @Test("random numbers are read like by the standard library", arguments: 0..<20 as Range<UInt64>)
    func randomNumbers(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...63, using: &generator))
            let point = digits.index(digits.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &generator))
            let exponent = Bool.random(using: &generator) ? "e\(Int.random(in: -30...30, using: &generator))" : ""
            let text = digits[..<point] + "." + digits[point...] + exponent
            let parsed = Array(text.utf8).withUnsafeBufferPointer { FieldText.number($0) }
            let whole = digits[..<point].isEmpty ? "0" : String(digits[..<point])
            let fraction = digits[point...].isEmpty ? "0" : String(digits[point...])
            #expect(parsed == Double(whole + "." + fraction + exponent), "\(text)")
        }
    }

    @Test(
        "other text is not a number",
        arguments: [
            "inf", "-Infinity", "nan", "0x1p3", "1e", "e5", ".", "-", "1.2.3", "1,5", "1_000", "1e400", "1e5.5", "$5", "5%",
            "1e9999999999999999999",
        ])
    func noNumbers(_ text: String) {
        #expect(!fits(text, .number))
    }

    @Test("decimals keep their digits", arguments: ["0.10", "-12.340", "+1", "123456789012345678901234567890.5", "00.00"])
    func decimals(_ text: String) throws {
        #expect(try value(" \(text) ", as: .decimal) == text)
    }

    @Test("other text is not a decimal", arguments: ["1e5", ".5", "5.", "1,5", "x", "-"])
    func noDecimals(_ text: String) {
        #expect(!fits(text, .decimal))
    }

    @Test(
        "booleans are words as in PostgreSQL, in any case",
        arguments: [
            ("true", "1"), ("T", "1"), ("Yes", "1"), ("y", "1"), ("ON", "1"), ("1", "1"), ("FALSE", "0"), ("f", "0"), ("No", "0"),
            ("N", "0"), ("off", "0"),
            (" 0 ", "0"),
        ])
    func booleans(_ text: String, _ expected: String) throws {
        #expect(try value(text, as: .boolean) == expected)
    }

    @Test("other words are not booleans", arguments: ["2", "tru", "truee", "oui", "-1", "0.0", "null", "\u{11}"])
    func noBooleans(_ text: String) {
        #expect(!fits(text, .boolean))
    }

    @Test(
        "timestamps become Unix seconds",
        arguments: [
            ("2026-03-01T06:00:00Z", "1772344800"), ("2026-03-01 07:00:00+01:00", "1772344800"), ("2026-03-01T06:00:00.999Z", "1772344800"),
            ("2026-03-01 06:00", "1772344800"), ("1772344800", "1772344800"), ("2026-03-01", "1772323200"), ("1969-12-31T23:59:59Z", "-1"),
        ])
    func timestamps(_ text: String, _ expected: String) throws {
        #expect(try value(text, as: .timestamp) == expected)
    }

    @Test(
        "other text is not a timestamp",
        arguments: ["yesterday", "2026-02-30", "2026-03-01T25:00:00Z", "01/03/2026", "1772344800000", "2026"])
    func noTimestamps(_ text: String) {
        #expect(!fits(text, .timestamp))
    }

    @Test("dates are stored as written")
    func dates() throws {
        #expect(try value(" 2024-02-29 ", as: .date) == "2024-02-29")
        for text in ["2023-02-29", "2024-2-9", "2024-02-29T00:00:00Z", "29.02.2024"] { #expect(!fits(text, .date)) }
    }

    @Test("JSON is stored as written, and must be valid")
    func json() throws {
        #expect(try value(" {\"a\": [1, null]} ", as: .json) == "{\"a\": [1, null]}")
        #expect(try value("12", as: .json) == "12")
        for text in ["{", "{'a':1}", "nul", "1 2", "\"\\ud800\"", "[1,]", "01"] { #expect(!fits(text, .json)) }
    }

    @Test("whitespace alone is NULL, except in text columns", arguments: ColumnType.allCases)
    func blank(_ type: ColumnType) throws {
        #expect(try value(" \t", as: type) == (type == .text ? " \t" : nil))
        #expect(try value("", as: type) == (type == .text ? "" : nil))
    }

    @Test("the fast readers agree with those of Core on any text", arguments: 0..<20 as Range<UInt64>)
    func quickReaders(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let starts = [
            "2024-02-29T23:59:59Z", "2023-12-31 00:00:00", "1969-07-20", "2024-02-29T12:00:60Z", "-12.50", "+0.1", "0000-01-01T24:00:00Z",
        ]
        let alphabet = Array("0123456789-+:.TZ tz".utf8)
        for _ in 0..<500 {
            var text = Array((starts.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let byte = alphabet.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0...2, using: &generator) {
                case 0: text[Int.random(in: text.indices, using: &generator)] = byte
                case 1: text.insert(byte, at: Int.random(in: 0...text.count, using: &generator))
                default: text.remove(at: Int.random(in: text.indices, using: &generator))
                }
            }
            text.withUnsafeBufferPointer { bytes in
                let written = String(decoding: bytes, as: UTF8.self)
                #expect(FieldText.timestamp(bytes) == Timestamp.parse(bytes), "\(written)")
                #expect(FieldText.isDate(bytes) == (CalendarDate(bytes) != nil), "\(written)")
                #expect(FieldText.isDecimal(bytes) == DecimalText.isValid(bytes), "\(written)")
            }
        }
    }
}
