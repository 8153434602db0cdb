import CMD5
import Cryptography
import HooklineCore
import Support
import Testing

@Suite("MD5 of many texts at once")
struct ManyHashesTests {
    private static let ways = [HL_MD5_ONE_LANE, HL_MD5_FOUR_LANES, HL_MD5_EIGHT_LANES, HL_MD5_SIXTEEN_LANES].filter { hl_md5_has($0) }
        .map { Int($0.rawValue) }

    @Test("takes as many lanes as the processor has, and at least four")
    func lanes() {
        #expect(Self.ways.contains(4))
        #expect(Self.ways.max() == Int(hl_md5_most_lanes().rawValue))
    }

    @Test("agrees with libcrypto for every length from 0 to 300", arguments: ways)
    func lengths(lanes: Int) throws {
        var random = SeededGenerator(seed: 17)
        // Alone, with texts of the same length beside it, and with texts of all lengths beside it.
        for length in 0...300 {
            for count in [1, lanes, lanes + 1] { try check((0..<count).map { _ in bytes(length, &random) }, lanes) }
        }
        try check((0...300).map { bytes($0, &random) }, lanes)
        try check((0...300).reversed().map { bytes($0, &random) }, lanes)
    }

    @Test("agrees with libcrypto for random batches", arguments: ways, UInt64(1)...40)
    func batches(lanes: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let longest = [20, 55, 64, 130, 5_000][Int(seed % 5)]
        let texts = (0..<Int.random(in: 0...100, using: &random)).map { _ in
            bytes(Int.random(in: 0...longest, using: &random), &random)
        }
        try check(texts, lanes)
    }

    @Test("gives the hashes that addresses have alone, whatever the spelling of their domains", arguments: UInt64(1)...20)
    func addresses(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let domains =
            ["example.com"] + (seed.isMultiple(of: 2) ? ["xn--bcher-kva.example.net", "b\u{FC}cher.example.net", "xn--.example.org"] : [])
        let texts = (0..<Int.random(in: 0...50, using: &random)).map {
            "\(String(repeating: "a", count: $0 * 3))@\(domains.randomElement(using: &random) ?? "")"
        }
        var (packed, ends, hashes): ([UInt8], [UInt32], [SubscriberHash]) = ([], [], [SubscriberHash(of: "stale@example.com")])
        for text in texts {
            packed += text.utf8
            ends.append(UInt32(packed.count))
        }
        SubscriberHash.hash(packed, ends: ends, into: &hashes)
        #expect(hashes == texts.map { SubscriberHash(of: $0) })
    }

    private func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private func check(_ texts: [[UInt8]], _ lanes: Int) throws {
        var ends: [UInt32] = []
        for text in texts { ends.append((ends.last ?? 0) + UInt32(text.count)) }
        var digests = Array(repeating: hl_md5_digest(), count: texts.count)
        hl_md5_texts(hl_md5_lanes(UInt32(lanes)), texts.flatMap { $0 }, ends, texts.count, &digests)
        for (text, digest) in zip(texts, digests) {
            let expected = MD5.digest(of: text).reduce(
                into: [UInt64](repeating: 0, count: 2), { $0 = [$0[0] << 8 | $0[1] >> 56, $0[1] << 8 | UInt64($1)] })
            #expect([digest.high, digest.low] == expected, "\(text.count) bytes")
        }
    }
}
