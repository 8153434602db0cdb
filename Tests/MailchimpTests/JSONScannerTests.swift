import Foundation
import Support
import Testing

@testable import Mailchimp

@Suite("Walking through JSON")
struct JSONScannerTests {
    @Test("any document that an encoder writes is walked through, and its strings come out whole")
    func random() throws {
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<300 {
            let value = Self.value(depth: 4, &generator)
            let data = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed])
            let strings = try JSONScanner.scan(Array(data)) { try Self.strings(&$0) }
            #expect(strings.sorted() == Self.strings(in: value).sorted())
        }
    }

    @Test("a document that was cut off anywhere is no document")
    func truncated() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<60 {
            let value = ["whole": Self.value(depth: 3, &generator)]
            let bytes = Array(try JSONSerialization.data(withJSONObject: value))
            for length in 0..<bytes.count {
                #expect(throws: JSONScanner.Fault.self) { try JSONScanner.scan(Array(bytes[..<length])) { try $0.skip() } }
            }
        }
    }

    @Test("it accepts and refuses what another parser does, whatever byte is changed")
    func mutated() throws {
        var generator = SeededGenerator(seed: 21)
        let alphabet = Array(#"{}[]:,"\0123456789eE+-. truefalsn/"#.utf8)
        for _ in 0..<3_000 {
            var bytes = Array(try JSONSerialization.data(withJSONObject: ["k": Self.value(depth: 2, &generator)]))
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = alphabet.randomElement(using: &generator) ?? 0
            }
            // Unlike us, the other parser looks into strings and at the size of numbers, so it may refuse more. It accepts less
            // strictly only a comma with nothing after it.
            let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
            let ours = (try? JSONScanner.scan(bytes) { try $0.skip() }) != nil
            if theirs, String(decoding: bytes, as: UTF8.self).firstMatch(of: /,\s*[}\]]/) == nil {
                #expect(ours, Comment(rawValue: String(decoding: bytes, as: UTF8.self)))
            }
        }
    }

    @Test(
        "what the grammar forbids is refused",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "01", "1.", ".5", "1e", "+1", "-", "tru", "nulll", "\"\u{1}\"",
            "\"\\x\"",
            "\"\\u12g4\"", "[1 2]", "1 1", "{\"a\":1 \"b\":2}", "'a'", "NaN", "\"abc",
        ])
    func refused(text: String) {
        #expect(throws: JSONScanner.Fault.self) { try JSONScanner.scan(Array(text.utf8)) { try $0.skip() } }
    }

    @Test(
        "what the grammar allows is accepted",
        arguments: ["0", "-0", "-1.5E+10", "1e5", " [ ] ", "{ }", "\t{\"a\" : [ null , true,false ] }\r\n", "\"\\/\\b\""])
    func accepted(text: String) throws {
        try JSONScanner.scan(Array(text.utf8)) { try $0.skip() }
    }

    @Test(
        "escapes become what they stand for",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00""#, "😀"),
            (#""\ud83d!""#, "\u{FFFD}!"),
            (#""\ude00\u0041""#, "\u{FFFD}A"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""é\n""#, "é\n"),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try JSONScanner.scan(Array(text.utf8)) { try $0.string() } == expected)
    }

    @Test("strings that aren't UTF-8 are refused when they are read")
    func notUTF8() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x5C, 0x6E, 0x22]] {
            #expect(throws: JSONScanner.Fault.self) { try JSONScanner.scan(bytes) { try $0.string() } }
        }
    }

    @Test("a field is known by its name, however it is spelled")
    func keys() throws {
        let bytes = Array(#"{"\u0061b":1,"ab":2,"abc":3,"":4}"#.utf8)
        var matches = 0
        try JSONScanner.scan(bytes) { scanner in
            try scanner.object { scanner, key in
                if key.matches("ab") { matches += 1 }
                try scanner.skip()
            }
        }
        #expect(matches == 2)
    }

    @Test("a document nested beyond all reason is refused, not followed")
    func deep() throws {
        let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        try JSONScanner.scan(Array(allowed.utf8)) { try $0.skip() }
        let tooDeep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONScanner.Fault.tooDeep(at: 65)) { try JSONScanner.scan(tooDeep) { try $0.skip() } }
    }

    private static func strings(_ scanner: inout JSONScanner) throws -> [String] {
        var found: [String] = []
        if scanner.isNext("{") {
            try scanner.object { scanner, _ in found += try strings(&scanner) }
        } else if scanner.isNext("[") {
            try scanner.array { found += try strings(&$0) }
        } else if scanner.isNext("\"") {
            found.append(try scanner.string())
        } else {
            try scanner.skip()
        }
        return found
    }

    private static func strings(in value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let array as [Any]: array.flatMap { strings(in: $0) }
        case let object as [String: Any]: object.values.flatMap { strings(in: $0) }
        default: []
        }
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> Any {
        let texts = ["", "a@example.com", "\"quoted\"", "tab\tline\n", "é😀", "back\\slash", "\u{1F}", "null"]
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0, 1: return texts.randomElement(using: &generator) ?? ""
        case 2: return Int.random(in: -1_000_000...1_000_000, using: &generator)
        case 3: return Double.random(in: -1e9...1e9, using: &generator)
        case 4: return Bool.random(using: &generator)
        case 5: return (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth: depth - 1, &generator) }
        default:
            let fields = (0..<Int.random(in: 0...4, using: &generator)).map { ("k\($0)\"", value(depth: depth - 1, &generator)) }
            return Dictionary(uniqueKeysWithValues: fields)
        }
    }
}
