import HooklineCore

extension LedgerConformance {
    static let moveChecks: [Check] = [
        Check("the rows of a run are kept by bucket, in order, and no more than a bucket holds") { subject in
            let ledger = subject.ledger
            try ledger.begin(run: "r", activation: "vip", kind: .run, at: 100)
            let rows = [
                KeptRow(row: 7, key: "seven", address: "jane@", reason: nil), KeptRow(row: 2), KeptRow(row: 9, reason: "not in France"),
            ]
            let many = (1...RowBucket.rowLimit + 1).map { KeptRow(row: $0) }
            try ledger.keep([.badEmail: rows, .duplicate: many], of: "r")
            try expectEqual(try kept("r", .badEmail, ledger), [rows[1], rows[0], rows[2]], "in the order of rows")
            try expectEqual(try kept("r", .duplicate, ledger).count, RowBucket.rowLimit, "cut")
            try expectEqual(try kept("r", .noEmail, ledger), [], "another bucket")
            try ledger.keep([.badEmail: rows], of: "unknown")
            try expectEqual(try kept("unknown", .badEmail, ledger), [], "a run that never began")
        },
        Check("rows are kept as long as changes, and the oldest go when an activation has too many") { subject in
            let ledger = subject.ledger
            try ledger.begin(run: "old", activation: "vip", kind: .run, at: 100)
            try ledger.keep([.badEmail: [KeptRow(row: 1)]], of: "old")
            try ledger.begin(run: "new", activation: "vip", kind: .run, at: 101 + LedgerChange.daysKept * 86_400)
            try expectEqual(try kept("old", .badEmail, ledger), [], "after 90 days")
            let full = (1...RowBucket.rowLimit).map { KeptRow(row: $0) }
            let all = Dictionary(uniqueKeysWithValues: RowBucket.allCases.map { ($0, full) })
            for run in ["a", "b"] {
                try ledger.begin(run: run, activation: "vip", kind: .run, at: 102 + LedgerChange.daysKept * 86_400)
                try ledger.keep(all, of: run)
            }
            try expectEqual(try kept("a", .rejected, ledger).count, 0, "the older run's")
            try expectEqual(try kept("b", .rejected, ledger).count, RowBucket.rowLimit, "the newer run's")
        },
        Check("a renamed activation keeps segments, members, changes and runs") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key("old", label: "FR"), name: "VIP", now: 1)
            try ledger.begin(run: "r", activation: "old", kind: .run, at: 100)
            try ledger.didChange(segment, Receipt(members: addresses([1, 2])), run: "r", now: 101)
            try ledger.finish(report("r", "old", at: 100))
            try ledger.finish(report("failed", "new", at: 50))
            try ledger.rename("old", to: "new", change("n", "new", .rename, at: 200))
            try expectEqual(try ledger.segments(of: "old"), [], "the old name")
            guard let renamed = try ledger.segment(key("new", label: "FR")) else { throw Broken(description: "the new name") }
            try expect(renamed.members == 2 && renamed.revision > segment.revision, "members, and plans are stale")
            try expectEqual(try ledger.history(of: "new", limit: 9).map(\.run), ["n", "r", "failed"], "history")
            try expect(try ledger.run("r")?.activation == "new" && ledger.history(of: "old", limit: 9).isEmpty, "reports say so")
            try expectEqual(try ledger.changes(of: addresses([1]).hashes[0], in: renamed).map(\.run), ["r"], "changes")
            try expectEqual(try ledger.status().map { "\($0.activation) \($0.lastRun?.run ?? "")" }, ["new r"], "status")
        },
        Check("a forgotten activation has no segments, members or rows, is not in the status, and has its history") { subject in
            let ledger = subject.ledger
            let one = try ledger.willCreate(key(label: "FR"), name: "VIP FR", now: 1)
            let two = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(one, members: addresses([1]))
            try ledger.begin(run: "r", activation: "vip", kind: .run, at: 100)
            try ledger.keep([.badEmail: [KeptRow(row: 1)]], of: "r")
            try ledger.finish(report("r", at: 100))
            try ledger.forget([one], change("f1", "vip", .forget, at: 200))
            try expectEqual(try ledger.status().flatMap(\.segments).map(\.name), ["VIP"], "one label")
            try expectEqual(try kept("r", .badEmail, ledger).count, 1, "rows while a segment is left")
            try ledger.forget([two], change("f2", "vip", .forget, at: 201))
            try expect(try ledger.status().isEmpty && kept("r", .badEmail, ledger).isEmpty, "all of it")
            try expectEqual(try ledger.history(of: "vip", limit: 9).map(\.kind), [.forget, .forget, .run], "history")
            try expectThrows("twice") { try ledger.forget([two], change("f3", "vip", .forget, at: 202)) }
            try ledger.finish(report("again", at: 300))
            try expectEqual(try ledger.status().map(\.activation), ["vip"], "once it has run again")
        },
        Check("a segment that is taken in is live with its members, in place of the one before") { subject in
            let ledger = subject.ledger
            let before = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(before, members: addresses([1, 2]))
            try ledger.begin(run: "r", activation: "vip", kind: .run, at: 10)
            try ledger.didChange(before, Receipt(members: addresses([3])), run: "r", now: 11)
            try ledger.takeIn(
                key(), mailchimpID: 77, name: "Other", members: addresses([2, 4, 5]), now: 20, change("i", "vip", .takeIn, at: 20))
            guard let after = try ledger.segment(key()) else { throw Broken(description: "it is there") }
            try expect(after.phase == .live && after.mailchimpID == 77 && after.name == "Other" && after.members == 3, "the segment")
            try expectEqual(Set(try members(of: after, in: ledger).keys), Set([2, 4, 5].map { "user\($0)@example.com" }), "members")
            try ledger.forEachChange(of: "r", in: after) { _ in throw Broken(description: "changes of the one before") }
            try expectEqual(try ledger.status().first?.lastRun?.run, nil, "it is no run")
        },
        Check("a segment of Mailchimp has one owner: a second one is refused, and nothing changes") { subject in
            let ledger = subject.ledger
            func expectTaken(_ what: String, _ body: () throws -> Void) throws {
                do { try body() } catch let error as SegmentTaken {
                    return try expectEqual(error, SegmentTaken(77, by: key("one")), what)
                }
                throw Broken(description: what)
            }
            let one = try ledger.willCreate(key("one"), name: "VIP", now: 1)
            try ledger.isLive(one, mailchimpID: 77, name: "VIP", now: 2)
            for label in [nil, "FR"] {
                let record = change("i", "two", .takeIn, at: 20)
                try expectTaken("takeIn") {
                    try ledger.takeIn(key("two", label: label), mailchimpID: 77, name: "VIP", members: addresses([1]), now: 20, record)
                }
                try expectEqual(try ledger.run("i"), nil, "no record")
            }
            try expectTaken("its own label") {
                try ledger.takeIn(
                    key("one", label: "FR"), mailchimpID: 77, name: "VIP", members: addresses([1]), now: 20,
                    change("i", "one", .takeIn, at: 20))
            }
            let two = try ledger.willCreate(key("two"), name: "VIP", now: 3)
            try expectTaken("isLive") { try ledger.isLive(two, mailchimpID: 77, name: "VIP", now: 4) }
            try expect(try ledger.segment(key("two"))?.mailchimpID == nil, "nothing changes")
            try ledger.isLive(one, mailchimpID: 77, name: "VIPs", now: 5)
            try ledger.forget([one], change("f", "one", .forget, at: 6))
            try ledger.isLive(two, mailchimpID: 77, name: "VIPs", now: 7)
        },
    ]

    private static func kept(_ run: String, _ bucket: RowBucket, _ ledger: any Ledger) throws -> [KeptRow] {
        var rows: [KeptRow] = []
        try ledger.forEachRow(of: run, in: bucket) { rows.append($0) }
        return rows
    }

    private static func change(_ run: String, _ activation: String, _ kind: RunKind, at time: Int64) -> RunReport {
        RunReport(run: run, activation: activation, kind: kind, outcome: .done, startedAt: time)
    }
}
