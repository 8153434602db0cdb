import HooklineCore

extension LedgerConformance {
    static let memberChecks: [Check] = [
        Check("an intent is there before the answer, and the answer takes its place") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses([1, 2]))
            try subject.ledger.willChange(segment, adding: addresses([3, 4, 5]), removing: addresses([1]), run: "r")
            try expectEqual(
                try members(of: segment, in: subject.ledger),
                [
                    "user1@example.com": .removing, "user2@example.com": .member, "user3@example.com": .adding,
                    "user4@example.com": .adding, "user5@example.com": .adding,
                ], "between call and answer")
            try expectEqual(try subject.ledger.segment(key())?.members, 5, "doubtful ones count as members")
            let five = SubscriberHash(of: "user5@example.com")
            try subject.ledger.didChange(
                segment,
                Receipt(
                    members: addresses([3]), gone: [SubscriberHash(of: "user1@example.com")], notContacts: addresses([4]),
                    rejected: [(five, "user5@example.com", "is a bad address")]), run: "r", now: 9)
            try expectEqual(
                try members(of: segment, in: subject.ledger),
                [
                    "user2@example.com": .member, "user3@example.com": .member, "user4@example.com": .notAContact,
                    "user5@example.com": .rejected,
                ], "after the answer")
            let now = try subject.ledger.segment(key())
            try expectEqual([now?.members, now?.waiting], [2, 2], "counts")
        },
        Check("an intent survives the death of its process") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.willChange(segment, adding: addresses([1]), removing: addresses([2]), run: "r")
            let again = try subject.reopenAfterDeath()
            try expectEqual(
                try members(of: segment, in: again), ["user1@example.com": .adding, "user2@example.com": .removing], "what was about to be")
        },
        Check("members come in hash order, each once") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses([5, 1, 4, 1, 3, 2]))
            try subject.ledger.takeOver(segment, members: addresses([2, 6]))
            var hashes: [SubscriberHash] = []
            try subject.ledger.forEachMember(of: segment) { hash, _ in hashes.append(hash) }
            try expectEqual(hashes, addresses(1...6).hashes.sorted(), "hashes")
            try expectEqual(try subject.ledger.segment(key())?.members, 6, "count")
        },
        Check("hashes are compared as bytes, the highest too") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let hashes = [
                SubscriberHash(high: 0, low: 0), SubscriberHash(high: 0, low: .max), SubscriberHash(high: 1, low: 0),
                SubscriberHash(high: 1 << 63, low: 1), SubscriberHash(high: .max, low: .max),
            ]
            var list = AddressList()
            for (index, hash) in hashes.enumerated().reversed() { list.append("user\(index)@example.com".utf8, hash) }
            try subject.ledger.takeOver(segment, members: list)
            var found: [SubscriberHash] = []
            try subject.ledger.forEachMember(of: segment) { hash, _ in found.append(hash) }
            try expectEqual(found, hashes, "order")
            let last = try subject.ledger.addresses(of: [hashes[4]], in: segment)
            try expectEqual(last.count == 1 ? last[0] : "", "user4@example.com", "address of the highest")
        },
        Check("what the walk's body throws ends the walk and comes out as it is") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses(1...10))
            var met = 0
            do {
                try subject.ledger.forEachMember(of: segment) { _, _ in
                    met += 1
                    if met == 3 { throw Broken(description: "enough") }
                }
                throw Broken(description: "the walk went on")
            } catch let error as Broken {
                try expectEqual(error.description, "enough", "the error")
            }
            try expectEqual(met, 3, "members met")
            try expectEqual(try members(of: segment, in: subject.ledger).count, 10, "members met by the next walk")
        },
        Check("addresses come in the order asked for, unknown ones left out, doubles kept") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let other = try subject.ledger.willCreate(key(label: "x"), name: "X", now: 1)
            try subject.ledger.takeOver(segment, members: addresses(1...4))
            try subject.ledger.takeOver(other, members: addresses([9]))
            let asked = addresses([4, 9, 1, 7, 3, 4]).hashes
            try expectEqual(try subject.ledger.addresses(of: asked, in: segment), addresses([4, 1, 3, 4]), "addresses")
            try expect(try subject.ledger.addresses(of: [], in: segment).isEmpty, "nothing asked, nothing answered")
        },
        Check("addresses of any script and length come back as they went in") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let texts = ["", "é@example.com", "ユーザー@example.com", String(repeating: "x", count: 300) + "@example.com", "a\0b@example.com"]
            var list = AddressList()
            for text in texts { list.append(text) }
            try subject.ledger.takeOver(segment, members: list)
            try expectEqual(try subject.ledger.addresses(of: list.hashes, in: segment), list, "addresses")
        },
        Check("the same answer twice changes nothing more") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let receipt = Receipt(members: addresses(1...3), gone: addresses([4]).hashes, notContacts: addresses([5]))
            try subject.ledger.didChange(segment, receipt, run: "r", now: 9)
            let before = try members(of: segment, in: subject.ledger)
            try subject.ledger.didChange(segment, receipt, run: "r", now: 9)
            try expectEqual(try members(of: segment, in: subject.ledger), before, "members")
            let now = try subject.ledger.segment(key())
            try expectEqual([now?.members, now?.waiting], [3, 1], "counts")
        },
        Check("only those who are remembered as no contact, or refused, are forgotten") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let six = SubscriberHash(of: "user6@example.com")
            try subject.ledger.didChange(
                segment,
                Receipt(members: addresses([1, 2]), notContacts: addresses([3, 4]), rejected: [(six, "user6@example.com", "no")]), run: "r",
                now: 9)
            try subject.ledger.forget(addresses([1, 3, 6, 8]).hashes, in: segment)
            try expectEqual(
                try members(of: segment, in: subject.ledger),
                ["user1@example.com": .member, "user2@example.com": .member, "user4@example.com": .notAContact], "who is left")
            let now = try subject.ledger.segment(key())
            try expectEqual([now?.members, now?.waiting], [2, 1], "counts")
        },
        Check("a batch of 500 and 500, and an empty one") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses(1...600))
            try subject.ledger.willChange(segment, adding: addresses(1_001...1_500), removing: addresses(1...500), run: "r")
            try subject.ledger.didChange(
                segment, Receipt(members: addresses(1_001...1_500), gone: addresses(1...500).hashes), run: "r", now: 9)
            try subject.ledger.willChange(segment, adding: AddressList(), removing: AddressList(), run: "r")
            try subject.ledger.didChange(segment, Receipt(), run: "r", now: 9)
            try expectEqual(try subject.ledger.segment(key())?.members, 600, "members")
        },
    ]
}

