import Foundation
import Testing

@testable import Mailchimp

@Suite("Places that processes share")
struct SharedPlacesTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-slots-\(UUID().uuidString)").path

    @Test("are as many as the limit says, whoever asks, and come back when they are let go")
    func limit() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (one, other) = try (slots("a", 3), slots("a", 3))
        var held = [one.takeFree(), other.takeFree(), one.takeFree()]
        #expect(held.allSatisfy { $0 != nil })
        #expect(one.takeFree() == nil)
        #expect(other.takeFree() == nil)
        #expect(try slots("b", 3).takeFree() != nil, "another account's")
        held[1] = nil
        #expect(other.takeFree() != nil)
        _ = held
    }

    @Test("are waited for, and a wait can be cancelled")
    func waiting() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let slots = try slots("a", 1)
        var held = slots.takeFree()
        let asked = Shared<Int>(0)
        let dependencies = ClientDependencies(
            sleep: { _ in
                try Task.checkCancellation()
                asked.change { $0 += 1 }
                await Task.yield()
            }, uptime: { .zero }, unixSeconds: { 0 }, fraction: { 0 })
        let waiter = Task { try await slots.take(dependencies) }
        while asked.value < 3 { await Task.yield() }
        held = nil
        _ = try await waiter.value
        _ = held
        let last = slots.takeFree()
        let cancelled = Task { try await slots.take(dependencies) }
        while asked.value < 6 { await Task.yield() }
        cancelled.cancel()
        if last != nil { await #expect(throws: CancellationError.self) { try await cancelled.value } }
    }

    @Test("lie in a folder of ours alone: others' folders, links and open ones are not used")
    func folders() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        #expect(ConnectionSlots(folder: folder, name: "a", limit: 3) == nil)
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "/tmp")
        #expect(ConnectionSlots(folder: folder + "/link", name: "a", limit: 3) == nil)
        #expect(ConnectionSlots(folder: "/proc/nowhere", name: "a", limit: 3) == nil)
    }

    private func slots(_ name: String, _ limit: Int) throws -> ConnectionSlots {
        try #require(ConnectionSlots(folder: folder, name: name, limit: limit))
    }
}
