import HooklineCore
import Mailchimp

/// What others changed in an activation's segments at Mailchimp, as far as it was looked for.
struct DriftFindings {
    /// Comparisons of members, by the ledger's ID of the segment.
    var reconciliations: [Int64: Reconciliation] = [:]
    /// What the report says about it.
    var notices: [RunWarning] = []
}

/// Detects that others deleted or renamed an activation's segments, or changed their members.
struct DriftCheck {
    let policy: DriftPolicy
    /// Whether the segments are going to be emptied, so that names and members do not matter.
    let isRefresh: Bool
    let reconciler: Reconciler

    init(activation: Activation, options: RunOptions, client: MailchimpClient, ledger: any Ledger, now: Int64) {
        policy = activation.driftPolicy
        isRefresh = options.refresh != nil
        reconciler = Reconciler(
            driftPolicy: activation.driftPolicy, isAsked: options.reconciles, client: client, ledger: ledger, now: now)
    }

    /// Compares each segment with the snapshot, and reads its members if there is a reason to.
    ///
    /// - Throws: the errors of Mailchimp and the ledger.
    func look(at known: [LedgerSegment], _ snapshot: RemoteSegmentSnapshot) async throws -> DriftFindings {
        var findings = DriftFindings()
        for segment in known {
            if snapshot.isGone(segment) { findings.notices.append(.deleted(segment)) }
            guard !isRefresh, segment.phase == .live, let remote = snapshot[segment] else { continue }
            if !segment.isShown(as: remote.name), remote.name != segment.pendingName {
                findings.notices.append(.renamed(segment, remote, keepsName: policy.onRename == .follow))
            }
            guard try reconciler.reason(segment, remote) != nil else { continue }
            let reconciliation = try await reconciler.reconcile(segment, remote)
            findings.reconciliations[segment.id] = reconciliation
            if let notice = RunWarning.changedMembers(of: segment, reconciliation) { findings.notices.append(notice) }
        }
        return findings
    }
}
