import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineStore
import MailchimpSimulator
import Testing

@Suite("Segments that nothing keeps in step anymore")
struct LeftoversTests {
    /// Moves the destination to the other audience.
    private func move(_ bench: Workbench) throws {
        try bench.write(
            "hookline.yaml", bench.manifest.replacing("audience: \(bench.server.audience)", with: "audience: \(Workbench.otherAudience)"))
    }

    private func codes(_ bench: Workbench, _ names: [String] = []) async throws -> [String] {
        try await bench.app.check(CheckRequest(names)).issues.map(\.code)
    }

    private func warnings(of doctor: [LedgerFinding]) -> [String] { doctor.filter { $0.severity == .warning }.map(\.subject) }

    @Test("are told by check, status, doctor, plan, and run once the destination has another audience, until they are let go of")
    func audience() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            #expect(try await codes(bench).isEmpty)
            try move(bench)
            for names in [[], ["vip"]] { #expect(try await codes(bench, names) == ["segment.left_behind"]) }
            let standing = try #require(try bench.app.standings().first)
            #expect(standing.segments.map(\.isLeftBehind) == [true] && standing.leftover?.contains("state forget vip --elsewhere") == true)
            #expect(warnings(of: try await Doctor(bench.app, repairs: false, patience: .seconds(600)).examine()) == ["segments"])
            let plan = try await bench.app.plan(try bench.app.prepare("vip", RunChoices(), in: try bench.app.workspace())).report
            #expect(plan.warnings.map(\.code).contains("segment.left_behind"))
            #expect(try await bench.run("vip", isConfirmed: true)[0].warnings.map(\.code).contains("segment.left_behind"))

            var request = ForgetRequest("vip")
            request.isElsewhere = true
            let done = try await bench.app.forgetState(request, .given)
            #expect(done.segments.map(\.isLeftBehind) == [true] && done.notes.isEmpty)
            #expect(bench.members(of: "vip") == addresses(1...10), "it stays as it is")
            #expect(try await codes(bench).isEmpty)
            #expect(try bench.app.standings().first?.segments.map(\.audience) == [Workbench.otherAudience])
            let error = await #expect(throws: AppError.self) { try await bench.app.forgetState(request, .given) }
            #expect(error?.code == .noneElsewhere)
        }
    }

    @Test("are deleted or emptied at Mailchimp where that is asked for", arguments: [SegmentDisposal.delete, .empty])
    func disposed(_ disposal: SegmentDisposal) async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { breakdown = function(user) return user.country end }")
            _ = try await bench.run("vip", isConfirmed: true)
            try move(bench)
            var request = ForgetRequest("vip")
            request.isElsewhere = true
            request.disposal = disposal
            let shown = try await bench.app.forgetState(request, .none)
            #expect(!shown.isDone)
            #expect(bench.server.segments.map(\.members.count) == [10])
            #expect(try await bench.app.forgetState(request, .given).isDone)
            #expect(bench.server.segments.map(\.members.count) == (disposal == .delete ? [] : [0]))
            #expect(try bench.app.standings().flatMap(\.segments).isEmpty)
        }
    }

    @Test("stay in the ledger when they cannot be deleted, and the command can be repeated")
    func interrupted() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            var request = ForgetRequest("vip")
            request.disposal = .delete
            // The account has lost the audience: a segment that is not found there says nothing.
            let ledger = try bench.app.ledger(try bench.app.workspace())
            let segment = try #require(try ledger.segments(of: "vip").first)
            let gone = SegmentKey(endpoint: segment.key.endpoint, audience: "a0a0a0", activation: "gone", label: nil)
            try ledger.takeIn(
                gone, mailchimpID: 7, name: "Gone", members: AddressList(), now: 1,
                RunReport(run: "i", activation: "gone", kind: .takeIn, outcome: .done, startedAt: 1))
            var other = ForgetRequest("gone")
            other.disposal = .delete
            let refused = await #expect(throws: EngineError.self) { try await bench.app.forgetState(other, .given) }
            #expect(refused?.code == .noSuchAudience)
            #expect(try ledger.segments(of: "gone").count == 1)
            // Deleted there, but the process was killed before the ledger knew.
            try ledger.willClear(segment, phase: .deleting, now: 2)
            #expect(try await bench.app.forgetState(request, .given).isDone)
            #expect(try ledger.segments(of: "vip").isEmpty && bench.server.segments.isEmpty)
        }
    }

    @Test("of an account that no destination reaches are nobody's to delete, and the error says so")
    func noDestination() async throws {
        try await Workbench.with { bench in
            let ledger = try bench.app.ledger(try bench.app.workspace())
            let key = SegmentKey(endpoint: "https://us5.api.mailchimp.com/3.0", audience: "a0a0a0", activation: "old", label: nil)
            try ledger.takeIn(
                key, mailchimpID: 7, name: "Old", members: AddressList(), now: 1,
                RunReport(run: "i", activation: "old", kind: .takeIn, outcome: .done, startedAt: 1))
            var request = ForgetRequest("old")
            request.disposal = .empty
            let error = await #expect(throws: AppError.self) { try await bench.app.forgetState(request, .given) }
            #expect(error?.code == .noDestination)
        }
    }

    @Test("are told of an activation that the workspace has no more, with its new name where that is plain")
    func gone() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            try FileManager.default.moveItem(atPath: bench.path("activations/vip"), toPath: bench.path("activations/gold"))
            try bench.write(activation: "gold")
            let manifest = "activations/gold/activation.yaml"
            try bench.write(manifest, try bench.read(manifest).replacing("Segment gold", with: "Segment vip"))
            let issues = try await bench.app.check(CheckRequest()).issues
            #expect(issues.map(\.code) == ["state.not_in_workspace"] && issues[0].severity == .warning)
            #expect(issues[0].message.contains("hookline state rename vip gold") && issues[0].message.contains("10 members"))
            #expect(try await codes(bench, ["gold"]).isEmpty, "only where all are asked for")
            #expect(try bench.app.standings().compactMap(\.leftover).count == 1)
            #expect(warnings(of: try await Doctor(bench.app, repairs: false, patience: .seconds(600)).examine()) == ["segments"])
            let stopped = try await bench.run("gold", isConfirmed: true)[0]
            #expect(stopped.error?.code == "engine.segment_exists")
            #expect(stopped.error?.advice?.contains("hookline state rename vip gold") == true)
            _ = try await bench.app.renameState("vip", to: "gold", .given)
            #expect(try await codes(bench).isEmpty)
            #expect(warnings(of: try await Doctor(bench.app, repairs: false, patience: .seconds(600)).examine()).isEmpty)
        }
    }
}
