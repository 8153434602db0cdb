import HooklineCore
import Mailchimp

/// Orders the segments of a run so that no segment takes a name while another one still has it.
struct NameOrder {
    /// One segment's names, before and after.
    struct Claim {
        let label: String?
        /// Mailchimp's ID; nil if it does not exist.
        let id: Int?
        /// Its name at Mailchimp; nil if it does not exist.
        let current: String?
        /// Its name after the run; nil if the run deletes it.
        let wanted: String?

        /// Whether its current name is free after the run.
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

    /// The indexes of the claims in an order that works, otherwise as they come.
    ///
    /// - Throws: `EngineError.Code.sameSegmentName` if two segments would have the same name, at the end or in between.
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
