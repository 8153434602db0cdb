import HooklineCore

/// Knows how large segments were before a refresh that was cut off after the delete and left the ledger without members.
///
/// The safeguards must know of them all the same.
struct RefreshMemory {
    private let ledger: any Ledger
    private let activation: String
    /// The last run that was applied; read when it is needed.
    private var last: RunReport??

    init(ledger: any Ledger, activation: String) {
        self.ledger = ledger
        self.activation = activation
    }

    /// Puts into the plan what the ledger has forgotten.
    mutating func complete(_ segment: inout SegmentPlan, _ known: LedgerSegment?) throws {
        guard let known, known.phase == .creating, segment.membersBefore == 0 else { return }
        guard let before = try lastApplied()?.segments.first(where: { $0.label == known.key.label })?.members else { return }
        segment.membersBefore = before
        segment.leaving = max(0, before - segment.adds.count)
    }

    private mutating func lastApplied() throws -> RunReport? {
        if let last { return last }
        let found = try ledger.history(of: activation, limit: 100).first { $0.outcome == .done || $0.outcome == .partial }
        last = .some(found)
        return found
    }
}
