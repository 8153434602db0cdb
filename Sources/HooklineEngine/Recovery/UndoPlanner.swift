import HooklineCore
import Mailchimp
import Text

/// Works out what takes a run back: whom it added is removed, and whom it removed is added again.
struct UndoPlanner {
    let activation: Activation
    let client: MailchimpClient
    let ledger: any Ledger

    /// The plan that takes `earlier` back, as part of `run`.
    ///
    /// Whoever has been changed by nobody but that run goes back to where they were; names of segments stay.
    ///
    /// - Throws: `EngineError.Code.cannotUndo` for a run that is not the activation's last one with changes, and the ledger's errors.
    func plan(_ earlier: RunReport, run: String, startedAt: Int64, fingerprint: String) async throws -> Plan {
        let endpoint = try await client.resolveEndpoint()
        let segments = try ledger.segments(of: activation.name).filter {
            $0.key.endpoint == endpoint && $0.key.audience == activation.destination.audience
        }
        let doubts = try segments.map { try Doubts(ledger, $0) }
        let cutOff = try checkIsLast(earlier, segments, hasDoubts: doubts.contains { !$0.isEmpty })
        // What a cut-off run, its cut-off undo and the undo of that each left in doubt looks the same, and means the opposite.
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

    /// Members whose call got no answer that is known.
    private struct Doubts {
        var adding: [SubscriberHash] = []
        var removing: [SubscriberHash] = []
        var isEmpty: Bool { adding.isEmpty && removing.isEmpty }

        init(_ ledger: any Ledger, _ segment: LedgerSegment) throws {
            var (adding, removing): ([SubscriberHash], [SubscriberHash]) = ([], [])
            try ledger.forEachMember(of: segment) { hash, state in
                if state == .adding { adding.append(hash) }
                if state == .removing { removing.append(hash) }
            }
            self.adding = adding
            self.removing = removing
        }
    }

    /// Whether `earlier` is the last run whose changes are still in force; those that were taken back are no obstacle.
    ///
    /// - Returns: those undos behind it that were cut off and that no later one finished.
    private func checkIsLast(_ earlier: RunReport, _ segments: [LedgerSegment], hasDoubts: Bool) throws -> [RunReport] {
        guard earlier.activation == activation.name else {
            throw EngineError(.cannotUndo, "run \(earlier.run) is one of activation '\(earlier.activation)'")
        }
        let history = try ledger.history(of: activation.name, limit: 1_000)
        // What is in doubt was left by the last run that did not come to its end.
        let doubtful = hasDoubts ? history.first { $0.outcome == .failed }?.run : nil
        var takenBack: Set<String> = []
        // Of those, the ones that are still to come.
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
                        : "run \(earlier.run) changed no members of segments that still exist, or was more than \(LedgerChange.daysKept) days ago: there is nothing to undo"
                )
            }
            pending.remove(report.run)
            // What it sent may all be in doubt; a refused one sent nothing.
            let mayHaveSent = hasDoubts && report.kind == .undo && report.outcome == .failed && !report.isRefusedUndo
            guard hasChanges || mayHaveSent, !takenBack.contains(report.run) else { continue }
            if report.kind == .undo, report.outcome == .failed {
                // One whose process died did not say whose undo it was; a later one that came to its end was the same.
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
        // Of a cut-off run it is the opposite that is wanted, of a cut-off undo the same again. Asking for what is so already is harmless.
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
        return SegmentPlan(
            key: segment.key, name: segment.name, action: .keep(id: id), revision: segment.revision, adds: adds, removes: removes,
            unchanged: segment.members - removes.count, membersBefore: segment.members, leaving: removes.count)
    }

    private func warnings(_ earlier: RunReport, _ plans: [SegmentPlan]) -> [RunWarning] {
        var warnings: [RunWarning] = []
        let deleted = earlier.segments.count { $0.deleted == true }
        if deleted > 0 {
            warnings.append(
                RunWarning(
                    "undo.deleted",
                    deleted == 1
                        ? "a segment that the run deleted is not made again"
                        : "\(NumberText.grouped(deleted)) segments that the run deleted are not made again"))
        }
        warnings.append(
            RunWarning("undo.again", "the next run does the same again, unless the source or the package is another by then"))
        return warnings
    }
}

extension RunReport {
    /// Whether it was an undo that could not be.
    fileprivate var isRefusedUndo: Bool { error?.code == RunFailure.Code(EngineError.Code.cannotUndo) }
}
