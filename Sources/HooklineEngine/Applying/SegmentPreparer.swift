import HooklineCore
import Mailchimp

/// Creates, renames, empties, or deletes a segment before its members change; the intent comes first.
struct SegmentPreparer {
    let client: MailchimpClient
    let ledger: any Ledger
    let run: String
    let now: @Sendable () -> Int64

    /// Makes the segment ready for changes of its members. Returns it with Mailchimp's ID; nil if it was deleted.
    ///
    /// - Throws: the errors of Mailchimp and the ledger; `EngineError.Code.stalePlan`; `.segmentExists` if another activation has taken over
    ///   the segment since the plan was made.
    func prepare(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> (segment: LedgerSegment, id: Int)? {
        if case .delete(let id) = plan.action {
            try await delete(plan, id, segmentProgress)
            return nil
        }
        let segment = try await ready(plan, segmentProgress)
        return segment.mailchimpID.map { (segment, $0) }
    }

    /// Deletes for good. If the process is killed in between, the next run finds the phase and deletes again: what is gone counts as deleted.
    private func delete(_ plan: SegmentPlan, _ id: Int, _ segmentProgress: SegmentProgress) async throws {
        segmentProgress.note(id: id)
        let segment = try owned(plan, id)
        try ledger.willClear(segment, phase: .deleting, now: now())
        try await client.deleteSegment(audience: plan.key.audience, id: id)
        try ledger.didDelete(segment)
        segmentProgress.noteDeletion(removed: plan.removes.count)
    }

    private func ready(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> LedgerSegment {
        if let id = plan.action.id { segmentProgress.note(id: id) }
        switch plan.action {
        case .keep(let id), .empty(let id), .delete(let id):
            let segment = try owned(plan, id)
            // Somebody else gave it this name, or our renaming got no answer.
            let isNamed = segment.name == plan.name && segment.pendingName == nil
            return isNamed ? segment : try live(segment, id, plan.name)
        case .remake:
            try ledger.didClear(try known(plan), phase: .creating, run: run, now: now())
            return try await create(plan, segmentProgress)
        case .rename(let id):
            return try await rename(try known(plan), id, plan)
        case .create:
            return try await create(plan, segmentProgress)
        case .found(let id):
            let segment = try owned(plan, id)
            if plan.nameBefore != nil { return try await rename(segment, id, plan) }
            return try live(segment, id, plan.name)
        case .adopt(let id):
            return try await adopt(plan, id)
        case .recreate(let id):
            let segment = try owned(plan, id)
            try ledger.willClear(segment, phase: .deleting, now: now())
            try await client.deleteSegment(audience: plan.key.audience, id: id)
            try ledger.didClear(segment, phase: .creating, run: run, now: now())
            return try await create(plan, segmentProgress)
        case .reset(let id, let rename):
            return try await reset(plan, id, renames: rename, segmentProgress)
        }
    }

    private func adopt(_ plan: SegmentPlan, _ id: Int) async throws -> LedgerSegment {
        let isNew = try ledger.segment(plan.key) == nil
        let segment = try ledger.willCreate(plan.key, name: plan.name, now: now())
        // Found by a name that may differ in case.
        let adopted: LedgerSegment
        do {
            if let members = plan.adopted { try ledger.takeOver(segment, members: members.inHashOrder()) }
            adopted = try live(segment, id, plan.nameBefore ?? plan.name)
        } catch {
            // Nothing was sent: without the entry the next run starts anew.
            if isNew { try? ledger.didDelete(segment) }
            throw error
        }
        guard plan.nameBefore != nil else { return adopted }
        return try await rename(adopted, id, plan)
    }

    private func reset(
        _ plan: SegmentPlan, _ id: Int, renames: Bool, _ segmentProgress: SegmentProgress
    ) async throws -> LedgerSegment {
        let segment = try owned(plan, id)
        try ledger.willClear(segment, phase: .resetting, now: now())
        do {
            try await client.resetSegment(audience: plan.key.audience, id: id)
        } catch let error as MailchimpError where error.code == .notFound {
            // Somebody deleted it in the meantime. It is empty, then; only its ID is lost.
            try ledger.didClear(segment, phase: .creating, run: run, now: now())
            return try await create(plan, segmentProgress)
        }
        try ledger.didClear(segment, phase: .live, run: run, now: now())
        segmentProgress.noteMaking(at: now())
        if renames { return try await rename(segment, id, plan) }
        return try live(segment, id, plan.name)
    }

    private func rename(_ segment: LedgerSegment, _ id: Int, _ plan: SegmentPlan) async throws -> LedgerSegment {
        try ledger.willRename(segment, to: plan.name)
        let renamed = try await naming(plan, "Mailchimp refused to rename the segment '\(segment.name)' to") {
            try await client.renameSegment(audience: plan.key.audience, id: id, name: plan.name)
        }
        return try live(segment, id, plan.name, shownAs: renamed.name)
    }

    private func create(_ plan: SegmentPlan, _ segmentProgress: SegmentProgress) async throws -> LedgerSegment {
        let isNew = try ledger.segment(plan.key) == nil
        // By Mailchimp's clock, by which a lost one is found again.
        let segment = try ledger.willCreate(plan.key, name: plan.name, now: client.serverNow ?? now())
        let created: Segment
        do {
            created = try await naming(plan, "Mailchimp refused to create a segment called") {
                try await client.createSegment(audience: plan.key.audience, name: plan.name)
            }
        } catch {
            let isRefused =
                (error as? MailchimpError).map { $0.code == .nameTaken && !$0.mayHaveTakenEffect }
                ?? ((error as? EngineError)?.code == .nameHeld)
            // Nothing was made: without the entry no stranger's segment can be taken for a lost one of ours.
            if isNew, isRefused { try ledger.didDelete(segment) }
            throw error
        }
        segmentProgress.note(id: created.id)
        segmentProgress.noteMaking(at: now())
        return try live(segment, created.id, plan.name, shownAs: created.name)
    }

    /// Gives a segment a name, and finds out who has it if Mailchimp refuses.
    private func naming(_ plan: SegmentPlan, _ attempt: String, _ body: () async throws -> Segment) async throws -> Segment {
        do { return try await body() } catch let error as MailchimpError where error.code == .nameTaken {
            let listing = SegmentListing(client: client, audience: plan.key.audience)
            guard try await listing.segment(named: plan.name) == nil, let saved = try await listing.namesake(of: plan.name) else {
                throw error
            }
            throw EngineError(saved, holds: plan.name, to: attempt)
        }
    }

    /// Records that the segment exists with that name, and as what Mailchimp shows it, if its answer says so.
    private func live(_ segment: LedgerSegment, _ id: Int, _ name: String, shownAs shown: String? = nil) throws -> LedgerSegment {
        do { try ledger.isLive(segment, mailchimpID: id, name: name, now: now()) } catch let taken as SegmentTaken {
            throw EngineError(taken, called: name)
        }
        if let shown, shown != name { try ledger.isShown(segment, as: shown) }
        var segment = segment
        segment.mailchimpID = id
        segment.name = name
        segment.phase = .live
        return segment
    }

    /// The segment in the ledger. If it was found again after its creation got no answer, it gets its ID first: nothing may
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
