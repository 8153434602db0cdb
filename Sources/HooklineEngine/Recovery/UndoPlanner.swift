import HooklineCore
import Mailchimp
import Text

/// Plans the undo of a run: those whom it added are removed, and those whom it removed are added again.
struct UndoPlanner {
    let activation: Activation
    let client: MailchimpClient
    let ledger: any Ledger

    /// The plan that undoes `earlier`, as part of `run`.
    ///
    /// Names of segments stay as they are.
    ///
    /// - Throws: `EngineError.Code.cannotUndo` if the run is not the activation's last one with changes, and the ledger's errors.
    func plan(_ earlier: RunReport, run: String, startedAt: Int64, fingerprint: String) async throws -> Plan {
        let endpoint = try await client.resolveEndpoint()
        let segments = try ledger.segments(of: activation, at: endpoint)
        let doubts = try segments.map { try Doubts(ledger, $0) }
        let cutOff = try checkIsLast(earlier, segments, hasDoubts: doubts.contains { !$0.isEmpty })
        // What an interrupted run, its interrupted undo, and the undo of that leave uncertain looks the same and means the opposite.
        let areItsOwn = cutOff.allSatisfy { $0.undoes == earlier.run } || (cutOff.count == 1 && cutOff[0].undoes == nil)
        let isPlain = earlier.outcome != .failed && areItsOwn
        if !cutOff.isEmpty, !isPlain, doubts.contains(where: { !$0.isEmpty }) {
            throw EngineError(
                .cannotUndo,
                "run \(earlier.run) and its undo were both interrupted, so the segment's members are uncertain",
                advice: "Correct the source, then: hookline run \(activation.name)")
        }
        let isContinued = !cutOff.isEmpty
        let plans = try zip(segments, doubts).compactMap { try plan(earlier.run, $0, $1, isContinued: isContinued) }
        return Plan(
            run: run, activation: activation.name, kind: .undo, createdAt: startedAt, fingerprint: fingerprint, segments: plans, rows: 0,
            buckets: Buckets(), warnings: warnings(earlier, plans))
    }

    /// Members whose call got no answer.
    private struct Doubts {
        var adding: [SubscriberHash] = []
        var removing: [SubscriberHash] = []
        var isEmpty: Bool { adding.isEmpty && removing.isEmpty }

        init(_ ledger: any Ledger, _ segment: LedgerSegment) throws {
            var (adding, removing): ([SubscriberHash], [SubscriberHash]) = ([], [])
            // Whose removal was refused is in no doubt.
            let refused = try KnownRefusals(of: [segment], in: ledger).hashes(.remove, in: segment)
            try ledger.forEachMember(of: segment) { hash, state in
                if state == .adding { adding.append(hash) }
                if state == .removing, !refused.contains(hash) { removing.append(hash) }
            }
            self.adding = adding
            self.removing = removing
        }
    }

    /// Checks that `earlier` is the last run whose changes are in force; runs that were undone do not matter.
    ///
    /// - Returns: the undos after it that were interrupted and that no later one finished.
    private func checkIsLast(_ earlier: RunReport, _ segments: [LedgerSegment], hasDoubts: Bool) throws -> [RunReport] {
        guard earlier.activation == activation.name else {
            throw EngineError(.cannotUndo, "run \(earlier.run) belongs to activation '\(earlier.activation)'")
        }
        if earlier.kind.isOfLedger {
            throw EngineError(
                .cannotUndo, "run \(earlier.run) changed the ledger only, and sent nothing that could be taken back",
                advice: "What 'hookline state' did is undone with 'hookline state'")
        }
        let history = try ledger.history(of: activation.name, limit: 1_000)
        // What is uncertain was left by the last run that did not finish.
        let doubtful = hasDoubts ? history.first { $0.outcome == .failed }?.run : nil
        var takenBack: Set<String> = []
        // Those of them that are still to come in the history.
        var pending: Set<String> = []
        var cutOff: [RunReport] = []
        for report in history {
            let hasChanges = try report.run == doubtful || segments.contains { try has(report.run, changed: $0) }
            if report.run == earlier.run {
                if hasChanges, !takenBack.contains(report.run) { return cutOff }
                throw EngineError(
                    .cannotUndo,
                    hasChanges
                        ? "run \(earlier.run) has already been undone"
                        : "run \(earlier.run) changed no members of segments that '\(activation.name)' still follows, or was more than \(LedgerChange.daysKept) days ago: there is nothing to undo"
                )
            }
            pending.remove(report.run)
            // All that it sent may be uncertain; a refused undo sent nothing.
            let mayHaveSent = hasDoubts && report.kind == .undo && report.outcome == .failed && !report.isRefusedUndo
            guard hasChanges || mayHaveSent, !takenBack.contains(report.run) else { continue }
            if report.kind == .undo, report.outcome == .failed {
                // An undo whose process died did not say which run it undid; a later one that finished undid the same.
                let isFinished = report.undoes.map { takenBack.contains($0) } ?? !pending.isEmpty
                if !isFinished { cutOff.append(report) }
            } else if report.kind == .undo, let target = report.undoes {
                takenBack.insert(target)
                pending.insert(target)
            } else {
                throw EngineError(
                    .cannotUndo,
                    "run \(earlier.run) is not the last one whose changes are in force",
                    advice: "Undo run \(report.run) (\(Timestamp.text(report.startedAt))) first")
            }
        }
        throw EngineError(.cannotUndo, "run \(earlier.run) is not among the activation's last runs")
    }

