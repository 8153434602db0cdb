import HooklineCore

extension LedgerConformance {
    static let memberChecks: [Check] = [
        Check("an intent is recorded before the answer, and the answer replaces it") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses([1, 2]))
            try subject.ledger.willChange(segment, adding: addresses([3, 4, 5]), removing: addresses([1]), run: "r")
            try expectEqual(
                try members(of: segment, in: subject.ledger),
                [
                    "user1@example.com": .removing, "user2@example.com": .member, "user3@example.com": .adding,
                    "user4@example.com": .adding, "user5@example.com": .adding,
                ], "between call and answer")
            try expectEqual(try subject.ledger.segment(key())?.members, 2, "additions without an answer are no members")
            try expectEqual(try subject.ledger.segment(key())?.adding, 3, "additions without an answer")
            try expectEqual(try subject.ledger.segment(key())?.removing, 1, "removals without an answer")
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
            try expectEqual([now?.members, now?.waiting, now?.adding, now?.removing], [2, 2, 0, 0], "counts")
        },
        Check("an intent survives the death of its process") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.willChange(segment, adding: addresses([1]), removing: addresses([2]), run: "r")
            let again = try subject.reopenAfterDeath()
            try expectEqual(
                try members(of: segment, in: again), ["user1@example.com": .adding, "user2@example.com": .removing], "the intents")
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
        Check("hashes are compared as unsigned bytes") { subject in
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
        Check("an error of the body ends the iteration and passes unchanged") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.takeOver(segment, members: addresses(1...10))
            var met = 0
            do {
                try subject.ledger.forEachMember(of: segment) { _, _ in
                    met += 1
                    if met == 3 { throw Broken(description: "enough") }
                }
                throw Broken(description: "the iteration continued")
            } catch let error as Broken {
                try expectEqual(error.description, "enough", "the error")
            }
            try expectEqual(met, 3, "members met")
            try expectEqual(try members(of: segment, in: subject.ledger).count, 10, "members met by the next iteration")
        },
        Check("addresses come in the requested order, without unknown ones, with duplicates") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let other = try subject.ledger.willCreate(key(label: "x"), name: "X", now: 1)
            try subject.ledger.takeOver(segment, members: addresses(1...4))
            try subject.ledger.takeOver(other, members: addresses([9]))
            let asked = addresses([4, 9, 1, 7, 3, 4]).hashes
            try expectEqual(try subject.ledger.addresses(of: asked, in: segment), addresses([4, 1, 3, 4]), "addresses")
            try expect(try subject.ledger.addresses(of: [], in: segment).isEmpty, "no hashes, no addresses")
        },
        Check("addresses of any script and length are stored unchanged") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let texts = ["", "é@example.com", "ユーザー@example.com", String(repeating: "x", count: 300) + "@example.com", "a\0b@example.com"]
            var list = AddressList()
            for text in texts { list.append(text) }
            try subject.ledger.takeOver(segment, members: list)
            try expectEqual(try subject.ledger.addresses(of: list.hashes, in: segment), list, "addresses")
        },
        Check("a repeated answer changes nothing") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            let receipt = Receipt(members: addresses(1...3), gone: addresses([4]).hashes, notContacts: addresses([5]))
            try subject.ledger.didChange(segment, receipt, run: "r", now: 9)
            let before = try members(of: segment, in: subject.ledger)
            try subject.ledger.didChange(segment, receipt, run: "r", now: 9)
            try expectEqual(try members(of: segment, in: subject.ledger), before, "members")
            let now = try subject.ledger.segment(key())
            try expectEqual([now?.members, now?.waiting], [3, 1], "counts")
        },
        Check("only non-contacts and rejected addresses are forgotten") { subject in
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
