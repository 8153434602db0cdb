import HooklineCore
import Mailchimp

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
        try checkIsLast(earlier, segments)
        let plans = try segments.compactMap { try plan(earlier.run, $0) }
        return Plan(
            run: run, activation: activation.name, kind: .undo, createdAt: startedAt, fingerprint: fingerprint, segments: plans, rows: 0,
            buckets: Buckets(), warnings: warnings(earlier, plans))
    }

    private func checkIsLast(_ earlier: RunReport, _ segments: [LedgerSegment]) throws {
        guard earlier.activation == activation.name else {
            throw EngineError(.cannotUndo, "run \(earlier.run) is one of activation '\(earlier.activation)'")
        }
        for report in try ledger.history(of: activation.name, limit: 1_000) {
            let hasChanges = try segments.contains { try has(report.run, changed: $0) }
            if report.run == earlier.run {
                if hasChanges { return }
                throw EngineError(
                    .cannotUndo,
                    "run \(earlier.run) changed no members of segments that are still there, or was more than \(LedgerChange.daysKept) days ago: there is nothing to take back"
                )
            }
            if hasChanges {
                throw EngineError(
                    .cannotUndo,
                    "run \(earlier.run) is not the last one that changed members: take \(report.run) (\(Timestamp.text(report.startedAt))) back first"
                )
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

    private func plan(_ run: String, _ segment: LedgerSegment) throws -> SegmentPlan? {
        var (adds, added) = (AddressList(), [SubscriberHash]())
        try ledger.forEachChange(of: run, in: segment) { change in
            switch change.kind {
            case .added: added.append(change.hash)
            case .removed: if let address = change.address { adds.append(address.utf8, change.hash) }
            case .stayed, .notAContact, .rejected: break
            }
        }
        if added.isEmpty, adds.count == 0 { return nil }
        guard let id = segment.mailchimpID, segment.phase == .live else {
            throw EngineError(
                .cannotUndo, "the segment '\(segment.name)' is being made anew: finish that first with hookline run \(activation.name)")
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
                RunWarning("undo.deleted", "\(Brakes.grouped(deleted)) segments that the run deleted are not made again"))
        }
        warnings.append(
            RunWarning("undo.again", "the next run does the same again, unless the source or the package is another by then"))
        return warnings
    }
}
