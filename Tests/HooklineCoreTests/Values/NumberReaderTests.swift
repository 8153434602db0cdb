import HooklineCore
import Support
import Testing

@Suite("Numbers")
struct NumberReaderTests {
    private static let german = format(",", ".", ["€", "EUR"])

    private static func format(_ decimal: Character, _ thousands: Character?, _ strip: [String] = []) -> ColumnFormat {
        var format = ColumnFormat()
        format.decimal = decimal.asciiValue!
        format.thousands = thousands?.asciiValue
        format.strip = strip
        return format
    }

    @Test(
        "are read as programs write them",
        arguments: [
            ("0", 0), ("-0", 0), ("12", 12), ("+12.50", 12.5), (".5", 0.5), ("5.", 5), ("1.25e-3", 0.00125), ("1E3", 1_000), ("007", 7),
            ("0.1", 0.1), ("0.10000000000000001", 0.1), ("0.30000000000000004", 0.30000000000000004), ("1e22", 1e22),
            ("123456789012345", 123456789012345),
            ("9007199254740992", 9007199254740992), ("100000000000000000000", 1e20), ("0.0000000000000000000000", 0),
            ("0.1000000000000000055511151231257827", 0.1),
        ])
    func plain(_ text: String, _ value: Double) {
        #expect(text.lend { NumberReader(ColumnFormat()).number($0) } == value)
    }

    @Test("are those of the standard library, however many digits they have", arguments: UInt64(1)...20)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            func digits(_ most: Int) -> String {
                String((0..<Int.random(in: 0...most, using: &random)).map { _ in "0123456789".randomElement(using: &random)! })
            }
            let (whole, fraction) = (digits(12), digits(8))
            let text = ["", "-", "+"].randomElement(using: &random)! + whole + (Bool.random(using: &random) ? "." + fraction : "")
            let value = text.lend { NumberReader(ColumnFormat()).number($0) }
            if text.contains(where: \.isNumber) {
                #expect(value == Double(text) || whole.count + fraction.count > 15, "\(text)")
                #expect(value?.sign == Double(text)?.sign || value == nil)
            } else {
                #expect(value == nil, "\(text)")
            }
        }
    }

    @Test(
        "are refused if they are malformed or a Double would change them",
        arguments: [
            "", " ", "-", ".", "1,5", "1 000", "0x10", "inf", "nan", "1e", "1e1.5", "1e400", "--1", "1-", "€5", "9007199254740993",
            "12345678901234567.89",
            "1e-400", "0.1234567890123456789", "99999999999999999999",
        ])
    func refused(_ text: String) {
        #expect(text.lend { NumberReader(ColumnFormat()).number($0) } == nil)
    }

    @Test(
        "are read with the column's marks",
        arguments: [
            (german, "1.234,50", 1234.5), (german, "€ 1.234.567,5", 1_234_567.5), (german, "-1,5 €", -1.5), (german, "-€12", -12),
            (german, "€-12", -12),
            (german, "12\u{A0}EUR", 12), (german, "1234,5", 1234.5), (german, ",5", 0.5), (format(".", ","), "1,234.50", 1234.5),
            (format(",", " "), "1 234,5", 1234.5), (format(",", " "), "1\u{A0}234,5", 1234.5), (format(",", " "), "12\u{202F}345", 12345),
            (format(".", "'"), "1'234.5", 1234.5), (format(".", "'"), "1’234.5", 1234.5), (format(".", nil, ["%"]), "12.5 %", 12.5),
            (format(".", ",", ["$", "USD"]), "$1,234.50 USD", 1234.5), (german, "1.234e2", nil), (german, "12.34", nil),
            (german, "1.2345", nil),
            (german, "1234.567", nil), (german, ".123", nil), (german, "1..234", nil), (german, "1,234,5", nil), (german, "1,5.000", nil),
            (german, "€", nil), (german, "5 $", nil), (format(",", nil), "1.5", nil), (german, "1.234", 1234), (german, "--5", nil),
            (german, "", nil),
        ] as [(ColumnFormat, String, Double?)])
    func marked(_ format: ColumnFormat, _ text: String, _ value: Double?) {
        #expect(text.lend { NumberReader(format).number($0) } == value)
    }

    @Test(
        "without a fraction keep 64 bits",
        arguments: [
            ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
            ("9007199254740993", 9_007_199_254_740_993),
            ("12.0", nil), ("1e3", nil), ("", nil), ("+5", 5), ("007", 7),
        ] as [(String, Int64?)])
    func integers(_ text: String, _ value: Int64?) {
        #expect(text.lend { NumberReader(ColumnFormat()).integer($0) } == value)
    }

    @Test(
        "with a leading zero are codes if the caller says so",
        arguments: [
            ("007", true), ("-01", true), ("00", true), ("0", false), ("0.5", false), ("-0", false), ("10", false), ("01.5", true),
        ])
    func leadingZeros(_ text: String, _ isCode: Bool) {
        let reader = NumberReader(ColumnFormat())
        #expect((text.lend { reader.number($0, allowsLeadingZeros: false) } == nil) == isCode)
        #expect(
            ("€\(text)".replacing(".", with: ",").lend { NumberReader(Self.german).number($0, allowsLeadingZeros: false) } == nil) == isCode
        )
    }

    @Test(
        "read as decimals keep every digit",
        arguments: [
            ("12345678901234567890.123456789012345678901234567890", "12345678901234567890.123456789012345678901234567890"),
            ("1.5e3", "1500"), ("-1.5e-3", "-0.0015"),
            ("1e5", "100000"), ("12.50", "12.50"), ("1e401", nil), ("abc", nil), (".5", "0.5"), ("5.", "5"), ("-0e5", "-0"),
            ("1.25e1", "12.5"),
        ] as [(String, String?)])
    func decimals(_ text: String, _ value: String?) {
        var digits: [UInt8] = []
        let fits = text.lend { NumberReader(ColumnFormat()).decimal($0, into: &digits) }
        #expect((fits ? String(decoding: digits, as: UTF8.self) : nil) == value)
        #expect(fits || digits.isEmpty)
    }

    @Test("that a Double prints read back as the same Double, also by way of a decimal", arguments: 1...20)
    func roundTrip(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let reader = NumberReader(ColumnFormat())
        for _ in 0..<200 {
            let value =
                Bool.random(using: &random)
                ? Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random)) : Double.random(in: -1e6...1e6, using: &random)
            guard value.isFinite else { continue }
            #expect(value.description.lend { reader.number($0) } == value, "\(value), seed \(seed)")
            var digits: [UInt8] = []
            if value.description.lend({ reader.decimal($0, into: &digits) }) {
                #expect(Double(String(decoding: digits, as: UTF8.self)) == value)
            }
        }
    }
}
