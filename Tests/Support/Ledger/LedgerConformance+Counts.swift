import HooklineCore

extension LedgerConformance {
    static let countChecks: [Check] = [
        Check("the fewest and the most members since a moment follow from the calls answered after it") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses(1...10))
            func change(_ adding: [Int], _ removing: [Int], at now: Int64) throws {
                try ledger.willChange(segment, adding: addresses(adding), removing: addresses(removing), run: "r")
                try ledger.didChange(segment, Receipt(members: addresses(adding), gone: addresses(removing).hashes), run: "r", now: now)
            }
            try expectEqual(try ledger.members(of: segment, after: 0), 10...10, "without a call")
            try change([11, 12, 13], [], at: 100)
            try change([14], [1, 2], at: 200)
            try change([], [3, 4, 5, 6, 7], at: 300)
            try expectEqual(try ledger.members(of: segment, after: 99), 7...13, "since before the first call")
            try expectEqual(try ledger.members(of: segment, after: 100), 7...13, "since the first call")
            try expectEqual(try ledger.members(of: segment, after: 200), 7...12, "since the second call")
            try expectEqual(try ledger.members(of: segment, after: 300), 7...7, "since the last call")
            // A clock that went back, and an addition that has no answer.
            try change([1], [], at: 50)
            try ledger.willChange(segment, adding: addresses([2]), removing: addresses([8]), run: "r")
            try expectEqual(try ledger.members(of: segment, after: 40), 7...13, "after the clock went back")
            try expectEqual(try ledger.members(of: segment, after: 60), 8...8, "intents change nothing")
            try expectEqual(try subject.reopenAfterDeath().members(of: segment, after: 40), 7...13, "after the death of the process")
        },
        Check("additions that were members already, and removals that were none, are not counted twice") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses(1...3))
            let receipt = Receipt(members: addresses([3, 4]), gone: addresses([1, 9]).hashes, notContacts: addresses([2]))
            try ledger.didChange(segment, receipt, run: "r", now: 10)
            try expectEqual(try ledger.members(of: segment, after: 9), 2...3, "members")
        },
        Check("a run that finds calls without an answer leaves a mark until it has settled them") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.begin(run: "a", activation: "vip", kind: .run, at: 10)
            try expect(try ledger.segment(key())?.doubtedAt == nil, "nothing was in doubt")
            try ledger.willChange(segment, adding: addresses([1]), removing: AddressList(), run: "a")
            let again = try subject.reopenAfterDeath()
            try again.begin(run: "b", activation: "vip", kind: .run, at: 20)
            try expectEqual(try again.segment(key())?.doubtedAt, 20, "when a run found it")
            try again.willChange(segment, adding: addresses([1]), removing: AddressList(), run: "b")
            try again.didChange(segment, Receipt(members: addresses([1])), run: "b", now: 35)
            try expectEqual(try again.segment(key())?.doubtedAt, 35, "when it was settled")
            try again.begin(run: "c", activation: "vip", kind: .run, at: 50)
            try again.didChange(segment, Receipt(members: addresses([2])), run: "c", now: 60)
            try expectEqual(try again.segment(key())?.doubtedAt, 35, "a later run leaves it")
        },
        Check("emptying a segment, reconciling it, and importing it keep the numbers apart") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 1)
            try ledger.willChange(segment, adding: addresses(1...4), removing: AddressList(), run: "r")
            try ledger.didChange(segment, Receipt(members: addresses(1...3)), run: "r", now: 2)
            let found = Reconciliation(lost: addresses([1, 2]).hashes, strangers: addresses([9]), drift: 0, mends: true)
            try ledger.didReconcile(segment, found, at: 3)
            var now = try ledger.segment(key())
            try expectEqual([now?.members, now?.adding, now?.removing], [2, 3, 0], "the lost are no members")
            try ledger.willClear(segment, phase: .resetting, now: 4)
            try ledger.didClear(segment, phase: .live, run: "r", now: 5)
            now = try ledger.segment(key())
            try expectEqual([now?.members, now?.adding, now?.removing, now?.waiting], [0, 0, 0, 0], "nobody is left")
        },
    ]
}