extension LedgerConformance {
    static let changeChecks: [Check] = [
        Check("what a run did to whom is remembered, also of those who are gone") { subject in
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
        Check("a refresh that takes somebody out and puts them back has done nothing to them") { subject in
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
        Check("an entry tells state, words and run, and there is none for a stranger") { subject in
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
            try expectEqual(try entry(2), LedgerEntry(state: .adding, run: "r"), "under way")
            try expectEqual(try entry(3), LedgerEntry(state: .rejected, reason: "no", run: "r"), "refused")
            try expectEqual(try entry(4), nil, "a stranger")
        },
        Check("changes are forgotten after so many days, and with their segment") { subject in
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
        Check("a renaming is an intent until the segment is said to be live") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
            try ledger.willRename(segment, to: "Very important")
            try expectEqual(try ledger.segment(key())?.pendingName, "Very important", "before the answer")
            try expectEqual(try ledger.segment(key())?.name, "VIP", "the name before the answer")
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 3)
            try expectEqual(try ledger.segment(key())?.pendingName, nil, "after it, whatever the name")
        },
        Check("what a look at the members found is taken over only if it mends") { subject in
            let ledger = subject.ledger
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.takeOver(segment, members: addresses([1, 2]))
            var found = Reconciliation(lost: addresses([1, 7]).hashes, strangers: addresses([3]), drift: 3, mends: false)
            try ledger.didReconcile(segment, found, at: 50)
            try expectEqual(try members(of: segment, in: ledger).count, 2, "members after a mere look")
            found.mends = true
            try ledger.didReconcile(segment, found, at: 60)
            try expectEqual(
                try members(of: segment, in: ledger),
                ["user1@example.com": .adding, "user2@example.com": .member, "user3@example.com": .member], "members")
            let known = try ledger.segment(key())
            try expectEqual([known?.knownDrift, known?.members], [3, 3], "drift, members")
            try expectEqual(known?.reconciledAt, 60, "when")
        },
    ]

    /// What a run did, by the number of the user.
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
