import HooklineCore

/// The addresses that Mailchimp refuses, for one activation: the shape of `acknowledge --json`.
package struct RefusalList: Encodable, Sendable {
    package struct Entry: Encodable, Sendable {
        package let segment: String
        /// Nil for the segment itself.
        package let label: String?
        package let act: Refusal.Act
        /// Mailchimp's words.
        package let reason: String
        /// Since when it is refused, when it was refused last, and when the next attempt is due; in Unix seconds.
        package let since: Int64
        package let askedAt: Int64
        package let next: Int64
        /// When, by whom, and why it was acknowledged; nil if it is open.
        package let acknowledgedAt: Int64?
        package let acknowledgedBy: String?
        package let note: String?
        /// Only if addresses were asked for.
        package let address: String?
        fileprivate let showsAddress: Bool

        init(_ refusal: Refusal, in owner: LedgerSegment, showsAddress: Bool) {
            segment = owner.name
            label = owner.key.label
            act = refusal.act
            reason = refusal.reason
            since = refusal.since
            askedAt = refusal.askedAt
            next = refusal.nextAttempt
            acknowledgedAt = refusal.acknowledgement?.at
            acknowledgedBy = refusal.acknowledgement?.by
            note = refusal.acknowledgement?.note
            address = showsAddress ? refusal.address : nil
            self.showsAddress = showsAddress
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(segment, forKey: .segment)
            try container.encode(label, forKey: .label)
            try container.encode(act, forKey: .act)
            try container.encode(reason, forKey: .reason)
            try container.encode(since, forKey: .since)
            try container.encode(askedAt, forKey: .askedAt)
            try container.encode(next, forKey: .next)
            try container.encode(acknowledgedAt, forKey: .acknowledgedAt)
            try container.encode(acknowledgedBy, forKey: .acknowledgedBy)
            try container.encode(note, forKey: .note)
            if showsAddress { try container.encode(address, forKey: .address) }
        }

        private enum CodingKeys: String, CodingKey {
            case segment, label, act, reason, since, next, note, address
            case askedAt = "asked_at"
            case acknowledgedAt = "acknowledged_at"
            case acknowledgedBy = "acknowledged_by"
        }
    }

    package let activation: String
    /// How many refusals this command acknowledged, or opened again.
    package let changed: Int
    /// Open ones first.
    package let refusals: [Entry]

    /// How many are open.
    package var open: Int { refusals.count { $0.acknowledgedAt == nil } }
}
