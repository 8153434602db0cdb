import HooklineCore
import Testing

@Suite("A decimal")
struct DecimalTextTests {
    @Test(
        "compares by its value, not its spelling",
        arguments: [
            ("1", "1.0", 0), ("01.10", "1.1", 0), ("-0", "0", 0), ("2", "10", -1), ("-2", "-10", 1), ("0.1", "0.09", 1), ("-1", "1", -1),
            ("12345678901234567890.1", "12345678901234567890.2", -1), ("+3", "3", 0), ("0.100", "0.1000001", -1),
        ])
    func compare(_ left: String, _ right: String, _ sign: Int) {
        #expect(DecimalText.compare(left.utf8, right.utf8).signum() == sign)
        #expect(DecimalText.compare(right.utf8, left.utf8).signum() == -sign)
    }

    @Test("has digits, and a point only between digits", arguments: ["", "-", ".", "1.", ".5", "1e3", "1,5", "0x1", " 1", "1.2.3"])
    func invalid(_ text: String) {
        #expect(!DecimalText.isValid(text.utf8))
    }
}
