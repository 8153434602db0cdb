import HooklineCore

/// Finds out how large a segment was before a refresh that was interrupted after the delete, which leaves the ledger without members.
///
/// The safeguards need that number.
struct RefreshMemory {
    private let ledger: any Ledger
    private let activation: String
    /// The last run that was applied; read when needed.
    private var last: RunReport??

    init(ledger: any Ledger, activation: String) {
        self.ledger = ledger
        self.activation = activation
    }

    /// Adds to the plan what the ledger has forgotten.
    mutating func complete(_ segment: inout SegmentPlan, _ known: LedgerSegment?) throws {
        guard let known, known.phase == .creating, segment.membersBefore == 0 else { return }
        guard let before = try lastApplied()?.segments.first(where: { $0.label == known.key.label })?.members else { return }
        segment.membersBefore = before
        segment.leaving = max(0, before - segment.adds.count)
    }

    private mutating func lastApplied() throws -> RunReport? {
        if let last { return last }
        let found = try ledger.history(of: activation, limit: 100).prefix { $0.kind != .forget }
            .first { !$0.kind.isOfLedger && ($0.outcome == .done || $0.outcome == .partial) }
        last = .some(found)
        return found
    }
}
