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
        /// Whether no run reaches it anymore, because the activation's destination has another audience or account now.
        package let isLeftBehind: Bool

        init(_ segment: LedgerSegment, isLeftBehind: Bool = false) {
            self.isLeftBehind = isLeftBehind
            id = segment.mailchimpID
            name = segment.name
            label = segment.key.label
            audience = segment.key.audience
            endpoint = segment.key.endpoint
            members = segment.members
            waiting = segment.waiting
            phase = segment.phase.rawValue
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, label, audience, endpoint, members, waiting, phase
            case isLeftBehind = "left_behind"
        }
    }

    package let activation: String
    package let lastRun: RunReport?
    package let segments: [Segment]
    /// Whether the ledger has heard of it. Not in JSON, which lists only those.
    package let isKnown: Bool
    /// Whether the workspace has an activation or an installed package of that name.
    package let isInWorkspace: Bool
    /// What is left of it elsewhere, or after it is gone, and what to do; nil if nothing is. Not in JSON, which has the facts.
    package let leftover: String?

    init(_ status: ActivationStatus, isKnown: Bool, isInWorkspace: Bool, _ leftBehind: LeftBehind? = nil, gone: String? = nil) {
        activation = status.activation
        lastRun = status.lastRun
        let left = Set(leftBehind?.segments.map(\.id) ?? [])
        segments = status.segments.map { Segment($0, isLeftBehind: left.contains($0.id)) }
        leftover = leftBehind?.message ?? gone
        self.isKnown = isKnown
        self.isInWorkspace = isInWorkspace
    }

    private enum CodingKeys: String, CodingKey {
        case activation, segments
        case lastRun = "last_run"
        case isInWorkspace = "in_workspace"
    }
}
