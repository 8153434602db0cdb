import HooklineCore
import Mailchimp

/// Puts the segments of a run in an order in which no name is taken while another segment still has it.
struct NameOrder {
    /// What one segment has to do with names.
    struct Claim {
        let label: String?
        /// Mailchimp's id of it; nil when it is not there.
        let id: Int?
        /// The name that it has at Mailchimp; nil when it is not there.
        let current: String?
        /// The name that it is going to have; nil when it is going to be deleted.
        let wanted: String?

        /// Whether another segment may have its present name afterwards.
        var givesUp: Bool {
            guard let current else { return false }
            return wanted.map { !SegmentName.collide($0, current) } ?? true
        }
    }

    private let claims: [Claim]
    private var holders: [String: Int] = [:]
    private var order: [Int] = []
    private var states: [State]

    private enum State { case untouched, begun, done }

    private init(_ claims: [Claim]) {
        self.claims = claims
        states = Array(repeating: .untouched, count: claims.count)
        for (index, claim) in claims.enumerated() {
            if let current = claim.current { holders[SegmentName.key(current)] = index }
        }
    }

    /// The places of the claims in a workable order, otherwise as they come.
    ///
    /// - Throws: `EngineError.Code.sameSegmentName` when two segments would have one name, at the end or on the way there.
    static func order(_ claims: [Claim]) throws -> [Int] {
        var takers: [String: Claim] = [:]
        for claim in claims {
            guard let wanted = claim.wanted else { continue }
            if let other = takers.updateValue(claim, forKey: SegmentName.key(wanted)) {
                throw EngineError(
                    .sameSegmentName,
                    "\(LabelText.shown(other.label)) and \(LabelText.shown(claim.label)) would give their segments the same name;"
                        + " Mailchimp ignores case",
                    advice: "Return other labels, or other names from a name hook."
                        + " The segment of a label that vanished keeps its name unless it is deleted: breakdown: { delete_empty: true }")
            }
        }
        var order = NameOrder(claims)
        for index in claims.indices { try order.visit(index) }
        return order.order
    }

    private mutating func visit(_ index: Int) throws {
        if states[index] != .untouched { return }
        states[index] = .begun
        if let wanted = claims[index].wanted, let holder = holders[SegmentName.key(wanted)], holder != index {
            guard states[holder] != .begun else {
                throw EngineError(
                    .sameSegmentName,
                    "the segments of \(LabelText.shown(claims[index].label)) and \(LabelText.shown(claims[holder].label))"
                        + " would swap names, and Mailchimp never allows two segments the same name, not even for a moment",
                    advice: "Let the name hook return a third name for one of them and run, then let it return the final name and run again"
                )
            }
            try visit(holder)
        }
        states[index] = .done
        order.append(index)
    }
}
