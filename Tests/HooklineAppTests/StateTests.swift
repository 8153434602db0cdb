import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineStore
import MailchimpSimulator
import Testing

@Suite("What the ledger knows of an activation")
struct StateTests {
    private func rename(_ bench: Workbench, to name: String) throws {
        try FileManager.default.moveItem(atPath: bench.path("activations/vip"), toPath: bench.path("activations/\(name)"))
        try bench.write(activation: name)
        let manifest = "activations/\(name)/activation.yaml"
        try bench.write(manifest, try bench.read(manifest).replacing("Segment \(name)", with: "Segment vip"))
    }

    @Test("goes on under another name: same segment, same history, and the last run can be undone")
    func rename() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            let run = try await bench.run("vip", isConfirmed: true)[0]
            try rename(bench, to: "gold")
            #expect(try await bench.run("gold", isConfirmed: true)[0].error?.code == "engine.segment_exists")
            let app = bench.app
            let shown = try await app.renameState("vip", to: "gold", .none)
            #expect(!shown.isDone && shown.segments.map(\.members) == [10] && shown.notes.isEmpty)
            #expect(try app.standings().first { $0.activation == "vip" }?.isInWorkspace == false)
            let done = try await app.renameState("vip", to: "gold", .given)
            #expect(done.isDone)
            #expect(try app.standings().map(\.activation) == ["gold"] && app.standings()[0].lastRun?.kind == .run)
            #expect(try app.history(of: "gold", limit: 9).map(\.kind) == [.rename, .run, .run])
            let workspace = try app.workspace()
            let same = try await app.plan(try app.prepare("gold", RunChoices(), in: workspace)).report
            #expect(same.changesNothing)
            var choices = RunChoices()
            choices.allowance = SafeguardCheck.Allowance(removals: 10)
            let undone = try await app.undo(
                try app.report(of: run.run, in: workspace), try app.prepare("gold", choices, in: workspace), isConfirmed: true)
            #expect(undone.outcome == .done && bench.members(of: "vip").isEmpty)
            let refused = try await app.undo(
                try app.report(of: try #require(done.run), in: workspace), try app.prepare("gold", RunChoices(), in: workspace))
            #expect(refused.error?.code == "engine.cannot_undo")
        }
    }

