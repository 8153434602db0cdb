import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineStore
import MailchimpSimulator
import Synchronization
import Testing

@Suite("While a change of the ledger waits for its answer, or goes on beside another")
struct StateQuestionTests {
    /// A segment that the ledger has forgotten, and activations that could take it over.
    private func forgotten(_ bench: Workbench, for names: [String]) async throws -> Standing.Segment {
        try bench.write(activation: "old")
        _ = try await bench.run("old", isConfirmed: true)
        let segment = try #require(try bench.app.standings().first?.segments.first)
        let ledger = try bench.app.ledger(try bench.app.workspace())
        try ledger.forget(
            try ledger.segments(of: "old"), RunReport(run: "f", activation: "old", kind: .forget, outcome: .done, startedAt: 1))
        try FileManager.default.removeItem(atPath: bench.path("activations/old"))
        for name in names { try bench.write(activation: name) }
        return segment
    }

    private func owners(_ bench: Workbench) throws -> [String] {
        try bench.app.standings().filter { !$0.segments.isEmpty }.map(\.activation)
    }

    @Test("another activation that takes over the segment meanwhile keeps it")
    func takenMeanwhile() async throws {
        try await Workbench.with(answering: .yes) { bench in
            let segment = try await forgotten(bench, for: ["pa", "pb"])
            let app = bench.app
            bench.observer.onEvent { event in
                guard case .changingState = event, let ledger = try? app.ledger(try app.workspace()) else { return }
                let key = SegmentKey(endpoint: segment.endpoint, audience: segment.audience, activation: "pb", label: nil)
                let record = RunReport(run: "i", activation: "pb", kind: .takeIn, outcome: .done, startedAt: 2)
                try? ledger.takeIn(
                    key, mailchimpID: segment.id ?? 0, name: segment.name, members: AddressList(), now: 2, record)
            }
            let error = await #expect(throws: EngineError.self) { try await app.importState("pa", segment: "Segment old", .ask) }
            #expect(error?.code == .segmentExists && error?.message.contains("'pb'") == true)
            #expect(try owners(bench) == ["pb"])
        }
    }

    @Test("two imports of a segment at once end with one owner")
    func atOnce() async throws {
        try await Workbench.with { bench in
            let names = ["pa", "pb", "pc"]
            _ = try await forgotten(bench, for: names)
            let codes = await withTaskGroup(of: String.self) { group in
                for name in names {
                    group.addTask {
                        do {
                            return try await bench.app.importState(name, segment: "Segment old", .given).isDone ? "done" : ""
                        } catch { return (error as? EngineError)?.code.rawValue ?? "\(error)" }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.sorted() == ["done", "engine.segment_exists", "engine.segment_exists"])
            #expect(try owners(bench).count == 1)
        }
    }

    @Test("a run may hold the activation")
    func holdsNothing() async throws {
        try await Workbench.with(answering: .yes) { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            let app = bench.app
            let wasFree = Mutex(false)
            bench.observer.onEvent { event in
                guard case .changingState = event, let ledger = try? app.ledger(try app.workspace()) else { return }
                let lease = try? ledger.lease(activation: "vip", run: "r")
                wasFree.withLock { $0 = lease != nil }
                try? lease?.release()
            }
            #expect(try await app.renameState("vip", to: "gold", .ask).isDone)
            #expect(wasFree.withLock { $0 })
        }
    }

    @Test("what was shown may change: then nothing is done")
    func changedMeanwhile() async throws {
        try await Workbench.with(answering: .yes) { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            let app = bench.app
            bench.observer.onEvent { event in
                guard case .changingState = event, let ledger = try? app.ledger(try app.workspace()),
                    let segment = try? ledger.segments(of: "vip").first, let id = segment.mailchimpID
                else { return }
                try? ledger.isLive(segment, mailchimpID: id, name: segment.name + "!", now: 9)
            }
            for change in [
                { @Sendable in try await app.renameState("vip", to: "gold", .ask) },
                { try await app.forgetState(ForgetRequest("vip"), .ask) },
            ] {
                let error = await #expect(throws: AppError.self) { _ = try await change() }
                #expect(error?.code == .stateChanged)
            }
            #expect(try owners(bench) == ["vip"])
        }
    }

    @Test("a no is told from nobody being there", arguments: [AppAnswer.no, .nobody])
    func declined(_ answer: AppAnswer) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            #expect(try await bench.app.forgetState(ForgetRequest("vip"), .ask).wasDeclined == (answer == .no))
        }
    }
}
