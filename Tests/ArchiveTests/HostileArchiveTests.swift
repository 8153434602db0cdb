import Archive
import Support
import Testing

@Suite("A hostile archive")
struct HostileArchiveTests {
    @Test("is refused with the reason", arguments: HostileArchive.all)
    func refused(_ archive: HostileArchive) {
        let error = #expect(throws: ArchiveError.self) { try TarReader.entries(of: archive.bytes) }
        #expect(error?.code.rawValue.hasPrefix(archive.code) == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F } == true, "\(error?.message ?? "")")
    }

    @Test("comes in at least 40 kinds, each with its own name")
    func enough() {
        #expect(HostileArchive.all.count >= 40)
        #expect(Set(HostileArchive.all.map(\.name)).count == HostileArchive.all.count)
        #expect(throws: Never.self) { try TarReader.entries(of: HostileArchive.honest) }
    }

    @Test("is refused, or differs visibly in its contents, if any single bit of a valid one is flipped")
    func everyBit() throws {
        let honest = HostileArchive.honest
        let entries = try TarReader.entries(of: honest)
        for location in honest.indices {
            for bit in 0..<8 {
                let flipped = honest.replacing(at: location, with: honest[location] ^ (1 << bit))
                guard let read = try? TarReader.entries(of: flipped) else { continue }
                // Only a bit of a file's content can be flipped unnoticed here; a package's lock detects that.
                #expect(read != entries)
                #expect(read.map(\.path) == entries.map(\.path))
            }
        }
    }

    @Test("is refused if it is a valid one that is cut off anywhere")
    func everyLength() {
        for length in HostileArchive.honest.indices {
            #expect(throws: ArchiveError.self) { try TarReader.entries(of: Array(HostileArchive.honest.prefix(length))) }
        }
    }

    /// `HOOKLINE_FUZZ_SECONDS=600` runs it for ten minutes, and `HOOKLINE_SEED` chooses other archives.
    @Test("is refused or read exactly, whatever is changed at random")
    func fuzz() throws {
        var generator = SeededGenerator(seed: ArchiveFuzz.seed)
        let end = ArchiveFuzz.deadline
        var rounds = 0
        repeat {
            for _ in 0..<200 {
                let bytes = ArchiveFuzz.mutated(&generator)
                if let entries = try? TarReader.entries(of: bytes) { #expect(try TarWriter.archive(of: entries) == bytes) }
                rounds += 1
            }
        } while ContinuousClock.now < end
        if ArchiveFuzz.isAsked { print("tried \(rounds) archives") }
    }
}
