import Foundation
import HooklineApp
import HooklineCore
import Support
import Testing

@Suite("JSON that is written piece by piece")
struct StreamedJSONTests {
    private struct Value: Encodable {
        let before: String
        let lists: [String: PlannedAddresses]
        let nested: [[PlannedAddresses]]
        let zuletzt = 7
    }

    private func list(_ count: Int) -> AddressList {
        var list = AddressList()
        for number in 0..<count {
            list.append(["a\(number)@example.com", "\"q\\\(number)\"@example.com", "ü/\(number)\u{1}\u{2028}@example.org"][number % 3])
        }
        return list
    }

    @Test("is what the encoder writes, byte for byte", arguments: [0, 1, 2, 999, 1_000, 1_001, 2_500], [true, false])
    func bytes(_ count: Int, isIndented: Bool) throws {
        var file = AddressFile(in: InMemoryScratch())
        try file.append(list(count).inHashOrder())
        let value = Value(
            before: "{\n \"x\": [",
            lists: ["one": PlannedAddresses(list(count)), "none": PlannedAddresses(), "two": PlannedAddresses(file, then: list(3))],
            nested: [[PlannedAddresses(list(2)), PlannedAddresses(list(count))], []])
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            isIndented ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        var written = ""
        var longest = 0
        try StreamedJSON(value, indented: isIndented).forEachPiece {
            written += $0
            longest = max(longest, $0.utf8.count)
        }
        #expect(try Data(written.utf8) == encoder.encode(value))
        #expect(longest < 60_000)
    }
}