    private func has(_ run: String, changed segment: LedgerSegment) throws -> Bool {
        struct Found: Error {}
        do {
            try ledger.forEachChange(of: run, in: segment) { change in
                if change.kind == .added || change.kind == .removed { throw Found() }
            }
            return false
        } catch is Found {
            return true
        }
    }

    private func plan(_ run: String, _ segment: LedgerSegment, _ doubts: Doubts, isContinued: Bool) throws -> SegmentPlan? {
        var (adds, added) = (AddressList(), [SubscriberHash]())
        var returning: Set<SubscriberHash> = []
        try ledger.forEachChange(of: run, in: segment) { change in
            switch change.kind {
            case .added: added.append(change.hash)
            case .removed:
                if isContinued, try ledger.entry(of: change.hash, in: segment)?.state == .member { return }
                guard let address = change.address, returning.insert(change.hash).inserted else { return }
                adds.append(address.utf8, change.hash)
            case .stayed, .notAContact, .rejected: break
            }
        }
        // The opposite of what an interrupted run did is wanted, and the same as what an interrupted undo did. Doing it twice is harmless.
        let (back, out) = isContinued ? (doubts.adding, doubts.removing) : (doubts.removing, doubts.adding)
        let late = try ledger.addresses(of: back.filter { !returning.contains($0) }, in: segment)
        for index in 0..<late.count where returning.insert(late.hashes[index]).inserted { adds.append(late, at: index) }
        added = Set(added + out).filter { !returning.contains($0) }.sorted()
        if added.isEmpty, adds.count == 0 { return nil }
        guard let id = segment.mailchimpID, segment.phase == .live else {
            throw EngineError(
                .cannotUndo, "the segment '\(segment.name)' is being created again",
                advice: "Finish that first with: hookline run \(activation.name)")
        }
        let removes = try ledger.addresses(of: added, in: segment)
        // Additions without an answer are no members that leave, and members whose removal has none stay only once they are added again.
        let (adding, removing) = (Set(doubts.adding), Set(doubts.removing))
        let leaving = removes.count - removes.hashes.count(where: adding.contains)
        var plan = SegmentPlan(
            key: segment.key, name: segment.name, action: .keep(id: id), revision: segment.revision, adds: adds, removes: removes,
            unchanged: segment.members - leaving - adds.hashes.count(where: removing.contains), membersBefore: segment.members,
            leaving: leaving)
        // An undo does not look at the segment first.
        plan.believed = true
        if segment.adding > 0 { plan.unanswered = segment.adding }
        let refusals = try KnownRefusals(of: [segment], in: ledger)
        let apart = (adds.hashes + removes.hashes).filter(refusals.failsCalls)
        if !apart.isEmpty { plan.apart = apart }
        return plan
    }

    private func warnings(_ earlier: RunReport, _ plans: [SegmentPlan]) -> [RunWarning] {
        var warnings: [RunWarning] = []
        let deleted = earlier.segments.count { $0.deleted == true }
        if deleted > 0 {
            warnings.append(
                RunWarning(
                    "undo.deleted",
                    deleted == 1
                        ? "a segment that the run deleted is not created again"
                        : "\(NumberText.grouped(deleted)) segments that the run deleted are not created again"))
        }
        warnings.append(
            RunWarning("undo.again", "the next run does the same again unless the source or the package has changed by then"))
        return warnings
    }
}

extension RunReport {
    /// Whether it was an undo that was refused.
    fileprivate var isRefusedUndo: Bool { error?.code == RunFailure.Code(EngineError.Code.cannotUndo) }
}
