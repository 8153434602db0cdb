import Foundation
import HooklineCore
import Testing

@Suite("What stopped or failed a run")
struct RunFailureTests {
    private let failure = RunFailure("safeguards.size", "too small", advice: "To go ahead: --allow-small")

    @Test("is code, message and advice in JSON, and none of them is ever missing")
    func json() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func text(_ failure: RunFailure) throws -> String { String(decoding: try encoder.encode(failure), as: UTF8.self) }
        #expect(try text(failure) == #"{"advice":"To go ahead: --allow-small","code":"safeguards.size","message":"too small"}"#)
        #expect(try text(RunFailure("a.b", "c")) == #"{"advice":null,"code":"a.b","message":"c"}"#)
        #expect(try JSONDecoder().decode(RunFailure.self, from: encoder.encode(failure)) == failure)
    }

    @Test("can be read from the record of a run before there was advice")
    func older() throws {
        let old = try JSONDecoder().decode(RunFailure.self, from: Data(#"{"code":"a.b","message":"c"}"#.utf8))
        #expect(old == RunFailure("a.b", "c"))
    }

    @Test("reads as one sentence after the other, and says when nothing was sent")
    func text() {
        var report = RunReport(run: "r", activation: "a", kind: .run, outcome: .failed, error: failure, startedAt: 0)
        #expect(report.failureText == "too small. To go ahead: --allow-small")
        report.outcome = .stopped
        #expect(report.failureText == "Stopped before sending: too small. To go ahead: --allow-small")
        report.error = nil
        #expect(report.failureText == nil)
    }

    @Test("leaves members and rows unknown where it came before the plan")
    func early() {
        var report = RunReport(run: "r", activation: "a", kind: .run, outcome: .failed, error: failure, startedAt: 0)
        #expect(!report.knowsMembers && !report.knowsRows)
        report.segments = [SegmentReport(label: nil, id: 1, name: "A", members: 3, added: 1, removed: 0, unchanged: 2)]
        #expect(report.knowsMembers && report.knowsRows)
        report.error?.code = "run.interrupted"
        #expect(!report.knowsRows)
        report.error = nil
        report.segments = []
        #expect(report.knowsMembers && report.knowsRows)
        report.kind = .undo
        #expect(!report.knowsRows)
    }

    @Test("knows the safeguards' codes from the others")
    func safeguards() {
        for code in SafeguardCheck.Code.allCases { #expect(RunFailure.Code(code).isSafeguard) }
        #expect(!RunFailure.Code("review.stopped").isSafeguard)
    }
}
