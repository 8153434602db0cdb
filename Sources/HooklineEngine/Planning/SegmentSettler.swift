import HooklineCore
import Mailchimp

/// Names the segments of a run, and decides what happens to each.
struct SegmentSettler {
    private let activation: Activation
    private let options: RunOptions
    private let client: MailchimpClient
    private let ledger: any Ledger
    private let naming: SegmentNaming
    private let survey: SegmentSurvey

    init(
        activation: Activation, options: RunOptions, client: MailchimpClient, dependencies: RunDependencies, survey: SegmentSurvey
    ) {
        self.activation = activation
        self.survey = survey
        self.options = options
        self.client = client
        ledger = dependencies.ledger
        naming = SegmentNaming(segment: activation.segmentName, hooks: dependencies.hooks)
    }

    /// Gives every draft its target, and adds drafts for segments that no row wants and that have to be emptied or deleted.
    ///
    /// - Parameters:
    ///   - drafts: after the last row.
    ///   - single: the target of the only segment, if the preflight found it; then nothing is asked again.
    /// - Returns: the indexes of the drafts, in the order in which they must be applied.
    /// - Throws: `EngineError` if names clash or belong to somebody else, and the errors of hooks, ledger, and Mailchimp.
    func settle(_ drafts: inout DraftSet, single: SegmentTarget?) async throws -> [Int] {
        if let single {
            try drafts.settle(0, reconciled(single))
            return [0]
        }
        let keys = drafts.drafts.map(\.key)
        let wanted = keys.indices.sorted { Self.comesFirst(keys[$0].label, keys[$1].label) }
        let names = try wanted.map { try name(of: keys[$0]) }
        var unwanted = try await unwantedTargets(drafts.unwanted)
            .sorted { !$0.action.isDeletion && $1.action.isDeletion }
        for index in unwanted.indices { unwanted[index].seen = survey.seen(unwanted[index]) }
        let resting = drafts.unwanted.filter { known in !unwanted.contains { $0.key == known.key } }
        let claims =
            zip(wanted, names).map { claim(on: $1, for: keys[$0]) } + unwanted.map { NameOrder.Claim($0, survey.snapshot) }
            + resting.map { NameOrder.Claim($0, survey.snapshot) }
        let order = try NameOrder.order(claims)
        let givenUp = Set(claims.filter(\.givesUp).compactMap(\.id))
        for (index, name) in zip(wanted, names) {
            try drafts.settle(index, reconciled(try await target(of: keys[index], name, givenUp)))
        }
        let first = drafts.drafts.count
        try drafts.addUnwanted(unwanted)
        let indexes = wanted + unwanted.indices.map { first + $0 }
        return order.filter { $0 < indexes.count }.map { indexes[$0] }
    }

    /// The target of a run's only segment, which does not depend on rows.
    ///
    /// - Throws: the same errors as `settle`.
    func target(ofSingle key: SegmentKey) async throws -> SegmentTarget {
        let name = try name(of: key)
        let claim = claim(on: name, for: key)
        return try await target(of: key, name, claim.givesUp ? Set([claim.id].compactMap(\.self)) : [])
    }

    /// The targets of segments that no row wants.
    private func unwantedTargets(_ known: [LedgerSegment]) async throws -> [SegmentTarget] {
        var targets: [SegmentTarget] = []
        for segment in known {
            if segment.phase == .creating, segment.mailchimpID == nil {
                // It may have been created; a segment that nobody wants anymore must not stay behind unknown.
                guard let lost = try await SegmentFinder.lost(segment, survey.listing) else { continue }
                targets.append(SegmentTarget(unwanted: segment, id: lost, deletes: activation.breakdown.deleteEmpty))
            } else if let target = SegmentTarget(
                unwanted: segment, deletes: activation.breakdown.deleteEmpty, isGone: survey.snapshot.isGone(segment),
                reconciliation: survey.drift.reconciliations[segment.id])
            {
                targets.append(target)
            }
        }
        return targets
    }

    /// The name that a segment gets: its own, or what somebody renamed it to if the activation follows that.
    private func name(of key: SegmentKey) throws -> String {
        if activation.driftPolicy.onRename == .follow, let known = survey.segment(key), let remote = survey.snapshot[known] {
            return known.isShown(as: remote.name) ? known.name : remote.name
        }
        return try naming.name(of: key.label)
    }

    private func claim(on name: String, for key: SegmentKey) -> NameOrder.Claim {
        let known = survey.segment(key)
        return NameOrder.Claim(label: key.label, id: known?.mailchimpID, current: known?.nameInUse(survey.snapshot), wanted: name)
    }

    private func target(of key: SegmentKey, _ name: String, _ givenUp: Set<Int>) async throws -> SegmentTarget {
        try await SegmentFinder(
            key: key, name: name, known: survey.segment(key), snapshot: survey.snapshot, givenUp: givenUp, options: options,
            adopt: options.adopt || activation.adopt, client: client, ledger: ledger, listing: survey.listing
        ).find()
    }

    /// The target, with the comparison of its segment's members, and how many Mailchimp showed.
    func reconciled(_ target: SegmentTarget) -> SegmentTarget {
        var target = target
        target.seen = survey.seen(target)
        target.reconciliation = target.known.flatMap { survey.drift.reconciliations[$0.id] }
        return target
    }

    /// Whether a label's draft comes first: the segment itself does, then labels by name.
    private static func comesFirst(_ first: String?, _ second: String?) -> Bool {
        guard let second else { return false }
        return first.map { $0 < second } ?? true
    }
}

extension NameOrder.Claim {
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
    /// Its name at Mailchimp, as it was sent if Mailchimp shows it another way; nil if it does not exist, as far as we know.
    func nameInUse(_ snapshot: RemoteSegmentSnapshot) -> String? {
        if mailchimpID == nil || snapshot.isGone(self) { return nil }
        guard let remote = snapshot[self]?.name else { return name }
        return isShown(as: remote) ? name : remote
    }
}