    @Test("says of each number of members whether Mailchimp showed it")
    func believed() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            let app = bench.app
            _ = try await bench.run("vip", isConfirmed: true)
            #expect(try app.standings()[0].segments.map(\.seen?.by) == [.made])
            #expect(try app.standings()[0].segments.map(\.membersText) == ["10"])
            try bench.write(users: 1...11)
            let run = try await bench.run("vip", isConfirmed: true)[0]
            #expect(try app.standings()[0].segments.map(\.seen?.members) == [10])
            #expect(try app.standings()[0].segments.map(\.membersText) == ["11"])
            // An undo does not ask how many there are.
            let workspace = try app.workspace()
            let undone = try await app.undo(
                try app.report(of: run.run, in: workspace), try app.prepare("vip", RunChoices(), in: workspace), isConfirmed: true)
            #expect(undone.outcome == .done)
            #expect(try app.standings()[0].segments.map(\.membersText) == ["10 by the ledger"])
        }
    }

    @Test("gets no name that is taken, that is none, or that a run holds; and an unknown one has a hint")
    func refusals() async throws {
        try await Workbench.with { bench in
            for name in ["vip", "gold"] {
                try bench.write(activation: name)
                _ = try await bench.run(name, isConfirmed: true)
            }
            let app = bench.app
            for (old, new, code) in [
                ("vip", "gold", AppError.Code.nameTaken), ("vip", "Gold!", .usage), ("vip", "vip", .usage),
                ("vipp", "new", .unknownActivation),
            ] {
                let error = await #expect(throws: AppError.self) { try await app.renameState(old, to: new, .given) }
                #expect(error?.code == code)
            }
            let label = await #expect(throws: AppError.self) { try await app.forgetState(ForgetRequest("vip", label: "FR"), .given) }
            #expect(label?.code == .unknownLabel)
            let ledger = try app.ledger(try app.workspace())
            let lease = try ledger.lease(activation: "gold", run: "r")
            for change in [
                { @Sendable in try await app.renameState("vip", to: "gold", .given) },
                { try await app.forgetState(ForgetRequest("gold"), .given) },
                { try await app.importState("gold", segment: "Segment vip", .given) },
            ] {
                let error = await #expect(throws: StoreError.self) { _ = try await change() }
                #expect(error?.code == .held)
            }
            try lease.release()
            #expect(try app.standings().count == 2)
        }
    }

    @Test("changes only for whoever says yes", arguments: [AppAnswer.yes, .no, .nobody])
    func asks(_ answer: AppAnswer) async throws {
        try await Workbench.with(answering: answer) { bench in
            try bench.write(activation: "vip")
            _ = try await bench.run("vip", isConfirmed: true)
            let change = try await bench.app.forgetState(ForgetRequest("vip"), .ask)
            #expect(change.isDone == (answer == .yes) && bench.observer.questions.count == 1)
            #expect(try bench.app.standings()[0].isKnown == (answer != .yes))
        }
    }

    @Test("is forgotten without a trace in the status, and with one in the history; Mailchimp's segment stays")
    func forget() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            let run = try await bench.run("vip", isConfirmed: true)[0]
            try FileManager.default.removeItem(atPath: bench.path("activations/vip"))
            let app = bench.app
            #expect(try await app.forgetState(ForgetRequest("vip"), .given).segments.map(\.name) == ["Segment vip"])
            #expect(try app.standings().isEmpty && bench.members(of: "vip") == addresses(1...10))
            #expect(try app.history(of: "vip", limit: 9).map(\.kind) == [.forget, .run])
            try bench.write(activation: "vip")
            let workspace = try app.workspace()
            let undo = try await app.undo(
                try app.report(of: run.run, in: workspace), try app.prepare("vip", RunChoices(), in: workspace), isConfirmed: true)
            #expect(undo.error?.code == "engine.cannot_undo")
        }
    }

    @Test("can be another segment of Mailchimp, by name or ID, with the members that it has there")
    func takeIn() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "old")
            _ = try await bench.run("old", isConfirmed: true)
            try bench.write(activation: "vip")
            try bench.write(users: 5...12)
            _ = try await bench.run("vip", isConfirmed: true)
            let app = bench.app
            let id = try #require(bench.server.segments.first { $0.name == "Segment old" }?.id)
            let owned = await #expect(throws: EngineError.self) { try await app.importState("vip", segment: "\(id)", .given) }
            #expect(owned?.code == .segmentExists)
            let missing = await #expect(throws: EngineError.self) { try await app.importState("vip", segment: "Segment odl", .given) }
            #expect(missing?.code == .noSuchSegment && missing?.message.contains("did you mean 'Segment old'") == true)
            try FileManager.default.removeItem(atPath: bench.path("activations/old"))
            _ = try await app.forgetState(ForgetRequest("old"), .given)
            let shown = try await app.importState("vip", segment: "segment OLD", .none)
            #expect(shown.takesIn?.members == 10 && shown.segments.map(\.name) == ["Segment vip"] && !shown.isDone)
            let calls = bench.server.journal.total
            let done = try await app.importState("vip", segment: "\(id)", .given)
            #expect(done.isDone && bench.server.journal.total > calls)
            #expect(bench.members(of: "old") == addresses(1...10), "nothing changed there")
            #expect(try app.standings().flatMap(\.segments).map(\.id) == [id])
            #expect(try app.history(of: "vip", limit: 1)[0].segments.map(\.members) == [10])
            let plan = try await app.plan(try app.prepare("vip", RunChoices(), in: try app.workspace())).report
            #expect(plan.segments.map { [$0.added, $0.removed, $0.unchanged] } == [[2, 4, 6]])
        }
    }

    @Test("is not taken over by a number that is one segment's ID and another one's name")
    func ambiguous() async throws {
        try await Workbench.with { bench in
            for name in ["old", "number", "vip"] { try bench.write(activation: name) }
            _ = try await bench.run("old", isConfirmed: true)
            let id = try #require(bench.server.segments.first?.id)
            let manifest = "activations/number/activation.yaml"
            try bench.write(manifest, try bench.read(manifest).replacing("Segment number", with: "'\(id)'"))
            _ = try await bench.run("number", isConfirmed: true)
            let other = try #require(bench.server.segments.first { $0.name == "\(id)" }?.id)
            let error = await #expect(throws: EngineError.self) { try await bench.app.importState("vip", segment: "\(id)", .given) }
            #expect(error?.code == .ambiguousSegment)
            #expect(error?.message.contains("'Segment old'") == true && error?.message.contains("\(other)") == true)
        }
    }

    @Test("moves label by label")
    func labels() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { breakdown = function(user) return user.country end }")
            _ = try await bench.run("vip", isConfirmed: true)
            let app = bench.app
            let forgotten = try await app.forgetState(ForgetRequest("vip", label: "FR"), .given)
            #expect(forgotten.label == "FR" && forgotten.segments.map(\.label) == ["FR"])
            #expect(try await app.importState("vip", segment: "Segment vip · FR", label: "FR", .given).takesIn?.label == "FR")
            let plan = try await app.plan(try app.prepare("vip", RunChoices(), in: try app.workspace())).report
            #expect(plan.changesNothing && plan.segments.map(\.unchanged) == [10])
        }
    }
}
