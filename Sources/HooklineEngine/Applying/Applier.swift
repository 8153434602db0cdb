import HooklineCore
import Mailchimp

/// Sends the plans of segments, and writes down what came back.
///
/// Every intent stands in the ledger before the call that carries it out, and every answer is one transaction with its effect:
/// killed at any moment, the next run knows what it does not know, and asks again. Asking again is harmless.
struct Applier {
    let client: MailchimpClient
    let ledger: any Ledger
    let run: String
    /// Calls under way at once.
    let connections: Int
    let now: @Sendable () -> Int64
    let progress: @Sendable (Progress) -> Void
    let clock: RunClock

    /// Makes the segments what their plans say, in that order; `segmentProgress` tell how far each got, also after an error.
    ///
    /// Calls that change members go on while the next segment is prepared. A segment is deleted when all calls before are answered.
    func apply(_ plans: [SegmentPlan], _ segmentProgress: [SegmentProgress]) async throws {
        let total = plans.reduce(0) {
            $0 + ($1.action.isDeletion ? 0 : SegmentPlan.calls(adding: $1.adds.count, removing: $1.removes.count))
        }
        progress(.applying(done: 0, of: total))
        var changed: [(plan: SegmentPlan, segment: LedgerSegment, segmentProgress: SegmentProgress)] = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            var underWay = 0
            for (plan, segmentProgress) in zip(plans, segmentProgress) {
                if plan.action.isDeletion {
                    try await group.waitForAll()
                    underWay = 0
                }
                // What prepares a segment takes a connection, too.
                if underWay == connections {
                    try await group.next()
                    underWay -= 1
                }
                guard let (segment, id) = try await prepare(plan, segmentProgress) else { continue }
                if let found = plan.reconciliation { try ledger.didReconcile(segment, found, at: now()) }
                if !plan.forgotten.isEmpty { try ledger.forget(plan.forgotten, in: segment) }
                changed.append((plan, segment, segmentProgress))
                for batch in plan.batches() {
                    try clock.check()
                    if underWay == connections {
                        try await group.next()
                        underWay -= 1
                    }
                    let parcel = Parcel(batch: batch, segment: segment, id: id, mayBeGone: plan.isEmptying)
                    group.addTask {
                        // A task of its own, so that an interruption lets the call under way come to its end and be written down.
                        try await Task { try await send(parcel, segmentProgress, of: total) }.value
                    }
                    underWay += 1
                }
            }
            try await group.waitForAll()
        }
        for (plan, segment, segmentProgress) in changed where plan.waiting + segmentProgress.current.notContacts > 0 {
            try ledger.didProbe(segment, at: now())
        }
    }

    /// One call's changes and where they go.
    private struct Parcel {
        let batch: BatchPlan
        let segment: LedgerSegment
        /// Mailchimp's id of the segment.
        let id: Int
        /// Whether it is all the same if somebody has deleted the segment, because it is to be empty.
        let mayBeGone: Bool
    }

    private func send(_ parcel: Parcel, _ segmentProgress: SegmentProgress, of total: Int) async throws {
        try ledger.willChange(parcel.segment, adding: parcel.batch.adds, removing: parcel.batch.removes, run: run)
        var bisection = Bisection()
        func record(_ receipt: Receipt) throws {
            try ledger.didChange(parcel.segment, receipt, run: run, now: now())
            progress(.applying(done: min(segmentProgress.add(receipt), total), of: total))
        }
        try await deliver(parcel.batch, parcel, &bisection, record)
        for culprit in bisection.takeCulprits() { try record(culprit) }
    }

    /// Sends a batch, and its halves where it is refused as a whole, until the culprits stand alone.
    ///
    /// Each answer is written down as it comes; culprits when something else has gone through, which shows that it was them.
    private func deliver(
        _ batch: BatchPlan, _ parcel: Parcel, _ bisection: inout Bisection, _ record: (Receipt) throws -> Void
    ) async throws {
        do {
            let receipt = try await answer(to: batch, parcel)
            bisection.succeeded()
            for culprit in bisection.takeCulprits() { try record(culprit) }
            return try record(receipt)
        } catch let error as MailchimpError where Bisection.mayBlameAddresses(error) {
            guard let halves = batch.halves else {
                return try bisection.found(Receipt(culprit: batch, words: Bisection.words(error)), error)
            }
            try bisection.refused(error)
            for half in [halves.first, halves.second] { try await deliver(half, parcel, &bisection, record) }
        }
    }

    private func answer(to batch: BatchPlan, _ parcel: Parcel) async throws -> Receipt {
        do {
            return try await exchange(batch, parcel.segment.key.audience, parcel.id)
        } catch let error as EngineError where error.code == .segmentGone && parcel.mayBeGone {
            return Receipt(gone: batch.removes.hashes)
        }
    }

    private func exchange(_ batch: BatchPlan, _ audience: String, _ id: Int) async throws -> Receipt {
        let adds = batch.adds.addresses(0..<batch.adds.count)
        let removes = batch.removes.addresses(0..<batch.removes.count)
        guard let members = MemberBatch(add: adds, remove: removes) else { return Receipt() }
        let change = try await change(audience, id, members)
        guard change.saysNothingOf(members) else { return Receipt(batch, change, members) }
        // All-unknown additions are refused with 400, so 200 without a word of any of them contradicts itself: Mailchimp has been
        // seen to answer so for work that it did. Asked again, it says "already exist".
        let second = try await client.changeMembers(audience: audience, segment: id, batch: members.without(.removes))
        return Receipt(batch, change.merged(with: second), members)
    }

    private func change(_ audience: String, _ id: Int, _ members: MemberBatch) async throws -> MembershipChange {
        do {
            return try await client.changeMembers(audience: audience, segment: id, batch: members)
        } catch let error as MailchimpError where error.code == .notFound {
            throw EngineError(
                .segmentGone,
                "the segment (id \(id)) no longer exists: somebody deleted it in Mailchimp",
                advice: "To create it again from scratch: --refresh")
        }
    }

    /// Does what has to happen to the segment itself; nil when it is not there afterwards.
    private func prepare(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> (segment: LedgerSegment, id: Int)? {
        if case .delete(let id) = plan.action {
            try await delete(plan, id, segmentProgress)
            return nil
        }
        let segment = try await ready(plan, segmentProgress)
        return segment.mailchimpID.map { (segment, $0) }
    }

    /// Deletes for good. Killed in between, the next run finds the phase, and deletes again: what is gone counts as deleted.
    private func delete(_ plan: SegmentPlan, _ id: Int, _ segmentProgress: SegmentProgress) async throws {
        segmentProgress.note(id: id)
        let segment = try owned(plan, id)
        try ledger.willClear(segment, phase: .deleting, now: now())
        try await client.deleteSegment(audience: plan.key.audience, id: id)
        try ledger.didDelete(segment)
        segmentProgress.noteDeletion(removed: plan.removes.count)
    }

    /// Makes the segment ready for changes of its members, intent first.
    private func ready(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> LedgerSegment {
        let audience = plan.key.audience
        switch plan.action {
        case .keep(let id), .empty(let id), .delete(let id):
            segmentProgress.note(id: id)
            let segment = try owned(plan, id)
            // Somebody else named it so, or a renaming of ours lost its answer.
            let isNamed = segment.name == plan.name && segment.pendingName == nil
            return isNamed ? segment : try live(segment, id, plan.name)
        case .remake:
            try ledger.didClear(try known(plan), phase: .creating, run: run, now: now())
            return try await create(plan, segmentProgress)
        case .rename(let id):
            segmentProgress.note(id: id)
            let segment = try known(plan)
            try await rename(segment, id, plan)
            return try live(segment, id, plan.name)
        case .create:
            return try await create(plan, segmentProgress)
        case .found(let id):
            segmentProgress.note(id: id)
            let segment = try owned(plan, id)
            if plan.nameBefore != nil { try await rename(segment, id, plan) }
            return try live(segment, id, plan.name)
        case .adopt(let id):
            segmentProgress.note(id: id)
            let segment = try ledger.willCreate(plan.key, name: plan.name, now: now())
            if let members = plan.adopted { try ledger.takeOver(segment, members: members.inHashOrder()) }
            // Found by a name that differs in the case of its letters.
            if let before = plan.nameBefore { try await rename(try live(segment, id, before), id, plan) }
            return try live(segment, id, plan.name)
        case .recreate(let id):
            let segment = try owned(plan, id)
            try ledger.willClear(segment, phase: .deleting, now: now())
            try await client.deleteSegment(audience: audience, id: id)
            try ledger.didClear(segment, phase: .creating, run: run, now: now())
            return try await create(plan, segmentProgress)
        case .reset(let id, let rename):
            segmentProgress.note(id: id)
            let segment = try owned(plan, id)
            try ledger.willClear(segment, phase: .resetting, now: now())
            do {
                try await client.resetSegment(audience: audience, id: id)
            } catch let error as MailchimpError where error.code == .notFound {
                // Somebody deleted it meanwhile. Empty it is, then; only the id cannot be kept.
                try ledger.didClear(segment, phase: .creating, run: run, now: now())
                return try await create(plan, segmentProgress)
            }
            try ledger.didClear(segment, phase: .live, run: run, now: now())
            if rename { try await self.rename(segment, id, plan) }
            return try live(segment, id, plan.name)
        }
    }

    private func rename(_ segment: LedgerSegment, _ id: Int, _ plan: SegmentPlan) async throws {
        try ledger.willRename(segment, to: plan.name)
        try await client.renameSegment(audience: plan.key.audience, id: id, name: plan.name)
    }

    private func create(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> LedgerSegment {
        let segment = try ledger.willCreate(plan.key, name: plan.name, now: now())
        let created = try await client.createSegment(audience: plan.key.audience, name: plan.name)
        segmentProgress.note(id: created.id)
        return try live(segment, created.id, plan.name)
    }

    private func live(_ segment: LedgerSegment, _ id: Int, _ name: String) throws -> LedgerSegment {
        try ledger.isLive(segment, mailchimpID: id, name: name, now: now())
        var segment = segment
        segment.mailchimpID = id
        segment.name = name
        segment.phase = .live
        return segment
    }

    /// The segment as the ledger knows it; one that was found again after its create lost its answer gets its id first, since nothing may
    /// happen to a segment at Mailchimp that the ledger could not find again.
    private func owned(_ plan: SegmentPlan, _ id: Int) throws -> LedgerSegment {
        let segment = try known(plan)
        return segment.mailchimpID == id ? segment : try live(segment, id, plan.nameBefore ?? segment.name)
    }

    private func known(_ plan: SegmentPlan) throws -> LedgerSegment {
        guard let segment = try ledger.segment(plan.key) else {
            throw EngineError(.stalePlan, "the ledger no longer knows the plan's segment", advice: "Make a new plan")
        }
        return segment
    }
}

extension SegmentPlan {
    fileprivate var isEmptying: Bool { if case .empty = action { true } else { false } }
}

extension MembershipChange {
    /// Whether the answer leaves every addition unaccounted for.
    fileprivate func saysNothingOf(_ batch: MemberBatch) -> Bool {
        !batch.add.isEmpty && !unknownToAudience.contains(.adds) && added.isEmpty && alreadyMembers.isEmpty && rejected.isEmpty
    }
}

extension Receipt {
    /// What an answer means, by the batch that was sent.
    fileprivate init(_ batch: BatchPlan, _ change: MembershipChange, _ members: MemberBatch) {
        let notContacts = HashTable(of: change.notContacts(of: members))
        var refusals: [SubscriberHash: String] = [:]
        for rejection in change.rejected { refusals[SubscriberHash(of: rejection.address)] = rejection.message }
        self.init()
        for (index, hash) in batch.adds.hashes.enumerated() {
            if let reason = refusals[hash] {
                rejected.append((hash, batch.adds[index], reason))
            } else if notContacts.mark(of: hash) != 0 {
                self.notContacts.append(batch.adds, at: index)
            } else {
                self.members.append(batch.adds, at: index)
            }
        }
        // Removed, was not in it, or is no contact any more: in each case it is out.
        gone = batch.removes.hashes.filter { refusals[$0] == nil }
    }
}

extension HashTable {
    fileprivate init(of addresses: [String]) {
        self.init(capacity: addresses.count)
        for address in addresses { set(1, for: SubscriberHash(of: address)) }
    }
}
