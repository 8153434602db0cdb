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

        init(_ segment: LedgerSegment) {
            id = segment.mailchimpID
            name = segment.name
            label = segment.key.label
            audience = segment.key.audience
            endpoint = segment.key.endpoint
            members = segment.members
            waiting = segment.waiting
            phase = segment.phase.rawValue
        }
    }

    package let activation: String
    package let lastRun: RunReport?
    package let segments: [Segment]
    /// How many addresses Mailchimp refuses to add or remove, and how many of them nobody has acknowledged.
    package let refused: Int
    package let unacknowledged: Int
    /// Whether the ledger has heard of it. Not in JSON, which lists only those.
    package let isKnown: Bool
    /// Whether the workspace has an activation or an installed package of that name.
    package let isInWorkspace: Bool

    init(_ status: ActivationStatus, _ refusals: [Refusal] = [], isKnown: Bool, isInWorkspace: Bool) {
        refused = Set(refusals.map(\.hash)).count
        unacknowledged = Set(refusals.filter { $0.acknowledgement == nil }.map(\.hash)).count
        activation = status.activation
        lastRun = status.lastRun
        segments = status.segments.map(Segment.init)
        self.isKnown = isKnown
        self.isInWorkspace = isInWorkspace
    }

    private enum CodingKeys: String, CodingKey {
        case activation, segments, refused, unacknowledged
        case lastRun = "last_run"
        case isInWorkspace = "in_workspace"
    }
}
