import HooklineCore

extension LedgerConformance {
    static func report(_ run: String, _ activation: String = "vip", at time: Int64, outcome: RunOutcome = .done) -> RunReport {
        RunReport(
            run: run, activation: activation, kind: .run, outcome: outcome,
            segments: [SegmentReport(id: 7, name: "VIP", members: 3, added: 2, removed: 1, unchanged: 1)], rows: 9, calls: 2, seconds: 0.25,
            warnings: [RunWarning("w.code", "words")], startedAt: time, note: "a note")
    }

    static let runChecks: [Check] = [
        Check("what must be told stays until a report of the activation tells it") { subject in
            let ledger = subject.ledger
            let (first, second) = (RunWarning("drift.members", "1 is missing"), RunWarning("drift.deleted", "it is gone"))
            try ledger.mustTell([first, second], of: "vip")
            try ledger.mustTell([second], of: "vip")
            try ledger.finish(report("other", "other", at: 1))
            try ledger.finish(report("silent", "vip", at: 2))
            try expect(try ledger.untold(of: "other").isEmpty, "another activation has its own")
            try expectEqual(try ledger.untold(of: "vip"), [first, second], "nothing was told so far")
            var telling = report("telling", "vip", at: 3)
            telling.warnings = [second]
            try ledger.finish(telling)
            try expectEqual(try ledger.untold(of: "vip"), [first], "one was told")
            try ledger.rename("vip", to: "new", report("renaming", "new", at: 4))
            try expectEqual(try ledger.untold(of: "new"), [first], "it goes with the activation")
        },
        Check("the report of a run is kept, without the lists of addresses") { subject in
            try subject.ledger.begin(run: "r1", activation: "vip", kind: .run, at: 10)
            var report = report("r1", at: 10)
            let kept = report
            report.segments[0].adds = PlannedAddresses(addresses([1]))
            report.segments[0].removes = PlannedAddresses(addresses([2]))
            try subject.ledger.finish(report)
            try expectEqual(try subject.ledger.run("r1"), kept, "by ID")
            try expectEqual(try subject.ledger.history(of: "vip", limit: 5), [kept], "in the history")
            try expectEqual(try subject.ledger.status().first?.lastRun, kept, "in the status")
        },
        Check("the history of an activation is newest first and no longer than the limit") { subject in
            for (index, time) in [30, 10, 20, 20].enumerated() {
                try subject.ledger.begin(run: "r\(index)", activation: "vip", kind: .run, at: Int64(time))
                try subject.ledger.finish(report("r\(index)", at: Int64(time)))
            }
            try subject.ledger.finish(report("x", "other", at: 99))
            func history(_ limit: Int) throws -> [String] { try subject.ledger.history(of: "vip", limit: limit).map(\.run) }
            try expectEqual(try history(10), ["r0", "r3", "r2", "r1"], "all")
            try expectEqual(try history(2), ["r0", "r3"], "two")
            try expectEqual(try history(0), [], "none")
            try expectEqual(try subject.ledger.history(of: "unknown", limit: 5), [], "of an activation that never ran")
        },
        Check("any unique prefix of the run ID finds the run") { subject in
            for run in ["abc1", "abd2", "ab", "%_"] { try subject.ledger.finish(report(run, at: 1)) }
            try expectEqual(try subject.ledger.run("abc")?.run, "abc1", "a unique prefix")
            try expectEqual(try subject.ledger.run("ab")?.run, "ab", "the whole ID, which is a prefix of another")
            try expectThrows("a prefix of two") { _ = try subject.ledger.run("a") }
            try expect(try subject.ledger.run("b") == nil && subject.ledger.run("") == nil, "no such run")
            try expect(try subject.ledger.run("_") == nil, "_ is no wildcard")
            try expectEqual(try subject.ledger.run("%")?.run, "%_", "% is no wildcard")
        },
        Check("a run in progress is neither in the history nor interrupted") { subject in
            try subject.ledger.finish(report("r1", at: 1))
            try subject.ledger.begin(run: "r2", activation: "vip", kind: .run, at: 2)
            try expectEqual(try subject.ledger.history(of: "vip", limit: 1).map(\.run), ["r1"], "history")
            try expectEqual(try subject.ledger.status().first?.lastRun?.run, "r1", "status")
            try expectThrows("its report") { _ = try subject.ledger.run("r2") }
        },
        Check("a run whose process died shows as failed and interrupted, until a report replaces that") { subject in
            try subject.ledger.begin(run: "r1", activation: "vip", kind: .refresh, at: 5)
            let ledger = try subject.reopenAfterDeath()
            let interrupted = try ledger.run("r1")
            try expectEqual(interrupted?.outcome, .failed, "outcome")
            try expectEqual(interrupted?.error?.code, "run.interrupted", "error")
            try expect(interrupted?.kind == .refresh && interrupted?.startedAt == 5 && interrupted?.activation == "vip", "the rest")
            try expectEqual(try ledger.history(of: "vip", limit: 5).map(\.run), ["r1"], "history")
            try ledger.finish(report("r1", at: 5))
            try expectEqual(try ledger.run("r1")?.outcome, .done, "outcome after the report")
        },
        Check("a run ID is used once") { subject in
            try subject.ledger.begin(run: "r1", activation: "vip", kind: .run, at: 1)
            try expectThrows("a second use") { try subject.ledger.begin(run: "r1", activation: "vip", kind: .run, at: 2) }
        },
        Check("the status has every activation with its segments, the one without a label first") { subject in
            _ = try subject.ledger.willCreate(key("b", label: "y"), name: "by", now: 1)
            _ = try subject.ledger.willCreate(key("b"), name: "b", now: 1)
            _ = try subject.ledger.willCreate(key("b", label: "x"), name: "bx", now: 1)
            try subject.ledger.finish(report("r", "a", at: 1))
            try subject.ledger.begin(run: "s", activation: "c", kind: .run, at: 1)
            let status = try subject.ledger.status()
            try expectEqual(status.map(\.activation), ["a", "b", "c"], "activations")
            try expectEqual(status.map { $0.segments.map(\.name) }, [[], ["b", "bx", "by"], []], "segments")
            try expectEqual(status.map { $0.lastRun?.run }, ["r", nil, nil], "last runs")
        },
    ]
}
