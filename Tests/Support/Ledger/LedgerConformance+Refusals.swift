import HooklineCore

extension LedgerConformance {
    private static func rejecting(_ numbers: [Int], _ reason: String, isOfCulprit: Bool = false) -> Receipt {
        let list = addresses(numbers)
        var receipt = Receipt(rejected: (0..<list.count).map { (list.hashes[$0], list[$0], reason) })
        receipt.isOfCulprit = isOfCulprit
        return receipt
    }

    private static func report(_ outcome: RunOutcome) -> RunReport {
        RunReport(run: "r-\(outcome.rawValue)", activation: "vip", kind: .run, outcome: outcome, startedAt: 1)
    }

    static let refusalChecks: [Check] = [
        Check("a refusal is kept with its reason until Mailchimp takes the address") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.didChange(segment, rejecting([1, 2], "fake"), run: "r", now: 10)
            try ledger.didChange(segment, rejecting([1], "fake", isOfCulprit: true), run: "r", now: 100_000)
            let first = try ledger.refusals(in: segment).first { $0.address == "user1@example.com" }
            try expectEqual([first?.since, first?.askedAt], [10, 100_000], "times")
            try expect(first?.failsCalls == true && first?.act == .add && first?.reason == "fake", "what is refused")
            try ledger.willChange(segment, adding: addresses([1, 2]), removing: addresses([]), run: "r")
            try expectEqual(try ledger.refusals(in: segment).count, 2, "an attempt forgets nothing")
            try ledger.didChange(segment, Receipt(members: addresses([1]), notContacts: addresses([2])), run: "r", now: 11)
            try expectEqual(try ledger.refusals(in: segment).count, 0, "once they are taken, or are no contacts")
        },
        Check("a refusal is told by the report of a run that was applied, and one in other words is not") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.didChange(segment, rejecting([1, 2], "fake"), run: "r", now: 10)
            for outcome in [RunOutcome.failed, .stopped] { try ledger.finish(report(outcome)) }
            try expectEqual(try ledger.refusals(in: segment).map(\.isTold), [false, false], "before")
            try ledger.finish(report(.partial))
            try expectEqual(try ledger.refusals(in: segment).map(\.isTold), [true, true], "after")
            try ledger.acknowledge(addresses([1, 2]).hashes, in: segment, Refusal.Acknowledgement(at: 20, by: "ada", note: "typo"))
            try ledger.didChange(segment, rejecting([1], "blocked"), run: "r", now: 30)
            try ledger.didChange(segment, rejecting([2], "fake"), run: "r", now: 30)
            let now = try ledger.refusals(in: segment).sorted { $0.address < $1.address }
            try expect(!now[0].isTold && now[0].acknowledgement == nil && now[0].since == 30, "in other words it is new")
            try expectEqual(now[1].acknowledgement, Refusal.Acknowledgement(at: 20, by: "ada", note: "typo"), "in the same it is not")
            try ledger.acknowledge(addresses([2]).hashes, in: segment, nil)
            let open = try ledger.refusals(in: segment).first { $0.address == "user2@example.com" }
            try expect(open?.acknowledgement == nil && open?.isTold == true, "taken back, it is open, and told")
        },
        Check("a removal that is refused leaves a member, until the segment is seen without it") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1, 2]))
            try ledger.willChange(segment, adding: addresses([]), removing: addresses([1]), run: "r")
            let list = addresses([1])
            var receipt = Receipt()
            receipt.unremovable = [(list.hashes[0], list[0], "fake")]
            try ledger.didChange(segment, receipt, run: "r", now: 10)
            try expectEqual(
                try members(of: segment, in: ledger), ["user1@example.com": .removing, "user2@example.com": .member], "members")
            try expectEqual(try ledger.refusals(in: segment).map(\.act), [.remove], "refused")
            var found = Reconciliation(lost: [], strangers: addresses([]), drift: 0, mends: false)
            found.released = list.hashes
            try ledger.didReconcile(segment, found, at: 20)
            try expectEqual(try members(of: segment, in: ledger), ["user2@example.com": .member], "released")
            try expectEqual(try ledger.segment(key())?.members, 1, "count")
            try expectEqual(try ledger.refusals(in: segment).count, 0, "nothing is refused")
        },
        Check("refused additions are known after a refresh, and forgotten with whom no row wants, and with the segment") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.didChange(segment, rejecting([1, 2], "fake"), run: "r", now: 10)
            try ledger.didClear(segment, phase: .creating, run: "r", now: 11)
            try expectEqual(try ledger.refusals(in: segment).count, 2, "after a refresh")
            try ledger.forget(addresses([1]).hashes, in: segment)
            try expectEqual(try ledger.refusals(in: segment).map(\.address), ["user2@example.com"], "forgotten")
            let record = RunReport(run: "s", activation: "gold", kind: .rename, outcome: .done, startedAt: 12)
            try ledger.rename("vip", to: "gold", record)
            try expectEqual(try ledger.segments(of: "gold").flatMap { try ledger.refusals(in: $0) }.count, 1, "renamed")
            try ledger.didDelete(segment)
            let next = try ledger.willCreate(key(), name: "VIP", now: 13)
            try expectEqual(try ledger.refusals(in: next).count, 0, "of a new segment")
        },
    ]
}
