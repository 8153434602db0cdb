import HooklineCore

extension LedgerConformance {
    static let segmentChecks: [Check] = [
        Check("an unknown segment does not exist") { subject in
            try expect(try subject.ledger.segment(key()) == nil, "an unknown segment is nil")
            try expect(try subject.ledger.status().isEmpty, "nothing has a status")
        },
        Check("an intent to create adds the row, without an ID") { subject in
            let made = try subject.ledger.willCreate(key(), name: "VIP", now: 100)
            try expectEqual(made.phase, .creating, "phase")
            try expect(made.mailchimpID == nil && made.name == "VIP" && made.phaseSince == 100, "id, name and time")
            try expectEqual([made.revision, made.members, made.waiting], [1, 0, 0], "revision and counts")
            try expect(made.lookedUntil == nil && made.askedUntil == nil, "nobody looked for new contacts yet")
            try expectEqual(try subject.ledger.segment(key()), made, "the returned segment is the stored one")
        },
        Check("no label, the empty label and other labels are different segments") { subject in
            let keys = [key(), key(label: ""), key(label: "FR"), key(label: "fr"), key(audience: "a2"), key("other")]
            for (index, key) in keys.enumerated() { _ = try subject.ledger.willCreate(key, name: "n\(index)", now: 1) }
            for (index, key) in keys.enumerated() {
                try expectEqual(try subject.ledger.segment(key)?.name, "n\(index)", "the name of \(key)")
            }
            _ = try subject.ledger.willCreate(key(), name: "again", now: 2)
            let known = try subject.ledger.status().flatMap(\.segments)
            try expectEqual(known.count, keys.count, "a second intent adds no second row")
            try expectEqual(Set(known.map(\.id)).count, keys.count, "ids differ")
        },
        Check("a segment goes live, is recreated and goes live again") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
            try subject.ledger.takeOver(segment, members: addresses(1...3))
            try subject.ledger.willClear(segment, phase: .deleting, now: 3)
            var now = try subject.ledger.segment(key())
            try expect(now?.phase == .deleting && now?.mailchimpID == 7 && now?.members == 3, "an intent keeps ID and members")
            try subject.ledger.didClear(segment, phase: .creating, run: "r", now: 4)
            now = try subject.ledger.segment(key())
            try expect(
                now?.phase == .creating && now?.mailchimpID == nil && now?.members == 0 && now?.phaseSince == 4, "everything is gone")
            try expect(try members(of: segment, in: subject.ledger).isEmpty, "no member is left")
            try subject.ledger.isLive(segment, mailchimpID: 8, name: "VIP 2", now: 5)
            now = try subject.ledger.segment(key())
            try expect(
                now?.phase == .live && now?.mailchimpID == 8 && now?.name == "VIP 2" && now?.phaseSince == 5, "live under the new ID")
        },
        Check("a reset segment keeps its ID and forgets everybody, even the waiting") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
            try subject.ledger.didChange(segment, Receipt(members: addresses(1...2), notContacts: addresses(3...4)), run: "r", now: 9)
            try subject.ledger.willClear(segment, phase: .resetting, now: 3)
            try subject.ledger.didClear(segment, phase: .live, run: "r", now: 4)
            let now = try subject.ledger.segment(key())
            try expect(now?.mailchimpID == 7 && now?.phase == .live, "the ID stays")
            try expect(now?.members == 0 && now?.waiting == 0, "nobody is left")
        },
        Check("clearing one segment leaves the others alone") { subject in
            let (one, two) = (
                try subject.ledger.willCreate(key(), name: "a", now: 1), try subject.ledger.willCreate(key(label: "x"), name: "b", now: 1)
            )
            try subject.ledger.takeOver(one, members: addresses(1...5))
            try subject.ledger.takeOver(two, members: addresses(1...3))
            try subject.ledger.didClear(one, phase: .live, run: "r", now: 2)
            try expectEqual(try subject.ledger.segment(two.key)?.members, 3, "the other's members")
        },
        Check("the segments of an activation are listed, the one without a label first") { subject in
            for key in [key(label: "b"), key("other"), key(label: "a"), key()] {
                _ = try subject.ledger.willCreate(key, name: "n", now: 1)
            }
            let listed = try subject.ledger.segments(of: "vip")
            try expectEqual(listed.map(\.key.label), [nil, "a", "b"], "labels")
            try expectEqual(listed.first, try subject.ledger.segment(key()), "the listed segment is the stored one")
            try expect(try subject.ledger.segments(of: "nobody").isEmpty, "an unknown activation has none")
        },
        Check("a deleted segment is forgotten with its members, and a later one with its label starts empty") { subject in
            let (one, two) = (
                try subject.ledger.willCreate(key(label: "x"), name: "a", now: 1),
                try subject.ledger.willCreate(key(label: "y"), name: "b", now: 1)
            )
            try subject.ledger.didChange(one, Receipt(members: addresses(1...5), notContacts: addresses(6...7)), run: "r", now: 9)
            try subject.ledger.takeOver(two, members: addresses(1...3))
            try subject.ledger.didDelete(one)
            try expect(try subject.ledger.segment(one.key) == nil, "it is gone")
            try expect(try members(of: one, in: subject.ledger).isEmpty, "no member is left")
            try expectEqual(try subject.ledger.segment(two.key)?.members, 3, "the other's members")
            let again = try subject.ledger.willCreate(one.key, name: "c", now: 2)
            try expectEqual([again.revision, again.members, again.waiting], [1, 0, 0], "it starts empty")
            try expect(try members(of: again, in: subject.ledger).isEmpty, "without anybody")
        },
        Check("a new intent to create keeps the members and drops the old ID") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            try subject.ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
            try subject.ledger.takeOver(segment, members: addresses(1...3))
            let again = try subject.ledger.willCreate(key(), name: "VIP 2", now: 3)
            try expect(again.id == segment.id && again.members == 3 && again.mailchimpID == nil && again.name == "VIP 2", "the row")
        },
        Check("every change increments the revision, except a repeated isLive and a probe") { subject in
            let segment = try subject.ledger.willCreate(key(), name: "VIP", now: 1)
            var last = segment.revision
            func moves(_ expected: Bool, _ what: String, _ body: () throws -> Void) throws {
                try body()
                let now = try subject.ledger.segment(key())?.revision ?? 0
                try expectEqual(now - last, expected ? 1 : 0, "revision after \(what)")
                last = now
            }
            let ledger = subject.ledger
            try moves(true, "isLive") { try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2) }
            try moves(false, "isLive again") { try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 3) }
            try expectEqual(try ledger.segment(key())?.phaseSince, 2, "since when it is live")
            try moves(true, "a rename") { try ledger.isLive(segment, mailchimpID: 7, name: "VIPs", now: 4) }
            try moves(true, "willChange") { try ledger.willChange(segment, adding: addresses([1]), removing: AddressList(), run: "r") }
            try moves(true, "didChange") { try ledger.didChange(segment, Receipt(members: addresses([1])), run: "r", now: 9) }
            try moves(true, "takeOver") { try ledger.takeOver(segment, members: addresses([2])) }
            try moves(true, "forget") { try ledger.forget([], in: segment) }
            try moves(false, "didLook") { try ledger.didLook(segment, until: 9, askedUntil: 8) }
            try ledger.didLook(segment, until: 7, askedUntil: nil)
            try expectEqual(try ledger.segment(key())?.lookedUntil, 7, "until when was looked")
            try expectEqual(try ledger.segment(key())?.askedUntil, 8, "how far the round has come")
            try moves(false, "isShown") { try ledger.isShown(segment, as: "V.I.P.s") }
            try expectEqual(try ledger.segment(key())?.shownName, "V.I.P.s", "what Mailchimp shows")
            try ledger.isLive(segment, mailchimpID: 7, name: "VIPs", now: 5)
            try expectEqual(try ledger.segment(key())?.shownName, "V.I.P.s", "what Mailchimp shows after a repetition")
            try moves(true, "another rename") { try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 5) }
            try expect(try ledger.segment(key())?.shownName == nil, "nobody knows how Mailchimp shows the new name")
            try moves(true, "willClear") { try ledger.willClear(segment, phase: .resetting, now: 5) }
            try moves(true, "didClear") { try ledger.didClear(segment, phase: .live, run: "r", now: 6) }
            try moves(true, "willCreate") { _ = try ledger.willCreate(key(), name: "VIP", now: 7) }
        },
        Check("every write refuses a segment of another ledger") { subject in
            let ledger = subject.ledger
            let stranger = LedgerSegment(
                id: 99, key: key(), mailchimpID: 7, name: "VIP", phase: .live, phaseSince: 1, revision: 1, members: 0, waiting: 0)
            try expectThrows("willClear") { try ledger.willClear(stranger, phase: .deleting, now: 1) }
            try expectThrows("didClear") { try ledger.didClear(stranger, phase: .live, run: "r", now: 1) }
            try expectThrows("didDelete") { try ledger.didDelete(stranger) }
            try expectThrows("isLive") { try ledger.isLive(stranger, mailchimpID: 7, name: "VIP", now: 1) }
            try expectThrows("willChange") { try ledger.willChange(stranger, adding: addresses([1]), removing: AddressList(), run: "r") }
            try expectThrows("didChange") { try ledger.didChange(stranger, Receipt(members: addresses([1])), run: "r", now: 9) }
            try expectThrows("takeOver") { try ledger.takeOver(stranger, members: addresses([1])) }
            try expectThrows("forget") { try ledger.forget([], in: stranger) }
            try expectThrows("isShown") { try ledger.isShown(stranger, as: "x") }
            try expectThrows("didLook") { try ledger.didLook(stranger, until: 1, askedUntil: nil) }
            try expect(try members(of: stranger, in: ledger).isEmpty, "nothing was written")
        },
    ]
}
