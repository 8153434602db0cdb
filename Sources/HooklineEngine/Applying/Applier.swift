import HooklineCore
import Mailchimp

/// Sends the plans of segments, and records what came back.
///
/// Every intent is in the ledger before the call that carries it out, and every answer is recorded in one transaction with its effect:
/// killed at any moment, the next run knows what is uncertain, and asks again. Asking again is harmless.
struct Applier {
    let client: MailchimpClient
    let ledger: any Ledger
    let run: String
    /// Calls in flight at once.
    let connections: Int
    /// Calls whose intent is recorded and whose body is made while all connections are in use, so that none waits for the ledger. With
    /// one connection there are none: calls go one by one.
    private var ahead: Int { connections / 2 }
    let now: @Sendable () -> Int64
    let progress: @Sendable (Progress) -> Void
    let clock: RunClock

    /// Applies the plans in order. `segmentProgress` says how far each got, even after an error.
    ///
    /// Calls that change members go on while the next segment is prepared. A segment is deleted only when all calls before it are answered.
    ///
    /// - Throws: the errors of Mailchimp and the ledger, `EngineError.Code.segmentGone`, and what `RunClock.check` throws.
    func apply(_ plans: [SegmentPlan], _ segmentProgress: [SegmentProgress]) async throws {
        let total = plans.reduce(0) { $0 + ($1.action.isDeletion ? 0 : $1.memberCalls) }
        progress(.applying(done: 0, of: total))
        let preparer = SegmentPreparer(client: client, ledger: ledger, run: run, now: now)
        let sender = BatchSender(client: client, recorder: CallRecorder(ledger, run: run, now: now)) {
            progress(.applying(done: min($0, total), of: total))
        }
        var changed: [(plan: SegmentPlan, segment: LedgerSegment, segmentProgress: SegmentProgress)] = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            var inFlight = 0
            for (plan, segmentProgress) in zip(plans, segmentProgress) {
                if plan.action.isDeletion {
                    try await group.waitForAll()
                    inFlight = 0
                }
                // Preparing a segment takes a connection, too.
                if inFlight == connections + ahead {
                    try await group.next()
                    inFlight -= 1
                }
                guard let (segment, id) = try await preparer.prepare(plan, segmentProgress) else { continue }
                if let found = plan.reconciliation { try ledger.didReconcile(segment, found, at: now()) }
                if !plan.forgotten.isEmpty { try ledger.forget(plan.forgotten, in: segment) }
                changed.append((plan, segment, segmentProgress))
                let batches = try plan.batches()
                for number in 0..<batches.count {
                    try clock.check()
                    let batch = try batches.batch(number)
                    if inFlight == connections + ahead {
                        try await group.next()
                        inFlight -= 1
                    }
                    let parcel = BatchSender.Parcel(batch: batch, segment: segment, id: id, mayBeGone: plan.action.isEmptying)
                    group.addTask {
                        // A task of its own, so that an interruption lets the call in flight finish and be recorded.
                        try await Task { try await sender.send(parcel, segmentProgress) }.value
                    }
                    inFlight += 1
                }
            }
            try await group.waitForAll()
        }
        for (plan, segment, segmentProgress) in changed where plan.waiting + segmentProgress.current.notContacts > 0 {
            // The moment before the plan looked, not this one: whoever signed up in between was not seen.
            guard let time = plan.lookedUntil else { continue }
            try ledger.didLook(segment, until: time, askedUntil: plan.askedUntil)
        }
    }
}

extension SegmentPlan.Action {
    fileprivate var isEmptying: Bool { if case .empty = self { true } else { false } }
}
