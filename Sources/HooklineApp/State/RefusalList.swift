import HooklineCore

/// The addresses that Mailchimp refuses, for one activation: the shape of `acknowledge --json`.
package struct RefusalList: Encodable, Sendable {
    package struct Entry: Encodable, Sendable {
        package let segment: String
        /// Nil for the segment itself.
        package let label: String?
        package let refusal: RefusalFacts
        /// Only if addresses were asked for.
        package let address: String?
        fileprivate let showsAddress: Bool

        init(_ refusal: Refusal, in owner: LedgerSegment, showsAddress: Bool) {
            segment = owner.name
            label = owner.key.label
            self.refusal = RefusalFacts(refusal)
            address = showsAddress ? refusal.address : nil
            self.showsAddress = showsAddress
        }

        package func encode(to encoder: any Encoder) throws {
            try refusal.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(segment, forKey: .segment)
            try container.encode(label, forKey: .label)
            // In this list, open ones have all keys, too.
            if refusal.acknowledgedAt == nil {
                try container.encodeNil(forKey: .acknowledgedAt)
                try container.encodeNil(forKey: .acknowledgedBy)
            }
            if refusal.note == nil { try container.encodeNil(forKey: .note) }
            if showsAddress { try container.encode(address, forKey: .address) }
        }

        private enum CodingKeys: String, CodingKey {
            case segment, label, note, address
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
    package var open: Int { refusals.count { $0.refusal.acknowledgedAt == nil } }
}
