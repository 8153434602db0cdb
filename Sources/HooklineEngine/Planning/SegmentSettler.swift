import HooklineCore
import Mailchimp

/// Names the segments of a run and finds out what has to happen to each.
struct SegmentSettler {
    private let activation: Activation
    private let options: RunOptions
    private let client: MailchimpClient
    private let ledger: any Ledger
    private let naming: SegmentNaming
    private let listing: SegmentListing
    private let snapshot: RemoteSegmentSnapshot
    /// What reading members found, by the ledger's id of the segment.
    private let reconciliations: [Int64: Reconciliation]

    /// - Parameter snapshot: what is at Mailchimp of the activation's segments.
    init(
        activation: Activation, options: RunOptions, client: MailchimpClient, dependencies: RunDependencies, listing: SegmentListing,
        snapshot: RemoteSegmentSnapshot, reconciliations: [Int64: Reconciliation] = [:]
    ) {
        self.reconciliations = reconciliations
        self.activation = activation
        self.listing = listing
        self.snapshot = snapshot
        self.options = options
        self.client = client
        ledger = dependencies.ledger
        naming = SegmentNaming(segment: activation.segmentName, hooks: dependencies.hooks)
    }

    /// Settles every draft, adds drafts for those segments that nobody wants and that something has to happen to, and says in which
    /// order the drafts are to be applied.
    ///
    /// - Throws: `EngineError` when names clash or belong to somebody else, and the errors of hook, ledger and Mailchimp.
    func settle(_ drafts: inout DraftSet) async throws -> [Int] {
        let wanted = drafts.drafts.indices.sorted { Self.comesFirst(drafts.drafts[$0].key.label, drafts.drafts[$1].key.label) }
        let names = try wanted.map { try name(of: drafts.drafts[$0]) }
        let unwanted = try await unwantedTargets(drafts.unwanted)
            .sorted { !$0.action.isDeletion && $1.action.isDeletion }
        let resting = drafts.unwanted.filter { known in !unwanted.contains { $0.key == known.key } }
        let claims =
            zip(wanted, names).map { NameOrder.Claim(drafts.drafts[$0], wanted: $1, snapshot) }
            + unwanted.map { NameOrder.Claim($0, snapshot) }
            + resting.map { NameOrder.Claim($0, snapshot) }
        let order = try NameOrder.order(claims)
        let givenUp = Set(claims.filter(\.givesUp).compactMap(\.id))
        for (index, name) in zip(wanted, names) {
            var target = try await target(of: drafts.drafts[index], name, givenUp)
            target.reconciliation = reconciliations[target.known?.id ?? -1]
            try drafts.settle(index, target)
        }
        let first = drafts.drafts.count
        try drafts.addUnwanted(unwanted)
        let indexes = wanted + unwanted.indices.map { first + $0 }
        return order.filter { $0 < indexes.count }.map { indexes[$0] }
    }

    /// What has to happen to segments that no row wants.
    private func unwantedTargets(_ known: [LedgerSegment]) async throws -> [SegmentTarget] {
        var targets: [SegmentTarget] = []
        for segment in known {
            if segment.phase == .creating, segment.mailchimpID == nil {
                // Its create may have arrived; one that nobody wants any more must not be left behind unknown.
                guard let lost = try await SegmentFinder.lost(segment, listing) else { continue }
                targets.append(SegmentTarget(unwanted: segment, id: lost, deletes: activation.breakdown.deleteEmpty))
            } else if let target = SegmentTarget(
                unwanted: segment, deletes: activation.breakdown.deleteEmpty, isGone: snapshot.isGone(segment),
                reconciliation: reconciliations[segment.id])
            {
                targets.append(target)
            }
        }
        return targets
    }

    /// The name that a segment is to have: its own, or the one that somebody gave it, where the activation follows that.
    private func name(of draft: SegmentDraft) throws -> String {
        if activation.driftPolicy.onRename == .follow, let remote = snapshot[draft.known] { return remote.name }
        return try naming.name(of: draft.key.label)
    }

    private func target(of draft: SegmentDraft, _ name: String, _ givenUp: Set<Int>) async throws -> SegmentTarget {
        try await SegmentFinder(
            key: draft.key, name: name, known: draft.known, snapshot: snapshot, givenUp: givenUp, options: options,
            adopt: options.adopt || activation.adopt,
            client: client, ledger: ledger, listing: listing
        ).find()
    }

    /// The segment itself before its labels.
    private static func comesFirst(_ first: String?, _ second: String?) -> Bool {
        guard let second else { return false }
        return first.map { $0 < second } ?? true
    }
}

extension NameOrder.Claim {
    fileprivate init(_ draft: SegmentDraft, wanted: String, _ snapshot: RemoteSegmentSnapshot) {
        self.init(label: draft.key.label, id: draft.known?.mailchimpID, current: draft.known?.nameInUse(snapshot), wanted: wanted)
    }

    fileprivate init(_ target: SegmentTarget, _ snapshot: RemoteSegmentSnapshot) {
        self.init(
            label: target.key.label, id: target.known?.mailchimpID, current: target.known?.nameInUse(snapshot),
            wanted: target.action.isDeletion ? nil : target.known?.nameInUse(snapshot) ?? target.name)
    }

    fileprivate init(_ resting: LedgerSegment, _ snapshot: RemoteSegmentSnapshot) {
        self.init(
            label: resting.key.label, id: resting.mailchimpID, current: resting.nameInUse(snapshot), wanted: resting.nameInUse(snapshot))
    }
}

extension LedgerSegment {
    /// The name that it has at Mailchimp; nil when it is not there as far as we know.
    fileprivate func nameInUse(_ snapshot: RemoteSegmentSnapshot) -> String? {
        if mailchimpID == nil || snapshot.isGone(self) { return nil }
        return snapshot[self]?.name ?? name
    }
}
