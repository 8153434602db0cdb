import HooklineCore

extension LedgerConformance {
    static let changeChecks: [Check] = [
        Check("the changes of a run are remembered, even of addresses that are gone") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1, 2]))
            try ledger.begin(run: "first", activation: "vip", kind: .run, at: 100)
            let five = SubscriberHash(of: "user5@example.com")
            let receipt = Receipt(
                members: addresses([3]), gone: addresses([1]).hashes, notContacts: addresses([4]),
                rejected: [(five, "user5@example.com", "is a bad address")])
            try ledger.didChange(segment, receipt, run: "first", now: 101)
            try ledger.begin(run: "second", activation: "vip", kind: .run, at: 200)
            try ledger.didChange(segment, Receipt(gone: addresses([3]).hashes), run: "second", now: 201)
            try expectEqual(
                try changes(of: "first", segment, ledger),
                ["1": "removed user1@example.com", "3": "added", "4": "notAContact", "5": "rejected"],
                "the first run")
            try expectEqual(try changes(of: "second", segment, ledger), ["3": "removed user3@example.com"], "the second run")
            let three = try ledger.changes(of: SubscriberHash(of: "user3@example.com"), in: segment)
            try expectEqual(three.map { "\($0.run) \($0.change.kind)" }, ["second removed", "first added"], "one user's changes")
            try expectEqual(try ledger.segment(key())?.changedAt, 201, "when the members changed")
        },
        Check("a refresh that removes a member and adds it back changes nothing") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1, 2, 3]))
            try ledger.begin(run: "r", activation: "vip", kind: .refresh, at: 100)
            try ledger.didClear(segment, phase: .live, run: "r", now: 101)
            try ledger.didChange(segment, Receipt(members: addresses([1, 4]), notContacts: addresses([2])), run: "r", now: 102)
            try expectEqual(
                try changes(of: "r", segment, ledger),
                ["1": "stayed user1@example.com", "2": "removed user2@example.com", "3": "removed user3@example.com", "4": "added"],
                "the refresh")
        },
        Check("an entry has state, reason and run; an unknown address has no entry") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1]))
            try ledger.begin(run: "r", activation: "vip", kind: .run, at: 100)
            try ledger.willChange(segment, adding: addresses([2]), removing: AddressList(), run: "r")
            let three = SubscriberHash(of: "user3@example.com")
            try ledger.didChange(segment, Receipt(rejected: [(three, "user3@example.com", "no")]), run: "r", now: 101)
            func entry(_ number: Int) throws -> LedgerEntry? {
                try ledger.entry(of: SubscriberHash(of: "user\(number)@example.com"), in: segment)
            }
            try expectEqual(try entry(1), LedgerEntry(state: .member), "taken over")
            try expectEqual(try entry(2), LedgerEntry(state: .adding, run: "r"), "in progress")
            try expectEqual(try entry(3), LedgerEntry(state: .rejected, reason: "no", run: "r"), "rejected")
            try expectEqual(try entry(4), nil, "unknown")
        },
        Check("changes are forgotten after 90 days, and with their segment") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.begin(run: "old", activation: "vip", kind: .run, at: 1_000)
            try ledger.didChange(segment, Receipt(members: addresses([1])), run: "old", now: 1_001)
            let later = 1_000 + LedgerChange.daysKept * 86_400
            try ledger.begin(run: "next", activation: "vip", kind: .run, at: later)
            try ledger.didChange(segment, Receipt(members: addresses([2])), run: "next", now: later)
            try expectEqual(try changes(of: "old", segment, ledger), ["1": "added"], "on the last day")
            try ledger.begin(run: "last", activation: "vip", kind: .run, at: later + 1)
            try expectEqual(try changes(of: "old", segment, ledger), [:], "a second later")
            try expectEqual(try changes(of: "next", segment, ledger), ["2": "added"], "a later run's")
            try ledger.didDelete(segment)
            let again = try ledger.willCreate(key(), name: "VIP", now: later)
            try expectEqual(try changes(of: "next", again, ledger), [:], "a new segment's")
        },
        Check("a rename is an intent until the segment is live again") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
            try ledger.willRename(segment, to: "Very important")
            try expectEqual(try ledger.segment(key())?.pendingName, "Very important", "before the answer")
            try expectEqual(try ledger.segment(key())?.name, "VIP", "the name before the answer")
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 3)
            try expectEqual(try ledger.segment(key())?.pendingName, nil, "after it, whatever the name")
        },
        Check("a reconciliation changes members only if it repairs") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1, 2]))
            var found = Reconciliation(lost: addresses([1, 7]).hashes, strangers: addresses([3]), drift: 3, mends: false)
            try ledger.didReconcile(segment, found, at: 50)
            try expectEqual(try members(of: segment, in: ledger).count, 2, "members without repair")
            found.mends = true
            try ledger.didReconcile(segment, found, at: 60)
            try expectEqual(
                try members(of: segment, in: ledger),
                ["user1@example.com": .adding, "user2@example.com": .member, "user3@example.com": .member], "members")
            let known = try ledger.segment(key())
            try expectEqual([known?.knownDrift, known?.members, known?.adding], [3, 2, 1], "drift, members, and who may not be one")
            try expectEqual(known?.reconciledAt, 60, "when")
        },
    ]

    /// The changes of a run, by the number of the user.
    private static func changes(of run: String, _ segment: LedgerSegment, _ ledger: any Ledger) throws -> [String: String] {
        var numbers: [SubscriberHash: String] = [:]
        for number in 1...9 { numbers[SubscriberHash(of: "user\(number)@example.com")] = String(number) }
        var found: [String: String] = [:]
        try ledger.forEachChange(of: run, in: segment) { change in
            found[numbers[change.hash] ?? "?"] = [String(describing: change.kind), change.address].compactMap { $0 }.joined(separator: " ")
        }
        return found
    }
}
