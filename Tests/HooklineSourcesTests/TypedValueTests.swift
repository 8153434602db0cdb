import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Values and the types of their columns")
struct TypedValueTests {
    /// Reads a field as a type, from a file with one row.
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
            "0", "-0.0", "12", "-12.5", ".5", "5.", "+1.25e2", "1E-3", "0.1", "9007199254740992", "1e22", "1e23",
            "1.7976931348623157e308", "4.9e-324", "0.1000000000000000055511151231257827", "0.30000000000000004",
        ])
    func numbers(_ text: String) throws {
        let expected = Double(text.hasSuffix(".") ? String(text.dropLast()) : text)
        #expect(try value(text, as: .number) == expected.map { String($0) })
    }

    @Test(
        "other text is not a number",
        arguments: [
            "inf", "-Infinity", "nan", "0x1p3", "1e", "e5", ".", "-", "1.2.3", "1,5", "1_000", "1e400", "1e5.5", "$5", "5%",
            "1e9999999999999999999", "9007199254740993", "123456789012345678", "299792458.00000000000000000000001", "1e-400",
        ])
    func noNumbers(_ text: String) {
        #expect(!fits(text, .number))
    }

    @Test("decimals keep their digits", arguments: ["0.10", "-12.340", "+1", "123456789012345678901234567890.5", "00.00"])
    func decimals(_ text: String) throws {
        #expect(try value(" \(text) ", as: .decimal) == text)
    }

    @Test("other text is not a decimal", arguments: ["1e5x", "1,5", "x", "-", "."])
    func noDecimals(_ text: String) {
        #expect(!fits(text, .decimal))
    }

    @Test(
        "booleans are PostgreSQL's words, in any case",
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
            ("2026-03-01 06:00", "1772344800"), ("2026-03-01", "1772323200"), ("1969-12-31T23:59:59Z", "-1"),
        ])
    func timestamps(_ text: String, _ expected: String) throws {
        #expect(try value(text, as: .timestamp) == expected)
    }

    @Test(
        "other text is not a timestamp",
        arguments: ["yesterday", "2026-02-30", "2026-03-01T25:00:00Z", "01/03/2026", "1772344800000", "1772344800", "20260301", "2026"])
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

    @Test("blank text is NULL", arguments: ColumnType.allCases)
    func blank(_ type: ColumnType) throws {
        for blank in ["", " \t", "\u{A0}\n", "\u{3000}"] { #expect(try value(blank, as: type) == nil) }
    }
}
