import HooklineCore

/// Where an activation stands: one entry of `status --json`.
package struct Standing: Encodable, Sendable {
    package struct Segment: Encodable, Sendable {
        /// Mailchimp's ID; nil while the segment has not been made.
        package let id: Int?
        package let name: String
        /// Nil for the segment itself.
        package let label: String?
        package let audience: String
        package let endpoint: String
        package let members: Int
        /// Users who are wanted but are not contacts so far.
        package let waiting: Int
        package let phase: String
    }

    package let activation: String
    package let lastRun: RunReport?
    package let segments: [Segment]
    /// Whether the ledger has heard of it. Not in JSON, which lists only those.
    package let isKnown: Bool

    init(_ status: ActivationStatus, isKnown: Bool) {
        activation = status.activation
        lastRun = status.lastRun
        segments = status.segments.map {
            Segment(
                id: $0.mailchimpID, name: $0.name, label: $0.key.label, audience: $0.key.audience, endpoint: $0.key.endpoint,
                members: $0.members, waiting: $0.waiting, phase: $0.phase.rawValue)
        }
        self.isKnown = isKnown
    }

    private enum CodingKeys: String, CodingKey {
        case activation, segments
        case lastRun = "last_run"
    }
}
