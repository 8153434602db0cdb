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

    init(activation: Activation, options: RunOptions, client: MailchimpClient, surroundings: RunSurroundings, audience: String) {
        self.activation = activation
        self.options = options
        self.client = client
        ledger = surroundings.ledger
        naming = SegmentNaming(segment: activation.segmentName, hooks: surroundings.hooks)
        listing = SegmentListing(client: client, audience: audience)
    }

    /// Settles every draft, adds drafts for those segments that nobody wants and that something has to happen to, and says in which
    /// order the drafts are to be applied.
    ///
    /// - Throws: `EngineError` when names clash or belong to somebody else, and the errors of hook, ledger and Mailchimp.
    func settle(_ drafts: inout DraftSet) async throws -> [Int] {
        let wanted = drafts.drafts.indices.sorted { Self.comesFirst(drafts.drafts[$0].key.label, drafts.drafts[$1].key.label) }
        let names = try wanted.map { try naming.name(of: drafts.drafts[$0].key.label) }
        let unwanted = drafts.unwanted.compactMap { SegmentTarget(unwanted: $0, deletes: activation.breakdown.deleteEmpty) }
            .sorted { !$0.action.isDeletion && $1.action.isDeletion }
        let resting = drafts.unwanted.filter { known in !unwanted.contains { $0.key == known.key } }
        let claims =
            zip(wanted, names).map { NameOrder.Claim(drafts.drafts[$0], wanted: $1) } + unwanted.map(NameOrder.Claim.init)
            + resting.map(NameOrder.Claim.init)
        let order = try NameOrder.order(claims)
        let givenUp = Set(claims.filter(\.givesUp).compactMap(\.id))
        for (place, name) in zip(wanted, names) {
            drafts.settle(place, try await target(of: drafts.drafts[place], name, givenUp))
        }
        let first = drafts.drafts.count
        try drafts.addUnwanted(unwanted)
        let places = wanted + unwanted.indices.map { first + $0 }
        return order.filter { $0 < places.count }.map { places[$0] }
    }

    private func target(of draft: SegmentDraft, _ name: String, _ givenUp: Set<Int>) async throws -> SegmentTarget {
        try await SegmentFinder(
            key: draft.key, name: name, known: draft.known, givenUp: givenUp, options: options, adopt: options.adopt || activation.adopt,
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
    fileprivate init(_ draft: SegmentDraft, wanted: String) {
        self.init(label: draft.key.label, id: draft.known?.mailchimpID, current: draft.known?.nameInUse, wanted: wanted)
    }

    fileprivate init(_ target: SegmentTarget) {
        self.init(
            label: target.key.label, id: target.known?.mailchimpID, current: target.known?.nameInUse,
            wanted: target.action.isDeletion ? nil : target.name)
    }

    fileprivate init(_ resting: LedgerSegment) {
        self.init(label: resting.key.label, id: resting.mailchimpID, current: resting.nameInUse, wanted: resting.nameInUse)
    }
}

extension LedgerSegment {
    /// The name that it has at Mailchimp; nil when it is not there as far as we know.
    fileprivate var nameInUse: String? { mailchimpID == nil ? nil : name }
}
