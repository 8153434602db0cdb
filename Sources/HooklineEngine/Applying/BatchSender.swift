import HooklineCore
import Mailchimp

/// Sends one call's changes of members and records the answer.
struct BatchSender {
    /// One call's changes and where they go.
    struct Parcel {
        let batch: BatchPlan
        let segment: LedgerSegment
        /// Mailchimp's ID of the segment.
        let id: Int
        /// Whether the segment may have been deleted, because it is going to be empty anyway.
        let mayBeGone: Bool
    }

    let client: MailchimpClient
    let recorder: CallRecorder
    /// Called after each answer with the number of calls of the run that have been answered.
    let didAnswer: @Sendable (Int) -> Void

    /// Records the intent, sends the batch, and records the outcome.
    ///
    /// - Throws: the errors of Mailchimp and the ledger, and `EngineError.Code.segmentGone`.
    func send(_ parcel: Parcel, _ segmentProgress: SegmentProgress) async throws {
        try await recorder.record(.willChange(parcel.segment, adding: parcel.batch.adds, removing: parcel.batch.removes))
        var bisection = Bisection()
        func record(_ receipt: Receipt) async throws {
            try await recorder.record(.didChange(parcel.segment, receipt))
            didAnswer(segmentProgress.add(receipt))
        }
        try await deliver(parcel.batch, parcel, &bisection, record)
        for culprit in bisection.takeCulprits() { try await record(culprit) }
    }

    /// Sends a batch and, if it is refused as a whole, its halves, until the culprits are alone.
    ///
    /// Each answer is recorded as it comes. Culprits are recorded once another batch has gone through, which proves that it was them.
    private func deliver(
        _ batch: BatchPlan, _ parcel: Parcel, _ bisection: inout Bisection, _ record: (Receipt) async throws -> Void
    ) async throws {
        do {
            let receipt = try await answer(to: batch, parcel)
            bisection.succeeded()
            for culprit in bisection.takeCulprits() { try await record(culprit) }
            return try await record(receipt)
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
        let members = batch.members
        let change = try await change(audience, id, members)
        guard change.saysNothingOf(members) else { return Receipt(batch, change, sent: members) }
        // Additions without a single contact are refused with 400, so a 200 that mentions none of them contradicts itself. Mailchimp has been
        // seen to answer that way for work that it did. Asked again, it says "already exist".
        let second = try await client.changeMembers(audience: audience, segment: id, batch: members.without(.removes))
        return Receipt(batch, change.merged(with: second), sent: members)
    }

    private func change(_ audience: String, _ id: Int, _ members: MemberBatch) async throws -> MembershipChange {
        do {
            return try await client.changeMembers(audience: audience, segment: id, batch: members)
        } catch let error as MailchimpError where error.code == .notFound {
            throw EngineError(
                .segmentGone, "the segment (id \(id)) no longer exists: somebody deleted it in Mailchimp",
                advice: "To create it again from scratch: --refresh")
        }
    }
}

extension BatchPlan {
    /// What is sent. Plans are divided into batches that fit.
    fileprivate var members: MemberBatch {
        guard let members = MemberBatch(add: adds.addresses(0..<adds.count), remove: removes.addresses(0..<removes.count)) else {
            preconditionFailure(
                "a batch of \(adds.count) additions and \(removes.count) removals; at most \(MemberBatch.limit) of each fit")
        }
        return members
    }
}

extension MembershipChange {
    /// Whether the answer leaves every addition unaccounted for.
    fileprivate func saysNothingOf(_ batch: MemberBatch) -> Bool {
        !batch.add.isEmpty && !unknownToAudience.contains(.adds) && added.isEmpty && alreadyMembers.isEmpty && rejected.isEmpty
    }
}
