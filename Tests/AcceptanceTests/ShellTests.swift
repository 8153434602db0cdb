import Foundation
import Testing

@Suite("A command that a test runs")
struct ShellTests {
    @Test("leaves none of its files open")
    func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shell-\(UUID())").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let shell = Shell(folder: folder, environment: [:])
        #expect(try await shell.hookline("--version").status == 0)
        let started = try shell.start("--version")
        started.waitUntilExit()
        let descriptors = FileManager.default.fileExists(atPath: "/proc/self/fd") ? "/proc/self/fd" : "/dev/fd"
        let open = try FileManager.default.contentsOfDirectory(atPath: descriptors).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)")
        }
        #expect(!open.contains { $0.contains(folder.lastPathComponent) })
    }
}
