import HooklineCore
import Support
import Testing

@Suite("A sum of decimals")
struct DecimalSumTests {
    private func sum(_ numbers: [String]) -> DecimalSum {
        numbers.reduce(into: DecimalSum()) { $0.add(Array($1.utf8)) }
    }

    @Test(
        "is exact, and has no more digits than it needs",
        arguments: [
            (["0.1", "0.2"], "0.3"), (["1.50", "-1.5"], "0"), (["-0.05"], "-0.05"), ([], "0"), (["007", "+1"], "8"),
            (["99999999999999999999999999999999999999", "1"], "100000000000000000000000000000000000000"),
            (["1e0".replacing("e0", with: ""), "0.0000000000000000000000000001"], "1.0000000000000000000000000001"),
            (["-100000000000000000000000000000000000000.5", "0.25"], "-100000000000000000000000000000000000000.25"),
            (["123456789012345678901234567890123.5", "-123456789012345678901234567890123.5"], "0"),
        ])
    func exact(_ numbers: [String], _ text: String) {
        #expect(sum(numbers).text == text)
        #expect(sum(numbers.reversed()).text == text)
    }

    @Test(
        "has an average that is rounded half away from zero",
        arguments: [
            (["1", "2"], "1.5"), (["1", "1", "0"], "0.6666666667"), (["-1", "-1", "0"], "-0.6666666667"),
            (["0.00000000015", "0"], "0.00000000008"),
            (["9.99999999999", "9.99999999999", "10"], "9.99999999999"),
            (["100000000000000000000000000000000000000", "0"], "50000000000000000000000000000000000000"),
        ])
    func average(_ numbers: [String], _ text: String) {
        #expect(sum(numbers).average == text)
    }

    @Test("is that of whole numbers, in any order", arguments: UInt64(1)...50)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let numbers = (0..<20).map { _ in Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random) }
        let texts = numbers.map { String($0) + ["", ".0", ".000000000000000000000"].randomElement(using: &random)! }
        #expect(sum(texts.shuffled(using: &random)).text == String(numbers.reduce(0, +)))
    }
}
