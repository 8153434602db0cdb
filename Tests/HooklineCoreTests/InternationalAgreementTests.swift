import CText
import Foundation
import HooklineCore
import Support
import Testing
import Text

@Suite("An international domain in lookups and in the engine")
struct InternationalAgreementTests {
    /// A normalized address as lookups compare it; nil for what is no address.
    private func letters(_ text: String) -> String? {
        withUnsafeTemporaryAllocation(of: hl_address.self, capacity: 1) { room in
            let found = Array(text.utf8CString).withUnsafeBufferPointer { hl_read_address($0.baseAddress, $0.count - 1, room.baseAddress) }
            guard found == HL_ADDRESS_FOUND else { return nil }
            return withUnsafeBytes(of: &room[0].bytes) { bytes in
                let (start, length) = (room[0].domain, room[0].length)
                let domain = UnsafeRawBufferPointer(rebasing: bytes[start..<length]).assumingMemoryBound(to: CChar.self)
                var out = [CChar](repeating: 0, count: Int(HL_LETTERS_LIMIT))
                let count = hl_write_in_letters(domain.baseAddress, domain.count, &out)
                let hasSpellings = hl_has_spellings(domain.baseAddress, domain.count)
                let written = out[..<count].map { UInt8(bitPattern: $0) }
                if !hasSpellings { #expect(written == Array(bytes[start..<length])) }
                return String(decoding: bytes[..<start], as: UTF8.self) + String(decoding: written, as: UTF8.self)
            }
        }
    }

    /// Differences by codes: Swift's `==` takes composed and decomposed letters for the same.
    private func codes(_ text: String) -> [String] { text.unicodeScalars.map { String($0.value, radix: 16) } }

    private func expectAgreement(_ address: String) {
        guard let found = letters(address) else { return }
        let expected = EmailAddress.compared(address)
        #expect(found.utf8.elementsEqual(expected.utf8), "\(codes(address)): \(codes(found)), not \(codes(expected))")
    }

    @Test("is the same for every character, composed, decomposed, and as xn--")
    func everyCharacter() {
        var addresses = 0
        for code in UInt32(0x80)...0x1_0FFFF {
            guard let scalar = Unicode.Scalar(code), !(0xAE00...0xD700).contains(code), !(0x2_0000...0x2_F7FF).contains(code),
                code < 0x3_0000
            else {
                continue
            }
            for text in ["a@x\(scalar)y.example", "a@x\(String(scalar).decomposedStringWithCanonicalMapping)y.example"]
            where letters(text) != nil {
                addresses += 1
                let (found, expected) = (letters(text) ?? "", EmailAddress.compared(text))
                if !found.utf8.elementsEqual(expected.utf8) { Issue.record("\(codes(text)): \(codes(found)), not \(codes(expected))") }
                let ascii = InternationalDomain.inASCII(EmailAddress.normalized(text))
                if let other = letters(ascii), !other.utf8.elementsEqual(expected.utf8) { Issue.record("\(ascii): \(codes(other))") }
            }
        }
        #expect(addresses > 50_000)
    }

    @Test("is the same for random domains", arguments: [1, 2, 3, 4] as [UInt64])
    func randomDomains(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces =
            [
                "xn--", "XN--", "-", ".", ".xn--", "bcher-kva", "kva", "a", "z", "0", "9", "99999", "ü", "u\u{308}", "\u{308}", "\u{323}",
                "\u{345}",
            ]
            + [
                "한", "\u{1112}", "\u{1161}", "\u{11AB}", "例", "ẞ", "Ǖ", "\u{1F82}", "\u{3B1}\u{313}", "\u{FB2C}", "\u{915}\u{93C}",
                "\u{1D160}",
            ]
            + ["\u{F900}", "İ", "σ", "Σ", "😀", "\u{200D}", "\u{9C7}\u{9BE}", "\u{5B0}", "\u{5B1}", "\u{59A}", "@", " "]
        for _ in 0..<5_000 {
            let domain = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            expectAgreement("a@\(domain).example")
        }
    }

    @Test("is the same for random labels that look like xn--", arguments: [5, 6] as [UInt64])
    func randomLabels(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789-")
        for _ in 0..<5_000 {
            let label = String((0..<Int.random(in: 0...59, using: &random)).map { _ in digits.randomElement(using: &random) ?? "a" })
            expectAgreement("a@mail.xn--\(label).example")
        }
    }

    @Test("of which only the letters are too long for 63 bytes is an address in both spellings")
    func longLabels() {
        let label = String(repeating: "例え", count: 15)
        let ascii = InternationalDomain.inASCII("a@\(label).example")
        #expect(ascii.utf8.count <= 63 + 10 && label.utf8.count == 90)
        #expect(letters(ascii) != nil && letters(ascii) == letters("a@\(label).example"))
        #expect(letters("a@\(String(repeating: "é", count: 64)).example") == nil)
    }

    @Test("takes a bounded time, whatever it has")
    func hostile() {
        let marks = String(repeating: "\u{323}\u{301}\u{344}", count: 21)
        let texts = [
            "a@\(marks).\(marks).example", "a@xn--\(String(repeating: "9", count: 59)).example",
            "a@" + String(repeating: "xn--a.", count: 40) + "example",
        ]
        for text in texts + [String(repeating: "xn--", count: 1 << 20), "a@" + String(repeating: "ü", count: 1 << 20)] {
            expectAgreement(text)
        }
        #expect(texts.contains { letters($0) != nil })
    }
}
