import Foundation
import Support

/// Random mutations of valid and hostile archives.
enum ArchiveFuzz {
    private static let environment = ProcessInfo.processInfo.environment

    static let isAsked = environment["HOOKLINE_FUZZ_SECONDS"] != nil
    static let seed = environment["HOOKLINE_SEED"].flatMap { UInt64($0) } ?? 1
    static var deadline: ContinuousClock.Instant {
        ContinuousClock.now + .seconds(environment["HOOKLINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 0)
    }

    private static let seeds: [[UInt8]] = [HostileArchive.honest] + HostileArchive.all.map(\.bytes).filter { $0.count < 1 << 17 }

    static func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = seeds.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...8, using: &generator) { mutate(&bytes, &generator) }
        return bytes
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return bytes.append(UInt8.random(in: 0...255, using: &generator)) }
        let location = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: bytes[location] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[location] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes[location] = [0, 0xFF, 0x7F, 0x80, 0x20, 0x37].randomElement(using: &generator) ?? 0
        case 3: bytes.removeSubrange(location..<min(bytes.count, location + Int.random(in: 1...600, using: &generator)))
        case 4: bytes.insert(contentsOf: bytes[location..<min(bytes.count, location + 512)], at: bytes.count / 512 / 2 * 512)
        case 5: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
        case 6: bytes += seeds.randomElement(using: &generator)?.prefix(2_048) ?? []
        case 7: fixChecksum(&bytes, block: location / 512)
        default:
            bytes[location / 512 * 512 + Int.random(in: 100..<300, using: &generator) % min(512, bytes.count - location / 512 * 512)] &+= 1
        }
    }

    /// Gives the block a valid checksum, so that it is read as a header.
    private static func fixChecksum(_ bytes: inout [UInt8], block: Int) {
        let start = block * 512
        guard start + 512 <= bytes.count else { return }
        for location in start + 148..<start + 156 { bytes[location] = 0x20 }
        let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
        let octal = String(sum, radix: 8)
        for (offset, digit) in (String(repeating: "0", count: 6 - octal.count) + octal + "\0").utf8.enumerated() {
            bytes[start + 148 + offset] = digit
        }
    }
}
