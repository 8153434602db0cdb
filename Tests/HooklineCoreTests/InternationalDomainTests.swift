import Support
import Testing
import Text

@Suite("An address with an international domain")
struct InternationalDomainTests {
    /// Byte by byte.
    private func isPossible(_ bytes: [UInt8]) -> Bool {
        let prefixes: [[UInt8]] = [Array("xn--".utf8), Array("Xn--".utf8), Array("xN--".utf8), Array("XN--".utf8)]
        return bytes.contains { $0 >= 0x80 } || bytes.indices.contains { index in prefixes.contains { bytes[index...].starts(with: $0) } }
    }

    @Test("is found wherever its mark is", arguments: UInt64(1)...50)
    func possible(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let letters = Array("xnXN----ab".utf8)
            var bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
            if !bytes.isEmpty, random.next() % 8 == 0 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = 0x80 }
            #expect(bytes.withUnsafeBufferPointer { InternationalDomain.isPossible(in: $0) } == isPossible(bytes), "\(bytes)")
        }
    }
}
