import HooklineCore
import Testing

@Suite("The name of a segment")
struct SegmentNameRuleTests {
    @Test("has 1 to 100 bytes", arguments: ["a", "VIP customers", String(repeating: "é", count: 50), "vip · שלום\u{200F}"])
    func good(_ name: String) {
        #expect(SegmentNameRule.problem(with: name) == nil)
    }

    @Test(
        "is refused when it is empty, too long or not one line",
        arguments: [
            ("", SegmentNameRule.Problem.empty), (" \t\u{A0}\n", .empty), (String(repeating: "é", count: 51), .tooLong(bytes: 102)),
            (String(repeating: "x", count: 101), .tooLong(bytes: 101)), ("a\nb", .severalLines), ("a\tb", .severalLines),
            ("a\u{2028}b", .severalLines), ("a\u{202E}b", .severalLines), ("a\u{0}", .severalLines),
        ])
    func refused(_ name: String, _ problem: SegmentNameRule.Problem) {
        #expect(SegmentNameRule.problem(with: SegmentNameRule.trimmed(name)) == problem)
    }

    @Test("does not count the white space at its ends")
    func trimmed() {
        #expect(SegmentNameRule.trimmed(" \tVIP  customers\r\n") == "VIP  customers")
        #expect(SegmentNameRule.problem(with: SegmentNameRule.trimmed(String(repeating: "x", count: 100) + "  ")) == nil)
    }
}
