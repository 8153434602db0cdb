import HooklineCore
import Mailchimp
import Text

/// Finds out whether a segment exists: from the ledger first, and from Mailchimp only where the ledger cannot know.
struct SegmentFinder {
    let key: SegmentKey
    let name: String
    /// The segment in the ledger; nil if it is new.
    let known: LedgerSegment?
    /// What Mailchimp shows of the segments in the ledger.
    let snapshot: RemoteSegmentSnapshot
    /// Mailchimp's IDs of the activation's segments whose names are free before this one takes its own.
    let givenUp: Set<Int>
    let options: RunOptions
    let adopt: Bool
    let client: MailchimpClient
    let ledger: any Ledger
    let listing: SegmentListing

    /// The segment's target. Asks for the audience's segments only if the ledger has never seen the segment live or its name changes hands.
    func find() async throws -> SegmentTarget {
        guard let known else { return try await findStranger() }
        guard let id = known.mailchimpID else { return try await findLost(known) }
        switch known.phase {
        case .deleting:
            return target(.recreate(id: id), known)
        case .resetting:
            // A person may choose the other way out of an interrupted reset.
            if options.refresh == .recreate { return target(.recreate(id: id), known) }
            return target(.reset(id: id, rename: !hasItsName(known)), known)
        case .creating, .live: break
        }
        if snapshot.isGone(known) { return try await remade(known, id) }
        switch options.refresh {
        case .recreate:
            // There is no way back once the old one is deleted, so the new name must be free before.
            if !SegmentName.collide(known.name, name), let other = try await segmentOfThatName(name), other.id != id {
                throw EngineError(
                    .segmentExists,
                    "the refresh would name the segment '\(name)', and the audience has another one of that name (id \(other.id))",
                    advice: Self.renaming)
            }
            if !SegmentName.collide(known.name, name), let saved = try await listing.namesake(of: name) {
                throw EngineError(saved, holds: name, to: "the refresh would delete the segment '\(known.name)' and create it as")
            }
            return target(.recreate(id: id), known)
        case .reset: return target(.reset(id: id, rename: !hasItsName(known)), known)
        case nil: return target(hasItsName(known) ? .keep(id: id) : .rename(id: id), known)
        }
    }

    /// Whether the segment has its name: according to Mailchimp, otherwise according to the ledger unless a renaming got no answer.
    private func hasItsName(_ known: LedgerSegment) -> Bool {
        snapshot[known].map { $0.name == name || (known.name == name && known.isShown(as: $0.name)) }
            ?? (known.name == name && known.pendingName == nil)
    }

    /// The target of a segment that somebody deleted at Mailchimp: it is created again, unless its name belongs to another segment now.
    private func remade(_ known: LedgerSegment, _ id: Int) async throws -> SegmentTarget {
        if let other = try await segmentOfThatName(name) {
            throw EngineError(
                .segmentExists,
                "the segment '\(known.name)' (id \(id)) has been deleted in Mailchimp, and the audience has another one"
                    + " called '\(other.name)' (id \(other.id)) that the ledger does not know",
                advice: Self.renaming)
        }
        return target(.remake(gone: id), known)
    }

    private static let renaming = "Rename or delete that one, or choose another name"
    static let naming =
        "give the segment another name: segment: { name: … } in activation.yaml, or for a package that is installed, in hookline.yaml, activations: { NAME: { bind: { segment: … } } }"

    /// The target of a segment that is not in the ledger.
    private func findStranger() async throws -> SegmentTarget {
        guard let existing = try await segmentOfThatName(name) else { return target(.create, nil) }
        if let owner = try owner(of: existing.id) {
            throw EngineError(
                .segmentExists,
                "the segment '\(existing.name)' (id \(existing.id)) already follows activation '\(owner)'",
                advice:
                    "If '\(owner)' is called '\(key.activation)' now: hookline state rename \(owner) \(key.activation)."
                    + " Otherwise two activations would undo each other's changes: \(Self.naming)")
        }
        guard adopt else {
            throw EngineError(
                .segmentExists,
                "the audience has a static segment '\(existing.name)' (id \(existing.id), \(NumberText.grouped(existing.memberCount)) members)"
                    + " that the ledger does not know",
                advice:
                    "To take it over, so that it follows this activation from now on: --adopt (or adopt: true, which counts in activations/ only)."
                    + " Otherwise \(Self.naming)")
        }
        return target(
            .adopt(id: existing.id), nil,
            adopted: try await client.memberList(
                audience: key.audience, segment: existing.id, expecting: existing.memberCount, isWhole: true),
            called: existing.name)
    }

    /// The target of a segment that was about to be created when the last run ended.
    private func findLost(_ known: LedgerSegment) async throws -> SegmentTarget {
        guard let existing = try await segmentOfThatName(known.name) else { return target(.create, known) }
        // Ours was created after the intent and has no members yet. Any other one of that name is somebody else's, created in the meantime:
        // when Mailchimp refuses our request, the intent stays, too.
        let isOlder = Self.isOlder(existing, known)
        let found = try await client.memberList(
            audience: key.audience, segment: existing.id, expecting: existing.memberCount, isWhole: adopt)
        guard !isOlder, found.isEmpty else {
            guard adopt else { return try await findStranger() }
            return target(.adopt(id: existing.id), known, adopted: found, called: existing.name)
        }
        switch options.refresh {
        case .recreate: return target(.recreate(id: existing.id), known)
        case .reset: return target(.reset(id: existing.id, rename: !hasItsName(known)), known)
        case nil: return target(.found(id: existing.id), known, called: existing.name)
        }
    }

    /// Mailchimp's ID of a segment whose creation got no answer: one of its name, created since, still without members; nil if there is none.
    static func lost(_ known: LedgerSegment, _ listing: SegmentListing) async throws -> Int? {
        guard let existing = try await listing.segment(named: known.name), existing.memberCount == 0 else { return nil }
        return isOlder(existing, known) ? nil : existing.id
    }

    /// Whether a segment was created before the intent to create ours. Both times are by Mailchimp's clock, give or take a few minutes.
    private static func isOlder(_ existing: Segment, _ known: LedgerSegment) -> Bool {
        existing.createdAt.map { $0 < known.phaseSince - MailchimpClient.clockTolerance } ?? false
    }

    /// The other activation to which the segment belongs, according to the ledger.
    private func owner(of id: Int) throws -> String? {
        try ledger.status().flatMap(\.segments).first {
            $0.mailchimpID == id && $0.key.endpoint == key.endpoint && $0.key.audience == key.audience && $0.key != key
        }?.key.activation
    }

    /// The target; `called` is the segment's name at Mailchimp, if it was found by its name.
    private func target(
        _ action: SegmentPlan.Action, _ known: LedgerSegment?, adopted: AddressList? = nil, called: String? = nil
    ) -> SegmentTarget {
        var target = SegmentTarget(action, key, name: name, known: known, adopted: adopted)
        let before = called ?? known?.nameInUse(snapshot) ?? (known?.mailchimpID == nil ? nil : known?.name)
        if let before, before != name { target.nameBefore = before }
        return target
    }

    private func segmentOfThatName(_ name: String) async throws -> Segment? {
        guard let found = try await listing.segment(named: name), !givenUp.contains(found.id) else { return nil }
        return found
    }
}
