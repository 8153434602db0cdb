import Foundation
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("A temporary file")
struct ScratchFileTests {
    private func append(_ text: String, to file: ScratchFile) throws -> Int {
        try Array(text.utf8).withUnsafeBytes { try file.append($0) }
    }

    private func read(_ count: Int, at position: Int, of file: ScratchFile) throws -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        try bytes.withUnsafeMutableBytes { try file.read(at: position, into: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("returns what was written, and nobody sees it in its folder")
    func roundTrip() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try ScratchFile(in: folder)
        #expect(try append("first", to: file) == 0)
        #expect(try append("second", to: file) == 5)
        #expect(try read(6, at: 5, of: file) == "second" && read(5, at: 0, of: file) == "first")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        // What was never written is a mistake, not an endless wait.
        #expect(throws: StoreError.self) { try read(1, at: 11, of: file) }
    }

    @Test("that has no room says so")
    func full() throws {
        let descriptor = open("/dev/full", O_RDWR)
        try #require(descriptor >= 0)
        let file = ScratchFile(descriptor: descriptor, folder: "/somewhere")
        let error = #expect(throws: StoreError.self) { try append("something", to: file) }
        #expect(error?.code == .diskFull && error?.location == "/somewhere")
    }

    @Test("cannot be made in a folder that does not exist")
    func missing() throws {
        let error = #expect(throws: StoreError.self) { try ScratchFile(in: "/nowhere/at/all") }
        #expect(error?.code == .cannotOpen)
    }
}
