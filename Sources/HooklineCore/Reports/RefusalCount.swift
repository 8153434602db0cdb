/// How many addresses Mailchimp refuses in the same words, in all segments of an activation.
package struct RefusalCount: Codable, Equatable, Sendable {
    package var act: Refusal.Act
    /// Mailchimp's words.
    package var reason: String
    /// How many addresses, each counted once.
    package var addresses: Int
    /// Whether no run has told it before.
    package var isNew: Bool
    /// How many of them somebody has acknowledged.
    package var acknowledged: Int
    /// Since when the first of them is refused, and when the next attempt is due; in Unix seconds.
    package var since: Int64
    package var next: Int64

    private enum CodingKeys: String, CodingKey {
        case act, reason, addresses, acknowledged, since, next
        case isNew = "new"
    }
}

extension RefusalCount {
    /// Counts refusals by what is refused, reason, and whether they have been told; new ones first.
    package static func counts(_ refusals: [Refusal]) -> [RefusalCount] {
        struct Kind: Hashable {
            let isKnown: Bool
            let act: String
            let reason: String
            var order: (Int, String, String) { (isKnown ? 1 : 0, act, reason) }
        }
        var found: [Kind: [SubscriberHash: Refusal]] = [:]
        for refusal in refusals {
            let kind = Kind(isKnown: refusal.isTold, act: refusal.act.rawValue, reason: refusal.reason)
            let other = found[kind]?[refusal.hash]
            // In several segments, it is acknowledged once all are.
            if let other, other.acknowledgement == nil { continue }
            found[kind, default: [:]][refusal.hash] = refusal
        }
        return found.sorted { $0.key.order < $1.key.order }.map { kind, refusals in
            RefusalCount(
                act: refusals.first?.value.act ?? .add, reason: kind.reason, addresses: refusals.count, isNew: !kind.isKnown,
                acknowledged: refusals.values.count { $0.acknowledgement != nil }, since: refusals.values.map(\.since).min() ?? 0,
                next: refusals.values.map(\.nextAttempt).min() ?? 0)
        }
    }
}
