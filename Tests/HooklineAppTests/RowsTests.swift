import HooklineApp
import HooklineCore
import HooklineStore
import Testing

@Suite("The rows of a bucket")
struct RowsTests {
    @Test("have number and key, and addresses where they are asked for")
    func rows() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", hooks: "return { filter = function(user) return user.id ~= 3, 'unlucky' end }")
            try bench.write("data/users.csv", try bench.read("data/users.csv") + "11,jane@,FR\n12,stranger@example.org,FR\n")
            let run = try await bench.run("vip", isConfirmed: true)[0].run
            let app = bench.app
            let bad = try app.rows(of: String(run.prefix(18)), in: "bad_email", addresses: true)
            #expect(bad.rows.map(\.row) == [11] && bad.rows[0].address == "jane@" && bad.total == 1 && bad.missing == nil)
            let strangers = try app.rows(of: run, in: "not-a-contact", addresses: false)
            #expect(strangers.rows.map(\.row) == [12] && strangers.rows[0].address == nil)
            let dropped = try app.rows(of: run, in: "dropped_by_hook", addresses: true)
            #expect(
                dropped.rows.map(\.reason) == ["unlucky"] && dropped.rows[0].address == nil, "whom a hook drops may want to be left alone")
            for bucket in ["in_segment", "superseded", "bad_emial", ""] {
                let error = #expect(throws: AppError.self) { try app.rows(of: run, in: bucket, addresses: false) }
                #expect(error?.code == .unknownBucket && error?.message.contains("not_a_contact") == true)
                #expect(error?.message.contains("only counted") == ["in_segment", "superseded"].contains(bucket))
            }
            let unknown = #expect(throws: AppError.self) { try app.rows(of: "nope", in: "bad_email", addresses: false) }
            #expect(unknown?.code == .unknownRun)
            #expect(try app.rows(of: run, in: "no_email", addresses: true).rows.isEmpty)
        }
    }

    @Test("that the source left out have their numbers")
    func badValues() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip", more: "model: { primary_key: id, on_bad_value: drop }")
            try bench.write(
                "data/users.csv",
                "id,email,country\nx,a@example.com,FR\n1,user0000001@example.com,FR\ny,b@example.com,FR\nz,c@example.com,FR\n")
            let report = try await bench.run("vip", isConfirmed: true)[0]
            #expect(report.buckets.badValue == 3)
            #expect(try bench.app.rows(of: report.run, in: "bad_value", addresses: false).rows.map(\.row) == [1, 3, 4])
        }
    }

    @Test("of a run that failed or was killed, or that reads none, are unknown, not zero")
    func unknown() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            let run = try await bench.run("vip", isConfirmed: true)[0]
            let app = bench.app
            let workspace = try app.workspace()
            var choices = RunChoices()
            choices.allowance = SafeguardCheck.Allowance(removals: 10)
            let undo = try await app.undo(try app.report(of: run.run, in: workspace), try app.prepare("vip", choices, in: workspace))
            let ledger = try app.ledger(workspace)
            for kind in [RunKind.run, .apply, .undo] {
                var failed = RunReport(run: "failed-\(kind)", activation: "vip", kind: kind, outcome: .failed, startedAt: 5)
                failed.error = RunFailure("engine.stale_plan", "no")
                try ledger.finish(failed)
            }
            try ledger.begin(run: "killed", activation: "vip", kind: .run, at: 6)
            try ledger.close()
            for id in [undo.run, "failed-run", "failed-apply", "failed-undo", "killed"] {
                let rows = try app.rows(of: id, in: "bad_email", addresses: false)
                #expect(rows.total == nil && rows.rows.isEmpty && rows.missing != nil, "\(id)")
            }
            let known = try app.rows(of: run.run, in: "bad_email", addresses: false)
            #expect(known.total == 0 && known.missing == nil)
        }
    }

    @Test("of a run that applied a saved plan are not known, and that is said")
    func saved() async throws {
        try await Workbench.with { bench in
            try bench.write(activation: "vip")
            try bench.write("data/users.csv", try bench.read("data/users.csv") + "11,jane@,FR\n")
            let (app, file) = (bench.app, bench.path("plan.json"))
            _ = try await app.plan(try app.prepare("vip", RunChoices(), in: try app.workspace()), savingTo: file)
            let applied = try await app.apply(try PlanFile.read(file), try app.prepare("vip", RunChoices(), in: try app.workspace()))
            let rows = try app.rows(of: applied.run, in: "bad_email", addresses: false)
            #expect(rows.total == 1 && rows.kept == 0 && rows.missing != nil)
        }
    }
}
